// expect: this store does not hand events over to workers
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <string_view>

using namespace hookseal;

reply receive(const verifier<providers::stripe>& stripe, lru_ttl_store<>& seen, const request& from) {
    const auto push = [](const verified_event&, ticket) { return true; };
#ifdef CONTROL
    const receiver rx{stripe, seen};
#else
    (void)seen;
    const receiver rx{stripe, callback_store{[](std::string_view) { return false; }, [](std::string_view) {}},
                      accepting<risk::concurrent_twins>};
#endif
    return rx.accept(from, push);
}
