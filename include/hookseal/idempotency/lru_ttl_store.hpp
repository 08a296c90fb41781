// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_LRU_TTL_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_LRU_TTL_STORE_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/core/owned_array.hpp>
#include <hookseal/crypto/random.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/memory/arena.hpp>
#include <hookseal/idempotency/memory/early_eviction.hpp>
#include <hookseal/idempotency/memory/event_place.hpp>
#include <hookseal/idempotency/memory/part_sizes.hpp>
#include <hookseal/idempotency/memory/store_part.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// Remembers events in memory: at least `capacity` of them, each for its time to live.
///
///     lru_ttl_store seen{100'000};
///
/// When it is full, room is made in this order: what has expired; what was released; of what is done, the least recently
/// seen; what was abandoned, its lease being over. Events that somebody owns, and accepted ones, are never evicted: a
/// store full of these answers `unavailable` with `full`. Seeing a done event again makes it more recent, not
/// longer-lived. Whatever is evicted before its time is counted and told to `OnEviction`; unless it said that it did
/// nothing, it is also remembered at two bytes, so that it is granted with `before == earlier::forgotten` should it
/// return. About one new event in 2,000 is then taken for such a one. Below capacity nothing is evicted.
///
/// From 8,192 events on the store has several parts, among which events are spread at random, each with its own
/// lock, and the order above is that within the part of the event that needs the room. Parts are a few per cent larger
/// than their share, so that with a probability of 1 − 10⁻¹² none is full while the store has not seen its capacity.
///
/// All memory is taken by the constructor, which throws `std::bad_alloc` (41 bytes an event; a capacity beyond 2³² − 2 is
/// that). Calls never allocate and never throw; any number of threads may make them. `OnEviction` is called outside of all
/// locks, from the thread whose claim needed the room.
///
/// Nothing outlives the process, and processes do not see each other's stores.
template <tick_clock Clock = steady_ticks, class OnEviction = ignore_evictions>
class lru_ttl_store {
    static_assert(
        std::is_nothrow_invocable_v<OnEviction&, const early_eviction&>,
        "the eviction hook is called as hook(const hookseal::early_eviction&) and must be noexcept");

public:
    static constexpr promises promised{
        .exclusive = true,
        .tells_in_flight = true,
        .recovers = true,
        .fenced = true,
        .repeatable = false, // no reply of memory is ever lost, so nonces would be bytes for nothing
        .counts_attempts = true,
        .compares_payload = true,
        .hands_over = true,
        .may_evict = true,
    };

    explicit lru_ttl_store(std::size_t capacity, Clock clock = {}, OnEviction on_eviction = {})
        : capacity_(detail::smaller_of<std::size_t>(capacity, 0xffff'fffe)),
          part_count_(detail::part_sizes::of(capacity_).count),
          memory_(part_count_, detail::store_part::memory(detail::part_sizes::of(capacity_).each)),
          parts_(new std::optional<detail::store_part>[part_count_]),
          clock_(std::move(clock)),
          on_eviction_(std::move(on_eviction)) {
        const tick begun = clock_.now();
        for (std::size_t i = 0; i < part_count_; ++i)
            parts_[i].emplace(memory_, detail::part_sizes::of(capacity_).each, begun);
        usable_ = place_.draw_key();
    }

    lru_ttl_store(const lru_ttl_store&) = delete;
    lru_ttl_store& operator=(const lru_ttl_store&) = delete;

    /// `unavailable` with `misconfigured` where no random key was to be had for the hash.
    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        if (!usable_) return claim_answer::failure(store_fault::misconfigured);
        const detail::event_place place = place_(request.key);
        detail::store_part& part = part_of(place);
        part.prefetch(place);
        return claim(part, place, request, clock_.now());
    }

    /// Claims them one after the other, in less time than as many calls: what the next ones need is fetched from memory
    /// meanwhile. As many answers as requests.
    void claim(std::span<const claim_request> requests, std::span<claim_answer> answers) noexcept {
        constexpr std::size_t at_once = 16;
        detail::event_place places[at_once];
        const std::size_t all = detail::smaller_of(requests.size(), answers.size());
        for (std::size_t from = 0; from < all; from += at_once) {
            const std::size_t count = detail::smaller_of(all - from, at_once);
            for (std::size_t i = 0; i < count; ++i) {
                places[i] = place_(requests[from + i].key);
                part_of(places[i]).prefetch(places[i]);
            }
            const tick now = clock_.now();
            for (std::size_t i = 0; i < count; ++i)
                answers[from + i] = usable_ ? claim(part_of(places[i]), places[i], requests[from + i], now)
                                            : claim_answer::failure(store_fault::misconfigured);
        }
    }

    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return settle(token, settlement::complete(result));
    }
    [[nodiscard]] settle_answer release(const claim_token& token, earlier reason) noexcept {
        return settle(token, settlement::release(reason));
    }
    [[nodiscard]] settle_answer extend(const claim_token& token, milliseconds lease) noexcept {
        return settle(token, settlement::extend(lease));
    }

    [[nodiscard]] settle_answer forget(const unverified_key& key) noexcept {
        const detail::event_place place = place_(key);
        return part_of(place).forget(place, clock_.now());
    }
    [[nodiscard]] peek_answer peek(const unverified_key& key) noexcept {
        const detail::event_place place = place_(key);
        return part_of(place).peek(place, clock_.now());
    }

    // As the memory in front of a durable store, see `tiered_store`: done events alone, by their place there.

    /// The answer to a claim, if the event is remembered as done.
    [[nodiscard]] std::optional<claim_answer> recall(const locator& where,
                                                     const claim_terms& terms) noexcept {
        const auto place = detail::event_place::of(where);
        return part_of(place).recall(place, terms, clock_.now());
    }
    void remember(const locator& where, const outcome& result, milliseconds keep) noexcept {
        std::optional<early_eviction> evicted;
        const auto place = detail::event_place::of(where);
        part_of(place).remember(place, result, keep, clock_.now(), evicted);
        if (evicted) on_eviction_(*evicted);
    }
    void drop(const locator& where) noexcept {
        const auto place = detail::event_place::of(where);
        static_cast<void>(part_of(place).forget(place, clock_.now()));
    }

    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] lru_ttl_statistics statistics() const noexcept {
        lru_ttl_statistics all;
        for (std::size_t i = 0; i < part_count_; ++i) {
            const lru_ttl_statistics one = parts_[i]->statistics();
            all.early_evictions += one.early_evictions;
            all.refused_full += one.refused_full;
        }
        return all;
    }

private:
    [[nodiscard]] detail::store_part& part_of(const detail::event_place& place) const noexcept {
        return *parts_[place.part(part_count_)];
    }

    [[nodiscard]] claim_answer claim(detail::store_part& part, const detail::event_place& place,
                                     const claim_request& request, tick now) noexcept {
        std::optional<early_eviction> evicted;
        claim_answer answer = part.claim(place, detail::memory_terms(request), now, evicted);
        if (evicted) on_eviction_(*evicted);
        return answer;
    }

    [[nodiscard]] settle_answer settle(const claim_token& token, const settlement& wanted) noexcept {
        const auto place = detail::event_place::of(token.where);
        return part_of(place).settle(place, token, wanted, clock_.now());
    }

    std::size_t capacity_;
    std::size_t part_count_;
    detail::arena memory_;
    detail::owned_array<std::optional<detail::store_part>> parts_;
    detail::event_placer place_;
    bool usable_ = false;
    [[no_unique_address]] Clock clock_;
    [[no_unique_address]] OnEviction on_eviction_;
};

} // namespace hookseal::inline v0_1

#endif
