// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_COMPARE_AND_SET_HPP
#define HOOKSEAL_IDEMPOTENCY_COMPARE_AND_SET_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/idempotency/callback.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/record_text.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>
#include <hookseal/idempotency/user_call.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// The full shape of a `callback_store`, over anything that can insert and compare-and-set atomically.
///
///     insert(std::string_view key, std::string_view value, std::chrono::milliseconds ttl)
///         → std::optional<std::string>    the value already there, unchanged; or nothing, and now it is `value`
///     replace(std::string_view key, std::string_view expected, std::string_view value, std::chrono::milliseconds ttl)
///         → bool                          true where it was `expected`, and now it is `value`
///
/// Values are 88 characters of base64url. The record's state machine runs here, so nothing is lacking but what the user's
/// store lacks itself. Leases are judged by `Clock`: by default the machine's wall clock, so machines that share the store
/// must agree on the time to well within a lease. A `ttl` of a century means for ever.
template <class Insert, class Replace, class Clock = wall_ticks, class Calls = default_calls>
class compare_and_set {
    using ttl_type = milliseconds;
    static_assert(
        detail::finds<Insert, std::string_view, std::string_view, ttl_type>,
        "insert is called as insert(std::string_view key, std::string_view value, std::chrono::milliseconds "
        "ttl) and returns the value that was there already as std::optional<std::string>, or "
        "hookseal::found_value where it can fail without throwing");
    static_assert(
        detail::answers<Replace, std::string_view, std::string_view, std::string_view, ttl_type>,
        "replace is called as replace(std::string_view key, std::string_view expected, std::string_view "
        "value, std::chrono::milliseconds ttl) and returns bool, or std::optional<bool> where it can fail "
        "without throwing");
    static_assert(tick_clock<Clock>, "the clock has: hookseal::tick now() const noexcept, in milliseconds");

public:
    static constexpr promises promised{
        .exclusive = true,
        .tells_in_flight = true,
        .recovers = true,
        .fenced = true,
        .repeatable = true,
        .counts_attempts = true,
        .compares_payload = true,
        .hands_over = true,
    };

    compare_and_set(Insert insert, Replace replace, Clock clock = {})
        : insert_(std::move(insert)), replace_(std::move(replace)), clock_(std::move(clock)) {}

    [[nodiscard]] claim_answer claim(std::string_view key, const claim_terms& terms) noexcept {
        return step<claim_answer>(
            key, [&](claim_record& record, tick now) noexcept { return decide_claim(record, terms, now); });
    }

    [[nodiscard]] settle_answer complete(std::string_view key, const claim_token& token,
                                         const outcome& result) noexcept {
        return settle(key, token, settlement::complete(result));
    }
    [[nodiscard]] settle_answer release(std::string_view key, const claim_token& token,
                                        earlier reason) noexcept {
        return settle(key, token, settlement::release(reason));
    }
    [[nodiscard]] settle_answer extend(std::string_view key, const claim_token& token,
                                       milliseconds lease) noexcept {
        return settle(key, token, settlement::extend(lease));
    }

    [[nodiscard]] settle_answer forget(std::string_view key) noexcept {
        return step<settle_answer>(
            key, [](claim_record& record, tick now) noexcept { return decide_forget(record, now); });
    }
    [[nodiscard]] peek_answer peek(std::string_view key) noexcept {
        return step<peek_answer>(key,
                                 [](claim_record& record, tick now) noexcept { return show(record, now); });
    }

private:
    /// Others changed the record that often while we looked: let the sender come back.
    static constexpr int most_rounds = 8;

    [[nodiscard]] settle_answer settle(std::string_view key, const claim_token& token,
                                       const settlement& wanted) noexcept {
        return step<settle_answer>(key, [&](claim_record& record, tick now) noexcept {
            return decide_settle(record, token, wanted, now);
        });
    }

    /// Reads the record by inserting what it would become if there were none, decides, and swaps if nobody else has.
    template <class Answer, class Decide>
    [[nodiscard]] Answer step(std::string_view key, Decide decide) noexcept {
        for (int round = 0; round < most_rounds; ++round) {
            const tick now = clock_.now();
            claim_record fresh;
            const Answer if_absent = decide(fresh, now);
            const found_value there =
                detail::look<Calls>(insert_, key, record_text(fresh).view(), time_to_live(fresh, now));
            if (there.failed()) return Answer::failure(store_fault::down, true);
            if (!there) return if_absent;

            std::optional<claim_record> record = parse_record(*there);
            if (!record) return Answer::failure(store_fault::misconfigured);
            const claim_record before = *record;
            const Answer answer = decide(*record, now);
            if (*record == before) return answer;
            const std::string_view expected = *there;
            switch (detail::ask<Calls>(replace_, key, expected, record_text(*record).view(),
                                       time_to_live(*record, now))) {
            case detail::said::yes: return answer;
            case detail::said::no: break;
            case detail::said::failed: return Answer::failure(store_fault::down, true);
            }
        }
        return Answer::failure(store_fault::busy);
    }

    [[nodiscard]] static ttl_type time_to_live(const claim_record& record, tick now) noexcept {
        constexpr std::int64_t century = milliseconds(days(36500)).count();
        if (record.state != event_state::absent)
            return ttl_type(detail::between<std::int64_t>(record.expires - now, 1, century));
        // Settling what is not there leaves a record that says nothing; an operator's `forget` leaves a tombstone.
        return record.generation == 0 ? ttl_type(1000) : default_keep;
    }

    Insert insert_;
    Replace replace_;
    Clock clock_;
};

} // namespace hookseal::inline v0_1

#endif
