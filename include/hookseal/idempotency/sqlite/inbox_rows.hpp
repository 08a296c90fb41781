// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SQLITE_INBOX_ROWS_HPP
#define HOOKSEAL_IDEMPOTENCY_SQLITE_INBOX_ROWS_HPP

#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/machine_ticks.hpp>
#include <hookseal/idempotency/sqlite/connection.hpp>
#include <hookseal/idempotency/sqlite/rows.hpp>
#include <hookseal/idempotency/sqlite/statements.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The inbox's rows, each changed in the transaction of its event's record. A row's `due` says when to look at it; who may
// have it, the record alone says.

namespace hookseal::inline v0_1::sqlite {

/// Said again, for a lost reply, it finds the row there.
[[nodiscard]] inline settle_answer accept_into_inbox(connection& on, const claim_token& token,
                                                     const verified_event& event, std::string_view id,
                                                     std::string_view type, const store_time& now) noexcept {
    const settle_answer answer = settle(on, token, settlement::complete({ending::accepted}), now);
    if (answer.status != settle_status::ok || on.code() != SQLITE_OK) return answer;
    const std::string_view body = event.body();
    const claim_token_text accepted(token);
    query put(on, sql::put_in_inbox);
    put.bind(1, accepted.view()).bind(2, now.wall).bind(3, event.provider()).bind(4, id).bind(5, type);
    if (event.signed_at()) put.bind(6, std::int64_t{event.signed_at()->time_since_epoch().count()});
    put.bind(7, std::span(reinterpret_cast<const unsigned char*>(body.data()), body.size()));
    put.bind(8, token.where).run();
    return answer;
}

inline void set_due(connection& on, std::int64_t number, tick due, std::uint32_t attempts) noexcept {
    query(on, sql::lease_in_inbox).bind(1, number).bind(2, due).bind(3, std::int64_t{attempts}).run();
}

[[nodiscard]] inline inbox_lease lease_from_inbox(connection& on, std::string_view scope,
                                                  std::chrono::milliseconds lease,
                                                  const store_time& now) noexcept {
    constexpr int most_rows_looked_at = 64; // others wait for this transaction
    for (int i = 0; i < most_rows_looked_at; ++i) {
        std::int64_t number = 0;
        std::uint32_t attempts = 0;
        std::optional<claim_token> accepted;
        {
            query next(on, sql::next_in_inbox);
            if (!next.bind(1, scope).step()) return {.status = inbox_status::empty};
            const tick due = next.number(1);
            if (due > now.wall)
                return {.status = inbox_status::empty, .wait = std::chrono::milliseconds(due - now.wall)};
            number = next.number(0);
            attempts = static_cast<std::uint32_t>(next.number(2));
            accepted = parse_claim_token(next.bytes(3));
        }
        if (!accepted) return inbox_lease::failure(store_fault::misconfigured); // nobody of ours wrote that
        const claim_terms terms{
            .lease = lease.count(), .keep = hookseal::detail::keep_ms(*accepted), .handed_over = &*accepted};
        const claim_answer claimed = claim(on, accepted->where, terms, {}, now);
        switch (claimed.status) {
        case claim_status::unavailable: return inbox_lease::failure(claimed.fault);
        case claim_status::granted:
            set_due(on, number, later(now.wall, lease.count()), ++attempts);
            return {.status = inbox_status::leased,
                    .token = claimed.token,
                    .accepted = *accepted,
                    .attempt = attempts,
                    .before = claimed.before};
        case claim_status::in_flight: // extended, or resumed by its ticket
            set_due(on, number, later(now.wall, std::max<std::int64_t>(claimed.remaining.count(), 1)),
                    attempts);
            break;
        case claim_status::done: // finished by its ticket, or void
            query(on, sql::remove_from_inbox).bind(1, claim_token_text(*accepted).view()).run();
            break;
        }
    }
    return {.status = inbox_status::empty, .wait = std::chrono::milliseconds(0)};
}

[[nodiscard]] inline std::optional<stored_event> read_from_inbox(connection& on, const inbox_lease& lease) {
    const claim_token_text accepted(lease.accepted);
    query read(on, sql::read_from_inbox);
    if (!read.bind(1, accepted.view()).step()) return std::nullopt;
    stored_event event = hookseal::detail::event_of_columns([&](int column) { return read.bytes(column); });
    if (!read.bytes(5).empty()) event.signed_at = unix_time(read.number(5));
    return event;
}

[[nodiscard]] inline settle_answer complete_in_inbox(connection& on, const inbox_lease& lease,
                                                     const outcome& result, const store_time& now) noexcept {
    const settle_answer answer = settle(on, lease.token, settlement::complete(result), now);
    const claim_token_text accepted(lease.accepted);
    if (answer.status == settle_status::ok) query(on, sql::remove_from_inbox).bind(1, accepted.view()).run();
    return answer;
}

[[nodiscard]] inline settle_answer postpone_in_inbox(connection& on, const inbox_lease& lease, earlier reason,
                                                     std::chrono::milliseconds pause, std::string_view note,
                                                     const store_time& now) noexcept {
    const settle_answer answer = settle(on, lease.token, settlement::release(reason), now);
    const claim_token_text accepted(lease.accepted);
    if (answer.status == settle_status::ok)
        query(on, sql::postpone_in_inbox)
            .bind(1, accepted.view())
            .bind(2, later(now.wall, pause.count()))
            .bind(3, note)
            .run();
    return answer;
}

} // namespace hookseal::inline v0_1::sqlite

#endif
