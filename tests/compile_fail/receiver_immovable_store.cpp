// expect: this cannot be moved into the receiver: give it a name
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

void receive(const verifier<providers::stripe>& stripe) {
#ifdef CONTROL
    lru_ttl_store seen{10};
    receiver rx{stripe, seen};
#else
    receiver rx{stripe, lru_ttl_store{10}};
#endif
}
