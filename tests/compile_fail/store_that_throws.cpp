// expect: an idempotency store has: hookseal::claim_answer claim\(const hookseal::claim_request&\) noexcept
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct my_store {
    static constexpr promises promised{.exclusive = true, .recovers = true, .fenced = true};
#ifdef CONTROL
    claim_answer claim(const claim_request&) noexcept { return {}; }
#else
    claim_answer claim(const claim_request&) { return {}; }
#endif
    settle_answer complete(const claim_token&, const outcome&) noexcept { return {}; }
    settle_answer release(const claim_token&, earlier) noexcept { return {}; }
};

void receive(const verifier<providers::stripe>& stripe, my_store& store) { receiver rx{stripe, store}; }
