// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_RECEIVER_HOOKS_HPP
#define HOOKSEAL_IDEMPOTENCY_RECEIVER_HOOKS_HPP

#include <hookseal/core/challenge_answer.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/reply.hpp>

#include <cstdint>
#include <exception>
#include <string_view>
#include <type_traits>

namespace hookseal::inline v0_1 {

/// What a handler may know of the delivery beside the event.
struct delivery_context {
    std::uint32_t attempt =
        0; ///< counted from 1 by stores that count; 0: the store is down and nothing is known
    /// `unknown` and `forgotten`: an earlier attempt may have done the work, so look before doing it again.
    earlier before = earlier::none;
    content_match content = content_match::not_compared;
    claim_token token{}; ///< the claim; its generation is a fencing token
};

/// Something that happened in a receiver, for metrics and logs. Holds nothing of the request.
struct receiver_note {
    enum class kind : unsigned char {
        replied,       ///< see `why` and, if rejected, `error`
        forgotten,     ///< handled although it may have been handled before: the store had to forget
        without_store, ///< handled without knowing whether it is new, because `fault`
        other_content, ///< another body than was seen under the same id
        not_stored,    ///< the outcome was not stored: see `settled` and `fault`
        unfinished,    ///< a delivery went away without a verdict; its claim is left to its lease
    };

    kind what = kind::replied;
    std::string_view provider{};
    std::uint32_t attempt = 0;
    reply_reason why = reply_reason::unfinished;
    hookseal::error error = hookseal::error::none;
    settle_status settled = settle_status::ok;
    store_fault fault = store_fault::unspecified;
};

/// A receiver's hooks are a type with any of these, each `noexcept` and callable from all threads at once:
///
///     void note(const receiver_note&) noexcept;            whatever happens
///     void failed(std::exception_ptr) noexcept;            takes what a handler threw; without it the receiver throws on
///     bool dead_letter(const verified_event&, const delivery_context&) noexcept;
///                                                          takes an event that was tried more than `max_attempts` times;
///                                                          true: it is kept somewhere, and is answered as parked
///     void challenged(const challenge_answer&) noexcept;   a challenge was met; at some providers its `value` is the secret
struct no_hooks {};

namespace detail {

template <class Hooks>
concept has_note = requires(Hooks& hooks, const receiver_note& what) {
    hooks.note(what);
};
template <class Hooks>
concept has_failed = requires(Hooks& hooks, std::exception_ptr thrown) {
    hooks.failed(thrown);
};
template <class Hooks>
concept has_dead_letter = requires(Hooks& hooks, const verified_event& event,
                                   const delivery_context& context) {
    static_cast<bool>(hooks.dead_letter(event, context));
};

template <class Hooks>
concept has_challenged = requires(Hooks& hooks, const challenge_answer& met) {
    hooks.challenged(met);
};

template <class Hooks>
[[nodiscard]] consteval bool hooks_never_throw() {
    bool never = true;
    if constexpr (has_note<Hooks>) never = never && requires(Hooks & hooks, const receiver_note& what) {
            { hooks.note(what) }
            noexcept;
        };
    if constexpr (has_failed<Hooks>) never = never && requires(Hooks & hooks, std::exception_ptr thrown) {
            { hooks.failed(thrown) }
            noexcept;
        };
    if constexpr (has_challenged<Hooks>)
        never = never && requires(Hooks & hooks, const challenge_answer& met) {
            { hooks.challenged(met) }
            noexcept;
        };
    if constexpr (has_dead_letter<Hooks>)
        never =
            never && requires(Hooks & hooks, const verified_event& event, const delivery_context& context) {
            { hooks.dead_letter(event, context) }
            noexcept;
        };
    return never;
}

template <class Hooks>
inline constexpr bool has_any_hook =
    std::is_same_v<
        Hooks,
        no_hooks> || has_note<Hooks> || has_failed<Hooks> || has_dead_letter<Hooks> || has_challenged<Hooks>;

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
