// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_REPLY_HPP
#define HOOKSEAL_IDEMPOTENCY_REPLY_HPP

#include <hookseal/core/challenge_answer.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/milliseconds.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/verdict.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Why a reply is what it is; names are stable.
enum class reply_reason : unsigned char {
    unfinished = 0, ///< nobody has said how the handling ended
    rejected = 1,   ///< not genuine, not fresh, or not to be verified: see `reply::error`
    store_unavailable = 2,
    in_flight = 3,     ///< another delivery of the event is being handled
    duplicate = 4,     ///< handled before
    accepted = 5,      ///< accepted, now or before, and still to be handled
    other_content = 6, ///< the id is known with another body
    handled = 7,
    ignored = 8,
    parked = 9,     ///< put aside, now or before
    failed = 10,    ///< the handler failed
    undone = 11,    ///< the handler's transaction was rolled back
    challenge = 12, ///< no event but a challenge, which is met or, by `reply::error`, refused
};

[[nodiscard]] constexpr std::string_view name(reply_reason why) noexcept {
    switch (why) {
    case reply_reason::unfinished: return "unfinished";
    case reply_reason::rejected: return "rejected";
    case reply_reason::store_unavailable: return "store_unavailable";
    case reply_reason::in_flight: return "in_flight";
    case reply_reason::duplicate: return "duplicate";
    case reply_reason::accepted: return "accepted";
    case reply_reason::other_content: return "other_content";
    case reply_reason::handled: return "handled";
    case reply_reason::ignored: return "ignored";
    case reply_reason::parked: return "parked";
    case reply_reason::failed: return "failed";
    case reply_reason::undone: return "undone";
    case reply_reason::challenge: return "challenge";
    }
    return "unfinished";
}

/// What to answer the sender. Default-constructed it has the sender come again.
struct reply {
    int status = 503;
    std::optional<duration> retry_after{}; ///< the `Retry-After` header, if any
    reply_reason why = reply_reason::unfinished;
    hookseal::error error = hookseal::error::none; ///< of `rejected`, and of a `challenge` that is refused
    std::string_view content_type{};               ///< of the body; of static storage
    answer_text body{};                            ///< where the sender wants one: see `for_each_header`
    std::array<answer_header, max_answer_headers> headers{}; ///< beside those that `for_each_header` derives
};

/// How a receiver claims, and what it answers. What it says by default, senders understand: see docs/receiver.md.
struct receiver_policy {
    /// Who asks (receivers that share a store and each want every event need a scope each), and for whom. Both must
    /// outlive the receiver.
    std::string_view scope{};
    std::string_view tenant{};

    milliseconds lease = default_lease;
    std::optional<milliseconds> keep{}; ///< unset: `keep_for` the provider's retry window
    bool compare_content = false; ///< whether the body is hashed to notice other content under a known id
    std::optional<std::uint32_t>
        max_attempts{}; ///< above it an event is parked, if the hooks' `dead_letter` takes it

    /// What to do with content that differs from what was handled under the same id. Some providers change counters
    /// inside a redelivered body, so by default it is a duplicate.
    enum class other_content : unsigned char { is_duplicate, is_refused };
    other_content different = other_content::is_duplicate;

    /// What to do while the store is down: have the sender come again, or handle each delivery without knowing whether it
    /// is new (for handlers that do no harm twice).
    enum class without_store : unsigned char { refuse, handle };
    without_store unavailable = without_store::refuse;

    int handled_status = 200;
    int duplicate_status = 200;
    int accepted_status = 202;
    int refused_content_status = 422;
    int failed_status = 500;
    int retry_status = 503; ///< in flight, or the store is unavailable

    duration longest_retry_after{120};
    duration unavailable_retry_after{10};
};

/// The reply to a challenge.
[[nodiscard]] inline reply reply_for(const challenge_answer& what) noexcept {
    return {.status = what.status,
            .why = reply_reason::challenge,
            .error = what.error,
            .content_type = what.content_type,
            .body = what.body,
            .headers = what.headers};
}

/// The reply to what cannot be verified.
[[nodiscard]] inline reply reply_for(error why, const receiver_policy& policy) noexcept {
    reply answer{.status = http_status(why), .why = reply_reason::rejected, .error = why};
    if (answer.status == 503) answer.retry_after = policy.unavailable_retry_after;
    return answer;
}

/// The reply to a claim, or nothing where the event is the caller's to handle.
[[nodiscard]] inline std::optional<reply> reply_for(const claim_answer& claim,
                                                    const receiver_policy& policy) noexcept {
    if (claim.status == claim_status::granted) return std::nullopt;
    if (claim.status == claim_status::unavailable) {
        if (policy.unavailable == receiver_policy::without_store::handle) return std::nullopt;
        return reply{.status = policy.retry_status,
                     .retry_after = policy.unavailable_retry_after,
                     .why = reply_reason::store_unavailable};
    }
    if (claim.content == content_match::different
        && policy.different == receiver_policy::other_content::is_refused)
        return reply{.status = policy.refused_content_status, .why = reply_reason::other_content};
    if (claim.status == claim_status::in_flight) {
        const auto wait = rounded_up(claim.remaining);
        return reply{.status = policy.retry_status,
                     .retry_after =
                         detail::smaller_of(detail::larger_of(wait, seconds(1)), policy.longest_retry_after),
                     .why = reply_reason::in_flight};
    }
    switch (claim.result.how) {
    case ending::accepted: return reply{.status = policy.accepted_status, .why = reply_reason::accepted};
    case ending::parked: return reply{.status = policy.duplicate_status, .why = reply_reason::parked};
    case ending::handled:
    case ending::ignored: break;
    }
    return reply{.status = policy.duplicate_status, .why = reply_reason::duplicate};
}

/// The reply after handling, given what the store said of it.
///
/// What was handled is answered as handled even if the store does not know it: another delivery could only handle it
/// twice. Where the handler's work is part of the store's own transaction (`effect_inside`), only a confirmed commit counts.
/// What was accepted is accepted when the store knows it: until then another delivery does no harm, for but one ticket is
/// valid, and the sender is who keeps the event.
[[nodiscard]] inline reply reply_for(const verdict& said, const settle_answer& settled, bool effect_inside,
                                     const receiver_policy& policy) noexcept {
    const bool lost = effect_inside && settled.status != settle_status::ok;
    if (said.completes() && (lost || settled.status == settle_status::undone))
        return {.status = policy.retry_status,
                .retry_after = policy.unavailable_retry_after,
                .why = reply_reason::undone};
    if (said.what == verdict::kind::accepted && settled.status != settle_status::ok)
        return {.status = policy.retry_status,
                .retry_after = policy.unavailable_retry_after,
                .why = reply_reason::store_unavailable};
    switch (said.what) {
    case verdict::kind::accepted: return {.status = policy.accepted_status, .why = reply_reason::accepted};
    case verdict::kind::handled: return {.status = policy.handled_status, .why = reply_reason::handled};
    case verdict::kind::ignored: return {.status = policy.handled_status, .why = reply_reason::ignored};
    case verdict::kind::parked: return {.status = policy.handled_status, .why = reply_reason::parked};
    case verdict::kind::failed:
    case verdict::kind::unknown: break;
    }
    return {.status = policy.failed_status, .retry_after = said.retry_after, .why = reply_reason::failed};
}

} // namespace hookseal::inline v0_1

#endif
