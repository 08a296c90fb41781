// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_EXPIRING_KEY_HPP
#define HOOKSEAL_IDEMPOTENCY_EXPIRING_KEY_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/idempotency/callback.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/record_text.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>
#include <hookseal/idempotency/user_call.hpp>

#include <optional>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// The shape of a `callback_store` over keys that expire by themselves, as a cache has them (`SET NX PX`, `GET`,
/// `SET PX`, `DEL`).
///
///     insert(std::string_view key, std::string_view value, std::chrono::milliseconds ttl) → bool   true: was not there
///     find(std::string_view key) → std::optional<std::string>
///     put(std::string_view key, std::string_view value, std::chrono::milliseconds ttl)             in any case
///     erase(std::string_view key)
///
/// A claim is a key that expires with its lease. Settling looks first whose key it is and then writes: between the two
/// somebody may take over, and an owner slower than its lease then overwrites its successor, hence
/// `accepting<risk::late_overwrite>`. Attempts are not counted.
template <class Insert, class Find, class Put, class Erase, class Calls = default_calls>
class expiring_key {
    using ttl_type = milliseconds;
    static_assert(
        detail::answers<Insert, std::string_view, std::string_view, ttl_type>,
        "insert is called as insert(std::string_view key, std::string_view value, std::chrono::milliseconds "
        "ttl) and returns bool (true: it was not there), or std::optional<bool> where it can fail without "
        "throwing");
    static_assert(detail::finds<Find, std::string_view>,
                  "find is called as find(std::string_view key) and returns std::optional<std::string>, or "
                  "hookseal::found_value where it can fail without throwing");
    static_assert(
        detail::acts<Put, std::string_view, std::string_view, ttl_type>,
        "put is called as put(std::string_view key, std::string_view value, std::chrono::milliseconds ttl) "
        "and returns nothing, bool or std::optional<bool>");
    static_assert(
        detail::acts<Erase, std::string_view>,
        "erase is called as erase(std::string_view key) and returns nothing, bool or std::optional<bool>");

public:
    static constexpr promises promised{
        .exclusive = true, .tells_in_flight = true, .recovers = true, .repeatable = true};

    expiring_key(Insert insert, Find find, Put put, Erase erase)
        : insert_(std::move(insert)),
          find_(std::move(find)),
          put_(std::move(put)),
          erase_(std::move(erase)) {}

    [[nodiscard]] claim_answer claim(std::string_view key, const claim_terms& terms) noexcept {
        claim_answer granted = detail::plain_grant(terms);
        const record_text owned({.state = event_state::in_flight, .generation = 1, .nonce = terms.nonce});
        const milliseconds lease(terms.lease);
        // The second round is for a key that expired between `insert` and `find`.
        for (int round = 0; round < 2; ++round) {
            const detail::said inserted = detail::ask<Calls>(insert_, key, owned.view(), lease);
            if (inserted == detail::said::failed) return claim_answer::failure(store_fault::down, true);
            if (inserted == detail::said::yes) return granted;

            const found_value there = detail::look<Calls>(find_, key);
            if (there.failed()) return claim_answer::failure(store_fault::down);
            if (!there) continue;
            const std::optional<claim_record> record = parse_record(*there);
            if (!record) return claim_answer::failure(store_fault::misconfigured);
            if (record->state == event_state::done) return detail::done(*record);
            if (record->nonce == terms.nonce) {
                if (detail::ask<Calls>(put_, key, owned.view(), lease) != detail::said::yes)
                    return claim_answer::failure(store_fault::down, true);
                granted.repeated = true;
                return granted;
            }
            claim_answer busy;
            busy.status = claim_status::in_flight;
            busy.remaining = lease; // the most it can be where all leases are equally long
            return busy;
        }
        return claim_answer::failure(store_fault::busy);
    }

    [[nodiscard]] settle_answer complete(std::string_view key, const claim_token& token,
                                         const outcome& result) noexcept {
        const claim_record wanted{
            .state = event_state::done, .result = result, .generation = 1, .nonce = token.nonce};
        return settle(key, token, settlement::complete(result), [&] {
            return detail::ask<Calls>(put_, key, record_text(wanted).view(), ttl_type(token.keep()));
        });
    }

    [[nodiscard]] settle_answer release(std::string_view key, const claim_token& token,
                                        earlier reason) noexcept {
        const settle_answer answer =
            settle(key, token, settlement::release(reason), [&] { return detail::ask<Calls>(erase_, key); });
        // Nothing there: released already, or given up when the lease ended. Either way it is free.
        return answer.status == settle_status::gone ? settle_answer::of(settle_status::ok) : answer;
    }

private:
    /// Writes if the key is the owner's as far as can be seen.
    template <class Write>
    [[nodiscard]] settle_answer settle(std::string_view key, const claim_token& token,
                                       const settlement& wanted, Write write) noexcept {
        const found_value there = detail::look<Calls>(find_, key);
        if (there.failed()) return settle_answer::failure(store_fault::down);
        if (!there) return settle_answer::of(settle_status::gone);
        std::optional<claim_record> record = parse_record(*there);
        if (!record) return settle_answer::failure(store_fault::misconfigured);
        record->expires = never; // the user's store has its own clock
        const claim_record before = *record;
        const settle_answer answer = decide_settle(*record, token, wanted, 0);
        if (answer.status != settle_status::ok || *record == before) return answer;
        const detail::said written = write();
        if (written == detail::said::yes) return answer;
        return settle_answer::failure(store_fault::down, written == detail::said::failed);
    }

    Insert insert_;
    Find find_;
    Put put_;
    Erase erase_;
};

} // namespace hookseal::inline v0_1

#endif
