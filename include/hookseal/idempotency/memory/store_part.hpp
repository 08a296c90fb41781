// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_STORE_PART_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_STORE_PART_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/memory/due_blocks.hpp>
#include <hookseal/idempotency/memory/early_eviction.hpp>
#include <hookseal/idempotency/memory/event_index.hpp>
#include <hookseal/idempotency/memory/event_place.hpp>
#include <hookseal/idempotency/memory/event_slot.hpp>
#include <hookseal/idempotency/memory/forgotten_memory.hpp>
#include <hookseal/idempotency/memory/part_lock.hpp>
#include <hookseal/idempotency/memory/prefetch.hpp>
#include <hookseal/idempotency/memory/recency_list.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace hookseal::inline v0_1 {

/// What has happened in a store so far.
struct lru_ttl_statistics {
    std::uint64_t early_evictions = 0;
    std::uint64_t refused_full = 0;
};

namespace detail {

/// A memory store of its own, with its own lock, for some of the events: at most `capacity` of them, 65,535 at the most.
class alignas(64) store_part {
public:
    store_part(std::size_t capacity, tick begun)
        : capacity_(static_cast<slot_number>(capacity)),
          slots_(new event_slot[capacity]()),
          index_(capacity),
          forgotten_(capacity),
          expiries_(capacity),
          leases_(capacity),
          writer_(begun) {}

    [[nodiscard]] claim_answer claim(const event_place& place, const claim_terms& terms, tick now,
                                     std::optional<early_eviction>& evicted) noexcept {
        const std::lock_guard lock(lock_);
        slot_number at = index_.find(place, slots_.get());
        const bool is_new = at == no_slot;
        claim_record record;
        if (!is_new)
            record =
                writer_.read(slots_[at], terms.handed_over != nullptr ? terms.handed_over->generation : 0);
        else if (forgotten_.knows(place))
            record.before = earlier::forgotten;
        record.generation = generation_;

        claim_answer answer = decide_claim(record, terms, now, generation_ + 1);
        if (answer.status == claim_status::granted && is_new) {
            at = make_room(now, evicted);
            if (at == no_slot) {
                ++statistics_.refused_full;
                return claim_answer::failure(store_fault::full);
            }
            slots_[at].place = place;
            index_.insert(place, at);
            forgotten_.take_out(place);
        }
        if (answer.status == claim_status::granted) {
            generation_ = record.generation;
            answer.token.where = place.where();
            change(at, record);
        } else if (answer.status == claim_status::done && record.state == event_state::done) {
            done_.remove(at, slots_.get()); // seen: the most recent one now
            done_.push_newest(at, slots_.get());
        }
        return answer;
    }

    [[nodiscard]] settle_answer settle(const event_place& place, const claim_token& token,
                                       const settlement& wanted, tick now) noexcept {
        const std::lock_guard lock(lock_);
        const slot_number at = index_.find(place, slots_.get());
        claim_record record;
        if (at != no_slot) record = writer_.read(slots_[at], token.generation);
        const claim_record before = record;
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (at == no_slot) return answer;
        if (record.state == event_state::absent)
            erase(at);
        else if (record != before)
            change(at, record);
        return answer;
    }

    [[nodiscard]] settle_answer forget(const event_place& place, tick now) noexcept {
        const std::lock_guard lock(lock_);
        const slot_number at = index_.find(place, slots_.get());
        if (at == no_slot) return settle_answer::of(settle_status::gone);
        claim_record record = writer_.read(slots_[at], generation_);
        const settle_answer answer = decide_forget(record, now);
        erase(at);
        return answer;
    }

    [[nodiscard]] peek_answer peek(const event_place& place, tick now) noexcept {
        const std::lock_guard lock(lock_);
        const slot_number at = index_.find(place, slots_.get());
        return show(at == no_slot ? claim_record{} : writer_.read(slots_[at], generation_), now);
    }

    [[nodiscard]] lru_ttl_statistics statistics() noexcept {
        const std::lock_guard lock(lock_);
        return statistics_;
    }

    /// Has what a claim of this event will touch on its way.
    void prefetch(const event_place& place) const noexcept {
        prefetch_line(this);
        index_.prefetch(place);
        forgotten_.prefetch(place);
    }

private:
    void erase(slot_number at) noexcept {
        unlist(at);
        index_.erase(slots_[at].place, at);
        slots_[at].state = static_cast<unsigned char>(event_state::absent);
        slots_[at].links.newer = std::exchange(free_, at);
    }

    void change(slot_number at, const claim_record& to) noexcept {
        unlist(at);
        event_slot& slot = slots_[at];
        writer_.write(to, slot);
        if (to.state == event_state::done) done_.push_newest(at, slots_.get());
        if (to.state == event_state::released) released_.push_newest(at, slots_.get());
        if (slot.is_owned()) leases_.note(at, to.leased_until);
        if (to.expires != never) expiries_.note(at, to.expires);
    }

    void unlist(slot_number at) noexcept {
        if (slots_[at].current() == event_state::done) done_.remove(at, slots_.get());
        if (slots_[at].current() == event_state::released) released_.remove(at, slots_.get());
    }

    /// A free slot, if need be by eviction; none where all are taken by live or accepted events.
    [[nodiscard]] slot_number make_room(tick now, std::optional<early_eviction>& evicted) noexcept {
        if (free_ == no_slot && used_ != capacity_) return used_++;
        if (free_ == no_slot) free_expired(now);
        if (free_ == no_slot) evict_early(now, evicted);
        return free_ == no_slot ? no_slot : std::exchange(free_, slots_[free_].links.newer);
    }

    void free_expired(tick now) noexcept {
        (void)expiries_.take_due(
            now, [&](std::size_t i) { return writer_.expiry(slots_[i]); },
            [&](std::size_t i) {
                erase(static_cast<slot_number>(i));
                return true;
            });
    }

    [[nodiscard]] slot_number abandoned(tick now) noexcept {
        slot_number found = no_slot;
        (void)leases_.take_due(
            now, [&](std::size_t i) { return writer_.abandonment(slots_[i]); },
            [&](std::size_t i) {
                if (found != no_slot) return false;
                found = static_cast<slot_number>(i);
                return true;
            });
        return found;
    }

    void evict_early(tick now, std::optional<early_eviction>& evicted) noexcept {
        slot_number victim = released_.oldest();
        if (victim == no_slot) victim = done_.oldest();
        if (victim == no_slot) victim = abandoned(now);
        if (victim == no_slot) return;

        const event_slot& slot = slots_[victim];
        ++statistics_.early_evictions;
        evicted = {slot.place.where(), slot.current(), std::chrono::milliseconds(writer_.expiry(slot) - now)};
        const bool did_nothing =
            slot.current() == event_state::released && static_cast<earlier>(slot.before) == earlier::released;
        if (!did_nothing) forgotten_.put(slot.place);
        erase(victim);
        prefetch_next_victim();
    }

    /// While that part is left alone: the oldest one's slot has come the last time, and says where else it is known.
    void prefetch_next_victim() const noexcept {
        const slot_number next = done_.oldest();
        if (next == no_slot) return;
        index_.prefetch(slots_[next].place);
        forgotten_.prefetch(slots_[next].place);
        if (slots_[next].links.newer != no_slot) prefetch_line(&slots_[slots_[next].links.newer]);
    }

    part_lock lock_;
    slot_number capacity_;
    slot_number used_ = 0;
    slot_number free_ = no_slot;
    recency_list done_;
    recency_list released_;
    std::uint64_t generation_ = 0;
    lru_ttl_statistics statistics_;
    std::unique_ptr<event_slot[]> slots_;
    event_index index_;
    forgotten_memory forgotten_;
    due_blocks expiries_;
    due_blocks leases_; ///< of what may be abandoned one day
    slot_writer writer_;
};

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
