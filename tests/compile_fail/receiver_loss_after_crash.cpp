// expect: if the process dies while handling it, the event is lost
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <chrono>
#include <string_view>

using namespace hookseal;

void receive(const verifier<providers::stripe>& stripe) {
    callback_store store{insert_and_erase{[](std::string_view, std::chrono::seconds) { return true; },
                                          [](std::string_view) {}}};
#ifdef CONTROL
    receiver rx{stripe, store, accepting<risk::loss_after_crash>};
#else
    receiver rx{stripe, store, accepting<risk::concurrent_twins>};
#endif
}
