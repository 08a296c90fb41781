// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_INBOX_ROWS_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_INBOX_ROWS_HPP

#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/postgres/connection.hpp>
#include <hookseal/idempotency/postgres/parameters.hpp>
#include <hookseal/idempotency/postgres/rows.hpp>
#include <hookseal/idempotency/postgres/statements.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The inbox's rows, each changed by the statement that changes its event's record. A row's `due` says when to look at it;
// who may have it, the record alone says. So a worker that took a row and died before it had claimed the event, or whose
// reply was lost, has only put it off.

namespace hookseal::inline v0_1::postgres {

/// Said again, for a lost reply, it finds record and row there.
[[nodiscard]] inline settle_answer accept_into_inbox(connection& on, const claim_token& token,
                                                     const verified_event& event, std::string_view id,
                                                     std::string_view type) noexcept {
    const claim_token_text ticket(token);
    const auto put = [&](parameters& with, tick now) noexcept {
        with.add(ticket.view()).add(now).add(event.provider()).add(id).add(type);
        if (event.signed_at())
            with.add(std::int64_t{event.signed_at()->time_since_epoch().count()});
        else
            with.add_null();
        with.add(event.body());
        return sql::accept_into_inbox;
    };
    return settle(on, token, settlement::complete({ending::accepted}), nullptr, put);
}

[[nodiscard]] inline inbox_lease lease_from_inbox(connection& on, std::string_view scope,
                                                  std::chrono::milliseconds lease) noexcept {
    constexpr int most_rows_taken = 64;
    constexpr std::chrono::milliseconds held(100); // another transaction has the next row: look again soon
    for (int i = 0; i < most_rows_taken; ++i) {
        const answer next = on.ask(sql::take_from_inbox, parameters().add(scope).add(lease.count()));
        if (!on.well()) return {};
        const tick now = next.number(0), due = next.number(2);
        if (next.is_null(2)) return {.status = inbox_status::empty};
        if (next.is_null(1))
            return {.status = inbox_status::empty,
                    .wait = due > now ? std::chrono::milliseconds(due - now) : held};
        const std::string_view ticket = next.text(1);
        const std::optional<claim_token> accepted = parse_claim_token(ticket);
        if (!accepted) return inbox_lease::failure(store_fault::misconfigured); // nobody of ours wrote that
        const claim_terms terms{
            .lease = lease.count(), .keep = hookseal::detail::keep_ms(*accepted), .handed_over = &*accepted};
        const claim_answer claimed = claim(on, accepted->where, terms, nullptr);
        if (!on.well()) return {};
        switch (claimed.status) {
        case claim_status::unavailable: return inbox_lease::failure(claimed.fault);
        case claim_status::granted:
            return {.status = inbox_status::leased,
                    .token = claimed.token,
                    .accepted = *accepted,
                    .attempt = claimed.token.attempt,
                    .before = claimed.before};
        case claim_status::in_flight: // extended, or resumed by its ticket
            on.ask(sql::look_later, parameters().add(ticket).add(due).add(
                                        later(now, std::max<std::int64_t>(claimed.remaining.count(), 1))));
            break;
        case claim_status::done: // finished by its ticket, or void
            on.ask(sql::remove_from_inbox, parameters().add(ticket));
            break;
        }
    }
    return {.status = inbox_status::empty, .wait = std::chrono::milliseconds(0)};
}

[[nodiscard]] inline std::optional<stored_event> read_from_inbox(connection& on, const inbox_lease& lease) {
    const claim_token_text ticket(lease.accepted);
    const answer read = on.ask(sql::read_from_inbox, parameters().add(ticket.view()));
    if (!read.has_row()) return std::nullopt;
    stored_event event = hookseal::detail::event_of_columns([&](int column) { return read.text(column); });
    if (!read.is_null(5)) event.signed_at = unix_time(read.number(5));
    return event;
}

[[nodiscard]] inline settle_answer complete_in_inbox(connection& on, const inbox_lease& lease,
                                                     const outcome& result,
                                                     std::uint64_t* transaction = nullptr) noexcept {
    const claim_token_text ticket(lease.accepted);
    const auto remove = [&](parameters& with, tick) noexcept {
        with.add(ticket.view());
        return sql::complete_in_inbox;
    };
    return settle(on, lease.token, settlement::complete(result), transaction, remove);
}

[[nodiscard]] inline settle_answer postpone_in_inbox(connection& on, const inbox_lease& lease, earlier reason,
                                                     std::chrono::milliseconds pause,
                                                     std::string_view note) noexcept {
    const claim_token_text ticket(lease.accepted);
    const auto postpone = [&](parameters& with, tick now) noexcept {
        with.add(ticket.view()).add(later(now, pause.count())).add(note);
        return sql::postpone_in_inbox;
    };
    return settle(on, lease.token, settlement::release(reason), nullptr, postpone);
}

} // namespace hookseal::inline v0_1::postgres

#endif
