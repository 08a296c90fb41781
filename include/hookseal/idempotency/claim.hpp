// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_CLAIM_HPP
#define HOOKSEAL_IDEMPOTENCY_CLAIM_HPP

#include <hookseal/core/duration.hpp>
#include <hookseal/core/milliseconds.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>

#include <cstdint>

// What is asked of a store and what it answers. Every set of answers is closed, and the default is always the one that
// handles nothing: `unavailable`.

namespace hookseal::inline v0_1 {

/// How long an owner has the event to itself. Longer than any sender waits for an answer, shorter than its second retry.
inline constexpr milliseconds default_lease = seconds(60);

/// How long a completed event is remembered where the provider's retry window is not known.
inline constexpr milliseconds default_keep = days(7);

/// How long to remember events of a provider that goes on delivering them for `retry_window` (zero: not known): that
/// long and a quarter more, at least a day more, for clocks differ and people redeliver by hand.
[[nodiscard]] constexpr milliseconds keep_for(duration retry_window) noexcept {
    if (retry_window.count() <= 0) return default_keep;
    const std::int64_t more = detail::larger_of(retry_window.count() / 4, days(1).count());
    return duration(retry_window.count() + more);
}

/// How handling ended.
enum class ending : unsigned char {
    handled,  ///< the handler did its work
    accepted, ///< taken over by a queue or an inbox, which will see to it; a worker claims it with its ticket
    parked,   ///< given up and put aside for people
    ignored,  ///< nothing to do for this event
};

/// What is remembered of a completed event.
struct outcome {
    ending how = ending::handled;
    std::uint16_t code = 0; ///< the user's own

    friend constexpr bool operator==(const outcome&, const outcome&) = default;
};

/// What became of the attempts before this one.
enum class earlier : unsigned char {
    none,      ///< there were none, as far as the store knows
    released,  ///< the last one failed and says that it did nothing
    unknown,   ///< the last one may have done its work: it threw, or its lease ended without a word
    forgotten, ///< the store had to forget: there may have been one, and it may have succeeded
};

/// Why a store could not answer.
enum class store_fault : unsigned char {
    unspecified,
    down,
    timeout,
    busy,
    full,          ///< of events that are being handled: nothing can be evicted
    misconfigured, ///< a retry cannot help
};

struct claim_request {
    event_key key;
    milliseconds lease = default_lease; ///< must be positive
    milliseconds keep = default_keep;   ///< must be positive; rounded up to seconds; from completion on
    /// A random number of this claim's own; 0: none. The same number again is the same claim, for a reply that was lost.
    std::uint64_t nonce = 0;
    /// The ticket by which a worker claims what was accepted. `key` is then `event_key::of(ticket)`.
    const claim_token* handed_over = nullptr;
};

enum class claim_status : unsigned char {
    unavailable, ///< nothing is known; do not handle the event
    granted,     ///< the caller owns the event until its lease ends
    in_flight,   ///< somebody else owns it
    done,        ///< completed, or accepted
};

enum class content_match : unsigned char { not_compared, same, different };

struct claim_answer {
    claim_status status = claim_status::unavailable;
    earlier before = earlier::none; ///< of a grant
    bool repeated = false;          ///< of a grant: this claim had been granted before
    content_match content = content_match::not_compared;
    claim_token token{};       ///< of a grant
    milliseconds remaining{0}; ///< in flight: until the lease ends, never more than the lease is long
    outcome result{};          ///< of `done`
    store_fault fault = store_fault::unspecified; ///< of `unavailable`
    bool maybe_applied =
        false; ///< of `unavailable`: the store may have granted it; repeat the claim with its nonce

    [[nodiscard]] static constexpr claim_answer failure(store_fault why,
                                                        bool maybe_applied = false) noexcept {
        claim_answer answer;
        answer.fault = why;
        answer.maybe_applied = maybe_applied;
        return answer;
    }
};

enum class settle_status : unsigned char {
    unavailable, ///< nothing is known
    ok,          ///< so it is stored, now or since an earlier call
    stale,       ///< not the owner any more, or finished otherwise; nothing was changed
    gone,        ///< the store does not know the event any more
    undone,      ///< the transaction was rolled back, and the handler's work with it
};

struct settle_answer {
    settle_status status = settle_status::unavailable;
    store_fault fault = store_fault::unspecified; ///< of `unavailable` and `undone`
    bool maybe_applied = false;                   ///< of `unavailable`: repeat the call

    [[nodiscard]] static constexpr settle_answer of(settle_status status) noexcept {
        return {.status = status};
    }
    [[nodiscard]] static constexpr settle_answer failure(store_fault why,
                                                         bool maybe_applied = false) noexcept {
        return {settle_status::unavailable, why, maybe_applied};
    }
};

/// What a store knows of an event.
enum class event_state : unsigned char { absent, in_flight, released, accepted, done };

/// For diagnosis; no decision may rest on it, since it is old when it is read.
struct peek_answer {
    bool available = false;
    event_state state = event_state::absent;
    std::uint32_t attempt = 0;
    earlier before = earlier::none;
    outcome result{};
    milliseconds remaining{0}; ///< of the lease, in flight; of the time it is remembered, done
    store_fault fault = store_fault::unspecified; ///< where it is not available

    [[nodiscard]] static constexpr peek_answer failure(store_fault why, bool = false) noexcept {
        return {.fault = why};
    }
};

} // namespace hookseal::inline v0_1

#endif
