// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_INBOX_HPP
#define HOOKSEAL_IDEMPOTENCY_INBOX_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/core/unix_time.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/promises.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// A store's inbox keeps accepted events until a worker has handled them: what `receiver::accept` puts there and
// `inbox_worker` takes out.

namespace hookseal::inline v0_1 {

/// An event out of an inbox. It was genuine, fresh and new when it came; by now it is old, and as safe as the database:
/// nothing is verified again.
struct stored_event {
    std::string provider{};
    std::string tenant{};
    std::string id{}; ///< empty where it has none
    std::string type{};
    std::string body{};
    std::optional<unix_time> signed_at{};
    std::string note{}; ///< what the last attempt left, see `inbox_context::note`
};

namespace detail {

/// As both databases are asked for it: provider, tenant, id, type, body, time of signing, note. The time, which may be
/// null, is theirs to read.
template <class Text>
[[nodiscard]] stored_event event_of_columns(Text text) {
    const auto owned = [&](int column) { return std::string(text(column)); };
    return {.provider = owned(0),
            .tenant = owned(1),
            .id = owned(2),
            .type = owned(3),
            .body = owned(4),
            .note = owned(6)};
}

} // namespace detail

enum class inbox_status : unsigned char {
    unavailable, ///< nothing is known
    empty,       ///< no event is due
    leased,      ///< the event is the caller's until its lease ends
};

/// A worker's hold on an event in an inbox.
struct inbox_lease {
    inbox_status status = inbox_status::unavailable;
    claim_token token{};            ///< the worker's own claim, of `leased`
    claim_token accepted{};         ///< the claim that accepted the event: which one it is in the inbox
    std::uint32_t attempt = 0;      ///< how often it was leased, counted from 1
    earlier before = earlier::none; ///< `unknown` and `forgotten`: an earlier attempt may have done the work
    std::optional<milliseconds> wait{};           ///< of `empty`: until the next is due, if there is one
    store_fault fault = store_fault::unspecified; ///< of `unavailable`

    [[nodiscard]] static inbox_lease failure(store_fault why, bool = false) noexcept {
        return {.fault = why};
    }
};

/// A store that takes in events: `accept_into_inbox` keeps the event and completes the claim as `accepted`, both or neither.
/// An event whose body is not here is `misconfigured`.
template <class Store>
concept takes_in_events = requires(Store& store, const claim_token& token, const verified_event& event) {
    { store.accept_into_inbox(token, event) }
    noexcept->std::same_as<settle_answer>;
};

/// A store, or a session of a transactional one, that gives them out to workers, each of which asks for the events of one
/// scope:
///
///     lease_from_inbox(scope, lease)            the event that is due longest, claimed by its ticket
///     read_from_inbox(lease)                    its content; nothing where it is not to be had. May throw std::bad_alloc
///     complete_in_inbox(lease, outcome)         completes the claim and removes the event, both or neither
///     postpone_in_inbox(lease, reason, pause, note)  releases the claim and makes the event due after the pause
///
/// An owner who was overtaken is `stale` and changes nothing. Whose owner dies is due when the lease is over.
template <class Store>
concept inbox = requires(Store& store, std::string_view text, milliseconds time, const inbox_lease& lease,
                         const outcome& result, earlier reason) {
    { store.lease_from_inbox(text, time) }
    noexcept->std::same_as<inbox_lease>;
    { store.read_from_inbox(lease) } -> std::same_as<std::optional<stored_event>>;
    { store.complete_in_inbox(lease, result) }
    noexcept->std::same_as<settle_answer>;
    { store.postpone_in_inbox(lease, reason, time, text) }
    noexcept->std::same_as<settle_answer>;
    { Store::promised } -> std::convertible_to<const promises&>;
};

} // namespace hookseal::inline v0_1

#endif
