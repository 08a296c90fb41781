// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_CLAIM_PLACE_HPP
#define HOOKSEAL_IDEMPOTENCY_CLAIM_PLACE_HPP

#include <hookseal/idempotency/receiver_hooks.hpp>
#include <hookseal/idempotency/transactional.hpp>

#include <utility>

namespace hookseal::inline v0_1 {

/// What a handler may know and use where the store has a transaction for it.
template <class Session>
class transaction_context : public delivery_context {
public:
    transaction_context(const delivery_context& known, Session& session) noexcept
        : delivery_context(known), session_(&session) {}

    /// The transaction in which the event is completed, as the database's own library knows it; begun when it is first
    /// asked for, and null where that fails. Whoever gets null returns `verdict::failed()`. Commit and rollback are not the
    /// handler's.
    [[nodiscard]] auto transaction() const noexcept { return session_->transaction(); }

private:
    Session* session_;
};

namespace detail {

/// Where a delivery's claim is made and settled: in the store itself.
template <class Store>
class claim_place {
public:
    using store = Store;
    using context = delivery_context;
    static constexpr bool has_transaction = false;

    explicit claim_place(Store& in) noexcept : store_(&in) {}
    [[nodiscard]] Store& get() noexcept { return *store_; }
    [[nodiscard]] const delivery_context& context_of(const delivery_context& known) noexcept { return known; }

private:
    Store* store_;
};

/// Or in a session of the delivery's own.
template <opens_transactions Store>
class claim_place<Store> {
public:
    using store = typename Store::session;
    using context = transaction_context<store>;
    static constexpr bool has_transaction = true;

    explicit claim_place(Store& of) noexcept : session_(of.begin()) {}
    [[nodiscard]] store& get() noexcept { return session_; }
    [[nodiscard]] context context_of(const delivery_context& known) noexcept { return {known, session_}; }

private:
    store session_;
};

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
