// expect: keep the body in a variable that outlives it
#include <hookseal/core/request.hpp>

#include <map>
#include <string>

using namespace hookseal;

std::string read_body();

std::size_t size(const std::map<std::string, std::string>& headers) {
#ifdef CONTROL
    const std::string body = read_body();
    return request{headers, body}.body().size();
#else
    return request{headers, read_body()}.body().size();
#endif
}
