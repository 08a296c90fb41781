// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SQLITE_ROWS_HPP
#define HOOKSEAL_IDEMPOTENCY_SQLITE_ROWS_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/machine_ticks.hpp>
#include <hookseal/idempotency/sound_record.hpp>
#include <hookseal/idempotency/sqlite/connection.hpp>
#include <hookseal/idempotency/sqlite/statements.hpp>
#include <hookseal/idempotency/state_machine.hpp>

#include <cstdint>
#include <string_view>

// Records as rows, and the steps of the state machine on them. Each step reads, decides and writes within a transaction
// that somebody else has begun and will end.

namespace hookseal::inline v0_1::sqlite {

/// A record that was read, with what it takes to write it back.
struct row {
    claim_record record{};
    bool is_there = false;
    bool is_sound = true; ///< false: nobody of ours wrote that
};

/// A tombstone, which says nothing but its generation, goes when its time is over, too.
[[nodiscard]] inline row row_of(const query& from, const store_time& now) noexcept {
    const auto whole = [&](int column) { return static_cast<std::uint64_t>(from.number(column)); };
    claim_record stored;
    stored.generation = whole(5);
    if (!hookseal::detail::are_known(from.number(0), from.number(1), from.number(2)))
        return {.is_there = true, .is_sound = false};
    const auto state = static_cast<event_state>(from.number(0));
    if (state == event_state::absent) return {stored, true};
    stored.state = state;
    stored.before = static_cast<earlier>(from.number(1));
    stored.result = {static_cast<ending>(from.number(2)), static_cast<std::uint16_t>(from.number(3))};
    stored.attempt = static_cast<std::uint32_t>(from.number(4));
    stored.nonce = whole(6);
    stored.ticket = whole(7);
    stored.fingerprint = whole(8);
    stored.lease = from.number(9);
    stored.leased_until = from.number(10);
    stored.expires = from.number(11);
    if (!hookseal::detail::has_sound_times(stored)) return {.is_there = true, .is_sound = false};
    return {hookseal::detail::in_wall_time(stored, whole(12), now), true};
}

[[nodiscard]] inline row find(connection& on, const locator& where, const store_time& now) noexcept {
    query select(on, sql::find);
    select.bind(1, where);
    return select.step() ? row_of(select, now) : row{};
}

/// Of an event's key what people find it by; nothing where there is none.
struct names {
    std::string_view scope{};
    std::string_view provider{};
    std::string_view tenant{};
    std::string_view id{};

    [[nodiscard]] static names of(const event_key& key) noexcept {
        return {key.scope(), key.provider(), key.tenant(), key.id()};
    }
};

inline void write(connection& on, const locator& where, const row& old, claim_record to, const names& called,
                  const store_time& now) noexcept {
    to = hookseal::detail::in_lease_time(to, now);
    if (to.state == event_state::absent) to.expires = later(now.wall, default_keep.count());
    query change(on, old.is_there ? sql::change : sql::put);
    int at = 0;
    for (const std::int64_t number :
         {std::int64_t{static_cast<unsigned char>(to.state)},
          std::int64_t{static_cast<unsigned char>(to.before)},
          std::int64_t{static_cast<unsigned char>(to.result.how)}, std::int64_t{to.result.code},
          std::int64_t{to.attempt}, static_cast<std::int64_t>(to.generation),
          static_cast<std::int64_t>(to.nonce), static_cast<std::int64_t>(to.ticket),
          static_cast<std::int64_t>(to.fingerprint), to.lease, to.leased_until, to.expires,
          static_cast<std::int64_t>(now.run)})
        change.bind(++at, number);
    change.bind(++at, where);
    if (!old.is_there)
        change.bind(15, called.scope).bind(16, called.provider).bind(17, called.tenant).bind(18, called.id);
    change.run();
}

/// No generation of an event may come again, not even after its row was removed.
[[nodiscard]] inline std::uint64_t floor_of(connection& on) noexcept {
    query select(on, sql::floor);
    return select.step() ? static_cast<std::uint64_t>(select.number(0)) : 0;
}

/// Reads, has `decide(record, now)` answer, and writes what changed. Failures are told by `on.code()`.
template <class Answer, class Decide>
[[nodiscard]] Answer step(connection& on, const locator& where, const names& called, const store_time& now,
                          Decide decide) noexcept {
    const row old = find(on, where, now);
    if (!old.is_sound) return Answer::failure(store_fault::misconfigured);
    claim_record record = old.record;
    const Answer answer = decide(record);
    if (record != old.record) write(on, where, old, record, called, now);
    return answer;
}

[[nodiscard]] inline claim_answer claim(connection& on, const locator& where, const claim_terms& terms,
                                        const names& called, const store_time& now) noexcept {
    claim_answer answer = step<claim_answer>(on, where, called, now, [&](claim_record& record) noexcept {
        const std::uint64_t next = record.generation == 0 ? floor_of(on) + 1 : 0;
        return decide_claim(record, terms, now.wall, next);
    });
    answer.token.where = where;
    return answer;
}

[[nodiscard]] inline settle_answer settle(connection& on, const claim_token& token, const settlement& wanted,
                                          const store_time& now) noexcept {
    return step<settle_answer>(on, token.where, {}, now, [&](claim_record& record) noexcept {
        return decide_settle(record, token, wanted, now.wall);
    });
}

} // namespace hookseal::inline v0_1::sqlite

#endif
