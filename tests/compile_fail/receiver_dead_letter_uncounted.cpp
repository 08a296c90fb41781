// expect: dead letters are events tried too often, and this store does not count attempts
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <string_view>

using namespace hookseal;

struct letters {
    bool dead_letter(const verified_event&, const delivery_context&) noexcept { return true; }
};

void receive(const verifier<providers::stripe>& stripe, lru_ttl_store<>& seen, letters& l) {
#ifdef CONTROL
    receiver rx{stripe, seen, {.max_attempts = 3}, l};
#else
    (void)seen;
    receiver rx{stripe,
                callback_store{[](std::string_view) { return false; }, [](std::string_view) {}},
                accepting<risk::concurrent_twins>,
                {.max_attempts = 3},
                l};
#endif
}
