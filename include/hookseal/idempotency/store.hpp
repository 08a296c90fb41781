// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_STORE_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/promises.hpp>

#include <concepts>
#include <span>
#include <type_traits>

namespace hookseal::inline v0_1 {

namespace detail {

template <class Store>
concept says_what_it_promises = requires {
    { Store::promised } -> std::convertible_to<const promises&>;
    typename std::bool_constant<Store::promised.exclusive>;
};

template <class Store>
concept claims = requires(Store& store, const claim_request& request) {
    { store.claim(request) }
    noexcept->std::same_as<claim_answer>;
};

template <class Store>
concept completes = requires(Store& store, const claim_token& token, const outcome& result) {
    { store.complete(token, result) }
    noexcept->std::same_as<settle_answer>;
};

template <class Store>
concept releases = requires(Store& store, const claim_token& token, earlier reason) {
    { store.release(token, reason) }
    noexcept->std::same_as<settle_answer>;
};

} // namespace detail

/// Remembers which events are being handled and which are done.
///
///     static constexpr promises promised{…};                             what it guarantees
///     claim_answer claim(const claim_request&) noexcept;                 asks for an event
///     settle_answer complete(const claim_token&, const outcome&) noexcept;  the owner is done
///     settle_answer release(const claim_token&, earlier reason) noexcept;   the owner gives it back: `released` where
///                                                                        nothing happened, `unknown` otherwise
///
/// All may be called from several threads at once. What each must answer is told by `decide_claim` and `decide_settle`
/// in state_machine.hpp; a store that holds records runs these as they stand. An answer of `unavailable` with
/// `maybe_applied` has the receiver repeat the call, if the store promises `repeatable`.
template <class Store>
concept idempotency_store = detail::says_what_it_promises<Store> && detail::claims<
    Store> && detail::completes<Store> && detail::releases<Store>;

/// A store whose owners can ask for more time: the lease is as long as asked for, from now on.
template <class Store>
concept extendable = requires(Store& store, const claim_token& token, milliseconds lease) {
    { store.extend(token, lease) }
    noexcept->std::same_as<settle_answer>;
};

/// A store that is quicker to answer many claims at once. There are as many answers as requests, each as if it had been
/// claimed by itself, in this order.
template <class Store>
concept batched = requires(Store& store, std::span<const claim_request> requests,
                           std::span<claim_answer> answers) {
    { store.claim(requests, answers) }
    noexcept->std::same_as<void>;
};

/// A store that operators can ask and correct. `forget` makes the next delivery of the event a new one (`gone` where the
/// event is not known) and leaves whoever owns it without anything to settle.
template <class Store>
concept administrable = requires(Store& store, const unverified_key& key) {
    { store.forget(key) }
    noexcept->std::same_as<settle_answer>;
    { store.peek(key) }
    noexcept->std::same_as<peek_answer>;
};

/// Like `idempotency_store`, but what is missing is told in words: `static_assert(check_store<my_store>());`
template <class Store>
[[nodiscard]] consteval bool check_store() {
    static_assert(detail::says_what_it_promises<Store>,
                  "an idempotency store says what it guarantees: "
                  "static constexpr hookseal::promises promised{.exclusive = true, ...};");
    static_assert(detail::claims<Store>,
                  "an idempotency store has: "
                  "hookseal::claim_answer claim(const hookseal::claim_request&) noexcept;");
    static_assert(detail::completes<Store>,
                  "an idempotency store has: hookseal::settle_answer "
                  "complete(const hookseal::claim_token&, const hookseal::outcome&) noexcept;");
    static_assert(detail::releases<Store>,
                  "an idempotency store has: hookseal::settle_answer "
                  "release(const hookseal::claim_token&, hookseal::earlier) noexcept;");
    return idempotency_store<Store>;
}

} // namespace hookseal::inline v0_1

#endif
