// expect: a receiver's hooks are noexcept
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct letters {
#ifdef CONTROL
    bool dead_letter(const verified_event&, const delivery_context&) noexcept { return true; }
#else
    bool dead_letter(const verified_event&, const delivery_context&) { return true; }
#endif
};

void receive(const verifier<providers::stripe>& stripe, lru_ttl_store<>& seen, letters& l) {
    receiver rx{stripe, seen, {.max_attempts = 3}, l};
}
