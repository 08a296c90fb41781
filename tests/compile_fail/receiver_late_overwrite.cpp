// expect: this store lets an owner whose lease is over undo what its successor stored
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

using namespace hookseal;

void receive(const verifier<providers::stripe>& stripe) {
    callback_store store{expiring_key{
        [](std::string_view, std::string_view, std::chrono::milliseconds) { return true; },
        [](std::string_view) { return std::optional<std::string>(); },
        [](std::string_view, std::string_view, std::chrono::milliseconds) {}, [](std::string_view) {}}};
#ifdef CONTROL
    receiver rx{stripe, store, accepting<risk::late_overwrite>};
#else
    receiver rx{stripe, store};
#endif
}
