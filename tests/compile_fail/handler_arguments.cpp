// expect: a handler is called as handler\(event\) or handler\(event, context\)
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <string>

using namespace hookseal;

void receive(const verifier<providers::stripe>& stripe, lru_ttl_store<>& seen, const request& from) {
    receiver rx{stripe, seen};
#ifdef CONTROL
    (void)rx(from, [](const verified_event& event) { return event.id() != ""; });
#else
    (void)rx(from, [](const std::string& body) { return body != ""; });
#endif
}
