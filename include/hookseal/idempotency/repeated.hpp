// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_REPEATED_HPP
#define HOOKSEAL_IDEMPOTENCY_REPEATED_HPP

#include <hookseal/crypto/random.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/verdict.hpp>

#include <cstring>

// A store's verbs as receivers and workers call them: a call whose reply was lost is made again where the store promises
// that this does no harm.

namespace hookseal::inline v0_1::detail {

inline constexpr int most_repeats = 2;

template <class Store, class Call>
[[nodiscard]] auto repeated(Call call) noexcept {
    auto answer = call();
    const auto is_lost = [&] {
        return Store::promised.repeatable && answer.status == decltype(answer.status)::unavailable
               && answer.maybe_applied;
    };
    for (int i = 0; i < most_repeats && is_lost(); ++i)
        answer = call();
    return answer;
}

template <class Store>
[[nodiscard]] claim_answer claim_repeated(Store& in, claim_request request) noexcept {
    while (Store::promised.repeatable && request.nonce == 0) {
        unsigned char bytes[sizeof request.nonce];
        if (!random_bytes(bytes)) return claim_answer::failure(store_fault::down);
        std::memcpy(&request.nonce, bytes, sizeof bytes);
    }
    return repeated<Store>([&] { return in.claim(request); });
}

/// What is remembered of a verdict that completes.
[[nodiscard]] constexpr outcome outcome_of(const verdict& said) noexcept {
    using kind = verdict::kind;
    return {said.what == kind::ignored    ? ending::ignored
            : said.what == kind::parked   ? ending::parked
            : said.what == kind::accepted ? ending::accepted
                                          : ending::handled,
            said.code};
}
/// And of one that does not.
[[nodiscard]] constexpr earlier reason_of(const verdict& said) noexcept {
    return said.what == verdict::kind::failed ? earlier::released : earlier::unknown;
}

template <class Store>
[[nodiscard]] settle_answer settle_repeated(Store& in, const claim_token& token,
                                            const verdict& said) noexcept {
    return repeated<Store>([&] {
        return said.completes() ? in.complete(token, outcome_of(said)) : in.release(token, reason_of(said));
    });
}

} // namespace hookseal::inline v0_1::detail

#endif
