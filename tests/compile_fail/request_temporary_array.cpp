// expect: keep the body in a variable that outlives it
#include <hookseal/core/request.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>

using namespace hookseal;

std::array<std::uint8_t, 8> read_body();

std::size_t size(const std::map<std::string, std::string>& headers) {
#ifdef CONTROL
    const std::array<std::uint8_t, 8> body = read_body();
    return request{headers, std::span(body)}.body().size();
#else
    // As small as a view, but no view.
    return request{headers, read_body()}.body().size();
#endif
}
