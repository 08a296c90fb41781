// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_LRU_TTL_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_LRU_TTL_STORE_HPP

#include <hookseal/crypto/random.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/deadline_heap.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/forgotten_memory.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/recency_list.hpp>
#include <hookseal/idempotency/siphash.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// An event that a full store forgot before its time, to make room.
struct early_eviction {
    locator where;                       ///< as in the tokens of that event
    event_state state;                   ///< `done`, `released`, or `in_flight` with its lease over
    std::chrono::milliseconds remaining; ///< for which it should have been remembered
};

/// What the store does about early evictions unless told otherwise: it counts them, which it does in any case.
struct ignore_evictions {
    void operator()(const early_eviction&) const noexcept {}
};

/// What has happened in a store so far.
struct lru_ttl_statistics {
    std::uint64_t early_evictions = 0;
    std::uint64_t refused_full = 0;
};

/// Remembers events in memory: at most `capacity` of them, each for its time to live.
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
/// All memory is taken by the constructor, which throws `std::bad_alloc` (about 160 bytes an event; a capacity beyond
/// 2³² − 2 is that). Calls never allocate and never throw; any number of threads may make them. One lock serves them all.
/// `OnEviction` is called outside of it, from the thread whose claim needed the room.
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
        : capacity_(static_cast<std::uint32_t>(std::min<std::size_t>(capacity, detail::no_slot - 1))),
          bucket_mask_(std::bit_ceil(std::max<std::size_t>(capacity_, 1)) - 1),
          buckets_(new std::uint32_t[bucket_mask_ + 1]),
          slots_(new slot[capacity_]),
          links_(new detail::recency_links[capacity_]),
          expiries_(capacity_),
          leases_(capacity_),
          forgotten_(capacity_),
          clock_(std::move(clock)),
          on_eviction_(std::move(on_eviction)) {
        std::fill_n(buckets_.get(), bucket_mask_ + 1, detail::no_slot);
        unsigned char bytes[sizeof hash_key_];
        usable_ = random_bytes(bytes);
        std::memcpy(hash_key_.data(), bytes, sizeof bytes);
    }

    lru_ttl_store(const lru_ttl_store&) = delete;
    lru_ttl_store& operator=(const lru_ttl_store&) = delete;

    /// `unavailable` with `misconfigured` where no random key was to be had for the hash.
    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        if (!usable_) return claim_answer::failure(store_fault::misconfigured);
        const locator where = locate(request.key);
        claim_terms terms = claim_terms::of(request);
        terms.nonce = 0;

        std::optional<early_eviction> evicted;
        claim_answer answer;
        {
            const std::lock_guard lock(mutex_);
            answer = claim(where, terms, clock_.now(), evicted);
        }
        if (evicted) on_eviction_(*evicted);
        return answer;
    }

    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return settle(token, settlement::complete(result));
    }
    [[nodiscard]] settle_answer release(const claim_token& token, earlier reason) noexcept {
        return settle(token, settlement::release(reason));
    }
    [[nodiscard]] settle_answer extend(const claim_token& token, std::chrono::milliseconds lease) noexcept {
        return settle(token, settlement::extend(lease));
    }

    [[nodiscard]] settle_answer forget(const unverified_key& key) noexcept {
        const locator where = locate(key);
        const std::lock_guard lock(mutex_);
        const std::uint32_t at = find(where);
        if (at == detail::no_slot) return settle_answer::of(settle_status::gone);
        claim_record record = slots_[at].record;
        const settle_answer answer = decide_forget(record, clock_.now());
        erase(at);
        return answer;
    }
    [[nodiscard]] peek_answer peek(const unverified_key& key) noexcept {
        const locator where = locate(key);
        const std::lock_guard lock(mutex_);
        const std::uint32_t at = find(where);
        return show(at == detail::no_slot ? claim_record{} : slots_[at].record, clock_.now());
    }

    // As the memory in front of a durable store, see `tiered_store`: done events alone, by their place there.

    /// The answer to a claim, if the event is remembered as done.
    [[nodiscard]] std::optional<claim_answer> recall(const locator& where,
                                                     const claim_terms& terms) noexcept {
        const std::lock_guard lock(mutex_);
        const std::uint32_t at = find(where);
        if (at == detail::no_slot || slots_[at].record.state != event_state::done) return std::nullopt;
        claim_record record = slots_[at].record;
        const claim_answer answer = decide_claim(record, terms, clock_.now(), generation_ + 1);
        if (answer.status != claim_status::done) return std::nullopt;
        change(at, record); // seen: the most recent one now
        return answer;
    }
    void remember(const locator& where, const outcome& result, std::chrono::milliseconds keep) noexcept {
        std::optional<early_eviction> evicted;
        {
            const std::lock_guard lock(mutex_);
            const tick now = clock_.now();
            std::uint32_t at = find(where);
            if (at == detail::no_slot) {
                at = make_room(now, evicted);
                if (at == detail::no_slot) return;
                insert(at, where);
            }
            change(at, {.state = event_state::done,
                        .result = result,
                        .generation = ++generation_,
                        .expires = later(now, keep.count())});
        }
        if (evicted) on_eviction_(*evicted);
    }
    void drop(const locator& where) noexcept {
        const std::lock_guard lock(mutex_);
        const std::uint32_t at = find(where);
        if (at != detail::no_slot) erase(at);
    }

    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] lru_ttl_statistics statistics() const noexcept {
        const std::lock_guard lock(mutex_);
        return statistics_;
    }

private:
    struct slot {
        locator where{};
        claim_record record{};
        std::uint32_t next = detail::no_slot; ///< in the same bucket
    };

    template <class Key>
    [[nodiscard]] locator locate(const Key& key) const noexcept {
        if constexpr (requires { key.where(); })
            if (key.where()) return *key.where();
        siphash hash(hash_key_);
        put_identity(key, [&](std::string_view bytes) noexcept { hash.update(bytes); });
        const siphash::value value = hash.finish();
        locator where;
        std::memcpy(where.data(), value.data(), where.size());
        return where;
    }
    [[nodiscard]] static std::uint64_t half(const locator& where, std::size_t which) noexcept {
        std::uint64_t word = 0;
        std::memcpy(&word, where.data() + 8 * which, sizeof word);
        return word;
    }
    [[nodiscard]] std::uint32_t& bucket_of(const locator& where) noexcept {
        return buckets_[half(where, 0) & bucket_mask_];
    }

    [[nodiscard]] claim_answer claim(const locator& where, const claim_terms& terms, tick now,
                                     std::optional<early_eviction>& evicted) noexcept {
        std::uint32_t at = find(where);
        const bool is_new = at == detail::no_slot;
        claim_record record;
        if (!is_new)
            record = slots_[at].record;
        else if (forgotten_.knows(half(where, 1)))
            record.before = earlier::forgotten;

        claim_answer answer = decide_claim(record, terms, now, generation_ + 1);
        if (answer.status == claim_status::granted && is_new) {
            at = make_room(now, evicted);
            if (at == detail::no_slot) {
                ++statistics_.refused_full;
                return claim_answer::failure(store_fault::full);
            }
            insert(at, where);
            forgotten_.take_out(half(where, 1));
        }
        if (answer.status == claim_status::granted) {
            generation_ = record.generation;
            answer.token.where = where;
            change(at, record);
        } else if (answer.status == claim_status::done && record.state == event_state::done) {
            change(at, record); // seen: the most recent one now
        }
        return answer;
    }

    [[nodiscard]] settle_answer settle(const claim_token& token, const settlement& wanted) noexcept {
        const std::lock_guard lock(mutex_);
        const std::uint32_t at = find(token.where);
        claim_record record;
        if (at != detail::no_slot) record = slots_[at].record;
        const settle_answer answer = decide_settle(record, token, wanted, clock_.now());
        if (at == detail::no_slot) return answer;
        if (record.state == event_state::absent)
            erase(at);
        else if (record != slots_[at].record)
            change(at, record);
        return answer;
    }

    [[nodiscard]] std::uint32_t find(const locator& where) noexcept {
        std::uint32_t at = bucket_of(where);
        while (at != detail::no_slot && slots_[at].where != where)
            at = slots_[at].next;
        return at;
    }

    void insert(std::uint32_t at, const locator& where) noexcept {
        std::uint32_t& bucket = bucket_of(where);
        slots_[at] = {where, {}, std::exchange(bucket, at)};
    }

    void erase(std::uint32_t at) noexcept {
        unfile(at);
        std::uint32_t* link = &bucket_of(slots_[at].where);
        while (*link != at)
            link = &slots_[*link].next;
        *link = slots_[at].next;
        slots_[at] = {{}, {}, std::exchange(free_, at)};
    }

    void change(std::uint32_t at, const claim_record& to) noexcept {
        unfile(at);
        slots_[at].record = to;
        switch (to.state) {
        case event_state::done: done_.push_newest(at, links_.get()); break;
        case event_state::released: released_.push_newest(at, links_.get()); break;
        case event_state::in_flight:
            if (to.ticket == 0) leases_.add(at, to.leased_until);
            break;
        case event_state::accepted:
        case event_state::absent: break;
        }
        if (to.expires != never) expiries_.add(at, to.expires);
    }

    void unfile(std::uint32_t at) noexcept {
        if (slots_[at].record.state == event_state::done) done_.remove(at, links_.get());
        if (slots_[at].record.state == event_state::released) released_.remove(at, links_.get());
        leases_.remove(at);
        expiries_.remove(at);
    }

    /// A free slot, if need be by eviction; none where all are taken by live or accepted events.
    [[nodiscard]] std::uint32_t make_room(tick now, std::optional<early_eviction>& evicted) noexcept {
        if (free_ != detail::no_slot) return std::exchange(free_, slots_[free_].next);
        if (used_ != capacity_) return used_++;

        std::uint32_t victim = detail::no_slot;
        if (expiries_.any_due(now))
            victim = expiries_.first();
        else if (released_.oldest() != detail::no_slot)
            victim = released_.oldest();
        else if (done_.oldest() != detail::no_slot)
            victim = done_.oldest();
        else if (leases_.any_due(now))
            victim = leases_.first();
        if (victim == detail::no_slot) return victim;

        const auto& [where, record, next] = slots_[victim];
        if (now < record.expires) {
            ++statistics_.early_evictions;
            evicted = {where, record.state, std::chrono::milliseconds(record.expires - now)};
            const bool did_nothing =
                record.state == event_state::released && record.before == earlier::released;
            if (!did_nothing) forgotten_.put(half(where, 1));
        }
        erase(victim);
        return std::exchange(free_, slots_[free_].next);
    }

    std::uint32_t capacity_;
    std::size_t bucket_mask_;
    std::unique_ptr<std::uint32_t[]> buckets_;
    std::unique_ptr<slot[]> slots_;
    std::unique_ptr<detail::recency_links[]> links_;
    std::uint32_t used_ = 0;
    std::uint32_t free_ = detail::no_slot;
    detail::recency_list done_;
    detail::recency_list released_;
    detail::deadline_heap expiries_;
    detail::deadline_heap leases_; ///< of what may be abandoned one day
    detail::forgotten_memory forgotten_;
    std::uint64_t generation_ = 0;
    lru_ttl_statistics statistics_;
    siphash::key hash_key_{};
    bool usable_ = false;
    mutable std::mutex mutex_;
    [[no_unique_address]] Clock clock_;
    [[no_unique_address]] OnEviction on_eviction_;
};

} // namespace hookseal::inline v0_1

#endif
