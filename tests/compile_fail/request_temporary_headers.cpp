// expect: keep the headers in a variable that outlives it
#include <hookseal/core/request.hpp>

#include <map>
#include <string>

using namespace hookseal;

std::map<std::string, std::string> read_headers();

std::size_t size() {
#ifdef CONTROL
    const auto headers = read_headers();
    return request{headers, "{}"}.body().size();
#else
    return request{read_headers(), "{}"}.body().size();
#endif
}
