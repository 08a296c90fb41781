// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_STATE_MACHINE_HPP
#define HOOKSEAL_IDEMPOTENCY_STATE_MACHINE_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <cstdint>
#include <limits>

// What every store answers, as pure functions over one event's record. A store reads the record, calls, and writes it
// back if it changed, as one atomic step; stores that cannot run them (SQL, Lua) are tested against them.
//
//              claim                        complete
//     absent ─────────▶ in_flight ─────────────────────────▶ done ── keep passes ──▶ absent
//                        ▲  │  ▲ └─ accepted ─▶ accepted
//          claim         │  │  └── claim by ticket ──┘ ▲
//     released ──────────┘  └── release: released; of a ticket's claim: accepted
//
// A claim is granted over an owner whose lease is over. What was accepted is granted to its ticket alone, however long the
// ticket's owner is overdue: its sender was told that it is in good hands, and will not deliver it again.

namespace hookseal::inline v0_1 {

/// What a store keeps of one event, beside its key.
struct claim_record {
    event_state state = event_state::absent;
    earlier before = earlier::none; ///< in flight: what the grant told; else what the next grant will tell
    outcome result{};
    std::uint32_t attempt = 0;
    std::uint64_t generation = 0; ///< of the last grant; kept when all else is forgotten
    std::uint64_t nonce = 0;
    std::uint64_t ticket = 0;      ///< the generation that accepted the event; 0: not handed over
    std::uint64_t fingerprint = 0; ///< 0: not known
    std::int64_t lease = 0; ///< length; a clock that is set back must not show more than this as remaining
    tick leased_until = 0;
    tick expires = 0; ///< the record is worth nothing from then on

    friend constexpr bool operator==(const claim_record&, const claim_record&) = default;
};

/// What of a claim the record's fate depends on.
struct claim_terms {
    std::int64_t lease = default_lease.count();
    std::int64_t keep = default_keep.count();
    std::uint64_t nonce = 0;
    std::uint64_t fingerprint = 0;
    const claim_token* handed_over = nullptr;

    [[nodiscard]] static claim_terms of(const claim_request& request) noexcept {
        return {request.lease.count(), request.keep.count(), request.nonce, request.key.fingerprint(),
                request.handed_over};
    }
};

/// What an owner wants.
struct settlement {
    enum class verb : unsigned char { complete, release, extend };

    verb what;
    outcome result{};
    earlier reason = earlier::unknown;
    std::int64_t lease = 0;

    [[nodiscard]] static constexpr settlement complete(outcome result) noexcept {
        return {verb::complete, result};
    }
    /// Any reason but `released` is taken for `unknown`.
    [[nodiscard]] static constexpr settlement release(earlier reason) noexcept {
        return {verb::release, {}, reason == earlier::released ? earlier::released : earlier::unknown};
    }
    [[nodiscard]] static constexpr settlement extend(milliseconds lease) noexcept {
        return {verb::extend, {}, earlier::unknown, lease.count()};
    }
};

namespace detail {

/// Makes an expired record an absent one. The generation stays: the next grant must be higher than every token around.
constexpr void drop_expired(claim_record& record, tick now) noexcept {
    if (record.state != event_state::absent && now >= record.expires)
        record = {.generation = record.generation};
}

[[nodiscard]] constexpr std::int64_t keep_ms(const claim_token& token) noexcept {
    return std::int64_t{token.keep_seconds} * 1000;
}

[[nodiscard]] constexpr std::uint32_t keep_seconds(std::int64_t milliseconds) noexcept {
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(
        detail::smaller_of(most, milliseconds / 1000 + (milliseconds % 1000 != 0 ? 1 : 0)));
}

constexpr void arm(claim_record& record, std::int64_t lease, std::int64_t keep, tick now) noexcept {
    record.lease = lease;
    record.leased_until = later(now, lease);
    // What was accepted is not forgotten because its worker died.
    record.expires = record.ticket != 0 ? never : later(record.leased_until, keep);
}

[[nodiscard]] constexpr claim_answer grant(const claim_record& record, std::uint32_t keep,
                                           content_match content = content_match::not_compared,
                                           bool repeated = false) noexcept {
    claim_answer answer;
    answer.status = claim_status::granted;
    answer.before = record.before;
    answer.repeated = repeated;
    answer.content = content;
    answer.token.generation = record.generation;
    answer.token.nonce = record.nonce;
    answer.token.attempt = record.attempt;
    answer.token.keep_seconds = keep;
    return answer;
}

[[nodiscard]] constexpr claim_answer done(const claim_record& record,
                                          content_match content = content_match::not_compared) noexcept {
    claim_answer answer;
    answer.status = claim_status::done;
    answer.content = content;
    answer.result = record.result;
    return answer;
}

[[nodiscard]] constexpr milliseconds lease_left(const claim_record& record, tick now) noexcept {
    return milliseconds(detail::between<std::int64_t>(record.leased_until - now, 0, record.lease));
}

[[nodiscard]] constexpr claim_answer busy(const claim_record& record, tick now,
                                          content_match content) noexcept {
    claim_answer answer;
    answer.status = claim_status::in_flight;
    answer.remaining = lease_left(record, now);
    answer.content = content;
    return answer;
}

[[nodiscard]] constexpr content_match compare_content(const claim_record& record,
                                                      const claim_terms& terms) noexcept {
    if (record.state == event_state::absent || record.fingerprint == 0 || terms.fingerprint == 0)
        return content_match::not_compared;
    return record.fingerprint == terms.fingerprint ? content_match::same : content_match::different;
}

[[nodiscard]] constexpr claim_answer judge_claim(claim_record& record, const claim_terms& terms, tick now,
                                                 std::uint64_t generation) noexcept {
    const std::uint32_t keep = keep_seconds(terms.keep);
    const content_match content = compare_content(record, terms);
    const bool by_ticket = terms.handed_over != nullptr && terms.handed_over->generation == record.ticket;
    switch (record.state) {
    case event_state::done: return done(record, content);
    case event_state::accepted:
        if (!by_ticket) return done(record, content);
        break;
    case event_state::in_flight:
        if (terms.nonce != 0 && terms.nonce == record.nonce) {
            arm(record, terms.lease, keep_ms({.keep_seconds = keep}), now);
            return grant(record, keep, content, true);
        }
        if (record.ticket != 0 && !by_ticket) return done(record, content);
        if (now < record.leased_until) return busy(record, now, content);
        record.before = earlier::unknown;
        break;
    case event_state::released: break;
    case event_state::absent:
        // The store lost what it had accepted. Whoever holds the ticket has the event: better twice than never.
        if (terms.handed_over != nullptr) {
            record.before = earlier::forgotten;
            record.ticket = terms.handed_over->generation;
            record.result = {ending::accepted};
            generation = detail::larger_of(generation, record.ticket + 1);
        }
        break;
    }
    record.state = event_state::in_flight;
    record.generation = detail::larger_of(generation, record.generation + 1);
    record.nonce = terms.nonce;
    if (terms.fingerprint != 0) record.fingerprint = terms.fingerprint;
    ++record.attempt;
    arm(record, terms.lease, keep_ms({.keep_seconds = keep}), now);
    return grant(record, keep, content);
}

} // namespace detail

/// Answers a claim and changes the record accordingly. `record` is default-constructed where the store has none, with
/// `before` as `forgotten` where it had to evict one.
///
/// \param generation the next one of a counter that all events of the store share; 0 where each record counts for itself,
///                   which asks for random nonces, since a record that was deleted counts from 1 again
/// \returns the answer; the store adds `where` and `hint` to a granted token
[[nodiscard]] constexpr claim_answer decide_claim(claim_record& record, const claim_terms& terms, tick now,
                                                  std::uint64_t generation = 0) noexcept {
    const bool empty_ticket = terms.handed_over != nullptr && terms.handed_over->generation == 0;
    if (terms.lease <= 0 || terms.keep <= 0 || empty_ticket)
        return claim_answer::failure(store_fault::misconfigured);
    detail::drop_expired(record, now);
    return detail::judge_claim(record, terms, now, generation);
}

/// Answers a completion, a release or an extension and changes the record accordingly. Late is not too late: an owner
/// whose lease is over remains the owner until somebody takes over.
[[nodiscard]] constexpr settle_answer decide_settle(claim_record& record, const claim_token& token,
                                                    const settlement& wanted, tick now) noexcept {
    using verb = settlement::verb;
    const auto answer = [](settle_status status) { return settle_answer::of(status); };
    if (wanted.what == verb::extend && wanted.lease <= 0)
        return settle_answer::failure(store_fault::misconfigured);
    detail::drop_expired(record, now);
    if (record.state == event_state::absent) return answer(settle_status::gone);
    if (token.generation != record.generation || token.nonce != record.nonce)
        return answer(settle_status::stale);

    if (record.state != event_state::in_flight) {
        const bool was_completed =
            record.state == event_state::done
            || (record.state == event_state::accepted && record.ticket == token.generation);
        const bool repeats = was_completed ? wanted.what == verb::complete && wanted.result == record.result
                                           : wanted.what == verb::release && wanted.reason == record.before;
        return answer(repeats ? settle_status::ok : settle_status::stale);
    }
    const std::int64_t keep = detail::keep_ms(token);
    switch (wanted.what) {
    case verb::complete:
        record.result = wanted.result;
        record.before = earlier::none;
        if (wanted.result.how == ending::accepted) {
            record.state = event_state::accepted;
            record.ticket = record.generation;
            record.attempt = 0;
            record.expires = never;
        } else {
            record.state = event_state::done;
            record.ticket = 0;
            record.expires = later(now, keep);
        }
        break;
    case verb::release:
        record.before = wanted.reason;
        record.state = record.ticket != 0 ? event_state::accepted : event_state::released;
        record.expires = record.ticket != 0 ? never : later(now, keep);
        break;
    case verb::extend: detail::arm(record, wanted.lease, keep, now); break;
    }
    return answer(settle_status::ok);
}

/// Forgets an event on an operator's word. What is left is a tombstone: the generation goes on from there, so no token of
/// an earlier owner settles anything. Where a store has one counter for all its events it may drop the record instead.
[[nodiscard]] constexpr settle_answer decide_forget(claim_record& record, tick now) noexcept {
    detail::drop_expired(record, now);
    if (record.state == event_state::absent) return settle_answer::of(settle_status::gone);
    record = {.generation = record.generation + 1};
    return settle_answer::of(settle_status::ok);
}

/// What an operator is shown of a record.
[[nodiscard]] constexpr peek_answer show(claim_record record, tick now) noexcept {
    detail::drop_expired(record, now);
    peek_answer answer{.available = true,
                       .state = record.state,
                       .attempt = record.attempt,
                       .before = record.before,
                       .result = record.result};
    if (record.state == event_state::in_flight) answer.remaining = detail::lease_left(record, now);
    if (record.state == event_state::done) answer.remaining = milliseconds(record.expires - now);
    return answer;
}

} // namespace hookseal::inline v0_1

#endif
