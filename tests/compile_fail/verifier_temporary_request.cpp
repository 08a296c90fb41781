// expect: (use of deleted function|call to deleted member function)
#include <hookseal/providers/github.hpp>
#include <hookseal/verifier.hpp>

#include <map>
#include <string>

using namespace hookseal;

struct framework_request {
    std::map<std::string, std::string> headers;
    std::string body;
};

template <>
struct hookseal::request_access<framework_request> {
    static request view(const framework_request& from) noexcept { return {from.headers, from.body}; }
};

framework_request next();

bool receive(const verifier<providers::github>& v) {
#ifdef CONTROL
    const framework_request from = next();
    return v.verify(from).has_value();
#else
    return v.verify(next()).has_value();
#endif
}
