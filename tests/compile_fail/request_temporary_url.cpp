// expect: keep the URL in a variable that outlives it
#include <hookseal/core/request.hpp>

#include <string>

using namespace hookseal;

std::string public_url();

std::size_t size(const request& from) {
#ifdef CONTROL
    const std::string url = public_url();
    return from.at(url).url().size();
#else
    return from.at(public_url()).url().size();
#endif
}
