// expect: an idempotency store says what it guarantees: static constexpr hookseal::promises promised
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct my_store {
#ifdef CONTROL
    static constexpr promises promised{.exclusive = true, .recovers = true, .fenced = true};
#endif
    claim_answer claim(const claim_request&) noexcept { return {}; }
    settle_answer complete(const claim_token&, const outcome&) noexcept { return {}; }
    settle_answer release(const claim_token&, earlier) noexcept { return {}; }
};

void receive(const verifier<providers::stripe>& stripe, my_store& store) { receiver rx{stripe, store}; }
