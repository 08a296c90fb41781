// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_TIERED_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_TIERED_STORE_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/store.hpp>

#include <concepts>
#include <cstddef>
#include <optional>

namespace hookseal::inline v0_1 {

/// What can stand in front of a durable store, as `lru_ttl_store` can: it remembers what is done, by its place there.
template <class Memory>
concept done_memory = requires(Memory& memory, const locator& where, const claim_terms& terms,
                               const outcome& result, milliseconds keep) {
    { memory.recall(where, terms) }
    noexcept->std::same_as<std::optional<claim_answer>>;
    { memory.remember(where, result, keep) }
    noexcept;
    { memory.drop(where) }
    noexcept;
};

/// A durable store with memory in front of it, which answers duplicates of what this process completed:
///
///     lru_ttl_store memory{100'000};
///     sqlite_store database{"events.db"};
///     tiered_store seen{memory, database};
///
/// Memory says nothing but 'done', which does not change until its time is over; all else asks the database, so its
/// promises are the database's. One thing can undo 'done': an operator's `forget`. It reaches this process's memory at
/// once and the others' after `longest_in_memory`. Both stores must outlive this one, and both may be used beside it. The
/// durable store places its events by `durable_locator`, as all of ours do.
template <done_memory Memory, idempotency_store Durable>
class tiered_store {
    static_assert(
        !done_memory<Durable>,
        "behind the memory stands a durable store; one that is memory itself places its events otherwise, so "
        "that forgetting one here would miss it there");

public:
    static constexpr promises promised = Durable::promised;

    tiered_store(Memory& memory, Durable& durable, milliseconds longest_in_memory = minutes(10)) noexcept
        : memory_(&memory), durable_(&durable), longest_(longest_in_memory) {}

    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        if (const std::optional<locator> where = durable_locator(request.key)) {
            const auto known = memory_->recall(*where, claim_terms::of(request));
            // Memory has no content to compare with.
            if (known && (request.key.fingerprint() == 0 || known->content != content_match::not_compared))
                return *known;
        }
        return durable_->claim(request);
    }
    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        const settle_answer answer = durable_->complete(token, result);
        if (answer.status == settle_status::ok && result.how != ending::accepted)
            memory_->remember(token.where, result, detail::smaller_of<milliseconds>(token.keep(), longest_));
        return answer;
    }
    [[nodiscard]] settle_answer release(const claim_token& token, earlier reason) noexcept {
        return durable_->release(token, reason);
    }
    [[nodiscard]] settle_answer extend(const claim_token& token,
                                       milliseconds lease) noexcept requires extendable<Durable> {
        return durable_->extend(token, lease);
    }
    [[nodiscard]] settle_answer forget(const unverified_key& key) noexcept requires administrable<Durable> {
        const settle_answer answer = durable_->forget(key);
        if (const std::optional<locator> where = durable_locator(key)) memory_->drop(*where);
        return answer;
    }
    [[nodiscard]] peek_answer peek(const unverified_key& key) noexcept requires administrable<Durable> {
        return durable_->peek(key);
    }
    /// Workers ask the durable store itself.
    [[nodiscard]] settle_answer
    accept_into_inbox(const claim_token& token,
                      const verified_event& event) noexcept requires takes_in_events<Durable> {
        return durable_->accept_into_inbox(token, event);
    }
    [[nodiscard]] auto sweep(std::size_t rows) noexcept requires requires(Durable& durable) {
        durable.sweep(rows);
    }
    { return durable_->sweep(rows); }

private:
    Memory* memory_;
    Durable* durable_;
    milliseconds longest_;
};

} // namespace hookseal::inline v0_1

#endif
