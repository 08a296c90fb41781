// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_TRANSACTIONAL_HPP
#define HOOKSEAL_IDEMPOTENCY_TRANSACTIONAL_HPP

#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/store.hpp>

#include <concepts>

namespace hookseal::inline v0_1 {

/// What of an event's way through the store is part of the handler's transaction.
enum class transaction_mode : unsigned char {
    /// The claim is committed by itself, with its lease; the completion is part of the handler's transaction. Attempts are
    /// counted, duplicates are told that the event is in flight, and nothing is locked until the handler asks for its
    /// transaction. An owner who was overtaken is rolled back.
    complete_inside,
    /// Claim and completion are both part of the transaction: one commit instead of two. Attempts are not counted, since a
    /// failed one leaves no trace. Others who want to claim the event wait (or, in SQLite, all others who want to write).
    claim_inside,
};

/// A handler's work and the event's completion in one transaction of a database: both happen, or neither does.
///
///     receiver rx{stripe, transactional{db}};                 // db: a sqlite_store or a postgres_store
///     rx(request, [&](auto& event, auto& context) { pay(context.transaction(), event); });
///
/// Exactly once, as far as the handler works through `context.transaction()` alone. The database must outlive this.
template <class Store, transaction_mode Mode = transaction_mode::complete_inside>
class transactional {
public:
    using session = typename Store::template session<Mode>;

    explicit transactional(Store& store) noexcept : store_(&store) {}

    [[nodiscard]] session begin() noexcept { return session(*store_); }

private:
    Store* store_;
};

template <class Store>
transactional(Store&) -> transactional<Store>;

/// A transactional store with `transaction_mode::claim_inside`.
template <class Store>
[[nodiscard]] transactional<Store, transaction_mode::claim_inside> claiming_inside(Store& store) noexcept {
    return transactional<Store, transaction_mode::claim_inside>(store);
}

/// Gives out sessions, each a store for one delivery, with a transaction for its handler. A session that goes away
/// unfinished is rolled back.
template <class Store>
concept opens_transactions = requires(Store& store, typename Store::session& session) {
    { store.begin() }
    noexcept->std::same_as<typename Store::session>;
    { session.transaction() }
    noexcept;
    requires idempotency_store<typename Store::session>;
};

namespace detail {

[[nodiscard]] constexpr promises inside(promises of_store, transaction_mode mode) noexcept {
    of_store.effect_inside = true;
    if (mode == transaction_mode::claim_inside) {
        of_store.tells_in_flight = false;
        of_store.counts_attempts = false;
        of_store.hands_over = false;
    }
    return of_store;
}

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
