// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_ROWS_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_ROWS_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/postgres/connection.hpp>
#include <hookseal/idempotency/postgres/parameters.hpp>
#include <hookseal/idempotency/postgres/statements.hpp>
#include <hookseal/idempotency/sound_record.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>

// How an event's row is read, decided about and written, so that it is one step however many do it at once: a row is
// written only if it is still what was read. The state machine runs here as it stands, by the server's clock.

namespace hookseal::inline v0_1::postgres {

struct row {
    claim_record record{};
    tick now = 0;
    std::int64_t revision = 0; ///< 0: there is none
    bool is_sound = true;      ///< false: nobody of ours wrote that
};

[[nodiscard]] inline row find(connection& on, const locator& where) noexcept {
    const answer found = on.ask(sql::find, parameters().add(where));
    row read{.now = found.number(13)};
    if (!on.well() || found.is_null(0)) return read;
    std::array<std::int64_t, 13> is;
    for (std::size_t column = 0; column < is.size(); ++column)
        is[column] = found.number(static_cast<int>(column));
    read.revision = is[12];
    read.is_sound = hookseal::detail::are_known(is[0], is[1], is[2]) && read.revision > 0;
    if (!read.is_sound) return read;
    read.record.generation = static_cast<std::uint64_t>(is[5]);
    const auto state = static_cast<event_state>(is[0]);
    if (state == event_state::absent) return read; // a tombstone
    read.record.state = state;
    read.record.before = static_cast<earlier>(is[1]);
    read.record.result = {static_cast<ending>(is[2]), static_cast<std::uint16_t>(is[3])};
    read.record.attempt = static_cast<std::uint32_t>(is[4]);
    read.record.nonce = static_cast<std::uint64_t>(is[6]);
    read.record.ticket = static_cast<std::uint64_t>(is[7]);
    read.record.fingerprint = static_cast<std::uint64_t>(is[8]);
    read.record.lease = is[9];
    read.record.leased_until = is[10];
    read.record.expires = is[11];
    read.is_sound = hookseal::detail::has_sound_times(read.record);
    return read;
}

/// What else a settlement that is `ok` changes: nothing. Others add their parameters, and name the statement to execute.
struct row_alone {
    [[nodiscard]] sql operator()(parameters&, tick) const noexcept { return sql::change; }
};

/// Generation and transaction of what was written; nothing where somebody else was faster. `called` is what people find
/// a new row by.
template <class Beside>
[[nodiscard]] answer write(connection& on, const locator& where, const row& old, claim_record to,
                           const event_key* called, const Beside& beside) noexcept {
    if (to.state == event_state::absent) to.expires = later(old.now, default_keep.count());
    parameters with;
    for (const std::int64_t number :
         {std::int64_t{static_cast<unsigned char>(to.state)},
          std::int64_t{static_cast<unsigned char>(to.before)},
          std::int64_t{static_cast<unsigned char>(to.result.how)}, std::int64_t{to.result.code},
          std::int64_t{to.attempt}, static_cast<std::int64_t>(to.generation),
          static_cast<std::int64_t>(to.nonce), static_cast<std::int64_t>(to.ticket),
          static_cast<std::int64_t>(to.fingerprint), to.lease, to.leased_until, to.expires})
        with.add(number);
    with.add(where);
    if (old.revision != 0) {
        const sql change = beside(with.add(old.revision), old.now);
        return on.ask(change, with);
    }
    if (called == nullptr) return on.ask(sql::put, with.add("").add("").add("").add(""));
    with.add(called->scope()).add(called->provider()).add(called->tenant()).add(called->id());
    return on.ask(sql::put, with);
}

/// Others changed the row that often while we looked: let the sender come back.
inline constexpr int most_rounds = 8;

/// Reads, has `decide(record, now)` answer, and writes what changed. Failures are told by `on.fault()`. `transaction` gets
/// the number of the transaction that wrote, for `sql::fate`.
template <class Answer, class Decide, class Beside = row_alone>
[[nodiscard]] Answer step(connection& on, const locator& where, const event_key* called, Decide decide,
                          std::uint64_t* transaction = nullptr, const Beside& beside = {}) noexcept {
    for (int round = 0; round < most_rounds; ++round) {
        const row old = find(on, where);
        if (!on.well()) return {};
        if (!old.is_sound) return Answer::failure(store_fault::misconfigured);
        claim_record record = old.record;
        Answer decided = decide(record, old.now);
        const bool is_grant = record.generation != old.record.generation;
        if (record != old.record) {
            bool is_settled = false;
            if constexpr (std::same_as<Answer, settle_answer>)
                is_settled = decided.status == settle_status::ok;
            const answer written = is_settled ? write(on, where, old, record, called, beside)
                                              : write(on, where, old, record, called, row_alone{});
            if (!on.well()) return {};
            if (!written.has_row()) continue;
            if (transaction != nullptr) *transaction = static_cast<std::uint64_t>(written.number(1));
            record.generation = static_cast<std::uint64_t>(written.number(0));
        }
        if constexpr (std::same_as<Answer, claim_answer>) {
            decided.token.where = where;
            if (is_grant) decided.token.generation = record.generation;
        }
        return decided;
    }
    return Answer::failure(store_fault::busy);
}

[[nodiscard]] inline claim_answer claim(connection& on, const locator& where, const claim_terms& terms,
                                        const event_key* called) noexcept {
    return step<claim_answer>(on, where, called, [&](claim_record& record, tick now) noexcept {
        return decide_claim(record, terms, now);
    });
}
[[nodiscard]] inline claim_answer claim(connection& on, const locator& where,
                                        const claim_request& request) noexcept {
    return claim(on, where, claim_terms::of(request), &request.key);
}

template <class Beside = row_alone>
[[nodiscard]] settle_answer settle(connection& on, const claim_token& token, const settlement& wanted,
                                   std::uint64_t* transaction = nullptr, const Beside& beside = {}) noexcept {
    const auto decide = [&](claim_record& record, tick now) noexcept {
        return decide_settle(record, token, wanted, now);
    };
    return step<settle_answer>(on, token.where, nullptr, decide, transaction, beside);
}

} // namespace hookseal::inline v0_1::postgres

#endif
