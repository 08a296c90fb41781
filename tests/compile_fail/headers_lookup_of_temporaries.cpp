// expect: a header lookup must return a view
#include <hookseal/core/request.hpp>

#include <string>
#include <string_view>

using namespace hookseal;

struct framework {
    std::string header(std::string_view name) const;
    const std::string& kept_header(std::string_view name) const;
};

std::size_t size(const framework& from) {
#ifdef CONTROL
    const auto find = [&](std::string_view name) -> const std::string& { return from.kept_header(name); };
#else
    const auto find = [&](std::string_view name) { return from.header(name); };
#endif
    return request{find, "{}"}.body().size();
}
