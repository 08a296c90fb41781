// expect: a handler returns nothing, bool, something with has_value\(\), or a hookseal::verdict
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

int work(const verified_event&);

void receive(const verifier<providers::stripe>& stripe, lru_ttl_store<>& seen, const request& from) {
    receiver rx{stripe, seen};
#ifdef CONTROL
    (void)rx(from, [](auto& event) { return work(event) == 0; });
#else
    (void)rx(from, [](auto& event) { return work(event); });
#endif
}
