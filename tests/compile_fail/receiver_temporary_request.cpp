// expect: deleted
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <map>
#include <string>

struct their_request {
    std::map<std::string, std::string> headers;
    std::string body;
};

template <>
struct hookseal::request_access<their_request> {
    static request view(const their_request& from) noexcept { return {from.headers, from.body}; }
};

using namespace hookseal;

their_request next();

bool receive(const verifier<providers::stripe>& stripe, lru_ttl_store<>& seen) {
    receiver rx{stripe, seen};
#ifdef CONTROL
    const their_request from = next();
    return static_cast<bool>(rx.open(from));
#else
    return static_cast<bool>(rx.open(next()));
#endif
}
