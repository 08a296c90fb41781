// expect: this store does not arbitrate: two deliveries of one event at the same moment are both handled
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <string_view>

using namespace hookseal;

void receive(const verifier<providers::stripe>& stripe) {
    callback_store store{[](std::string_view) { return false; }, [](std::string_view) {}};
#ifdef CONTROL
    receiver rx{stripe, store, accepting<risk::concurrent_twins>};
#else
    receiver rx{stripe, store};
#endif
}
