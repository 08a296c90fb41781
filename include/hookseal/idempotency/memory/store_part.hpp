// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_STORE_PART_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_STORE_PART_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/memory/arena.hpp>
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

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace hookseal::inline v0_1 {

/// What has happened in a store so far.
struct lru_ttl_statistics {
    std::uint64_t early_evictions = 0;
    std::uint64_t refused_full = 0;
};

namespace detail {

/// A memory store of its own, with its own lock, for some of the events: at most `capacity` of them, 65,534 at the most.
///
/// There is one slot more than that: an event that is evicted for another leaves its slot at once, but the index only when
/// the next claim waits for memory, which is most of its time, anyway.
class alignas(64) store_part {
public:
    store_part(arena& from, std::size_t capacity, tick begun) noexcept
        : capacity_(static_cast<slot_number>(capacity)),
          slots_(from.take<event_slot>(capacity + 1)),
          index_(from, capacity + 1),
          forgotten_(from, capacity),
          expiries_(from, capacity + 1),
          leases_(from, capacity + 1),
          writer_(begun) {}
    /// What it takes of the arena.
    [[nodiscard]] static constexpr std::size_t memory(std::size_t capacity) noexcept {
        return arena::size_of<event_slot>(capacity + 1) + event_index::memory(capacity + 1)
               + forgotten_memory::memory(capacity) + 2 * due_blocks::memory(capacity + 1);
    }

    [[nodiscard]] claim_answer claim(const event_place& place, const claim_terms& terms, tick now,
                                     std::optional<early_eviction>& evicted) noexcept {
        const part_lock::guard lock(lock_);
        bury();
        slot_number at = index_.find(place, slots_);
        const bool is_new = at == no_slot;
        const bool was_forgotten = is_new && forgotten_.knows(place);
        claim_record record = is_new ? claim_record{} : writer_.read(slots_[at], ticket_of(terms));
        record.generation = generation_;
        if (was_forgotten) record.before = earlier::forgotten;

        claim_answer answer = decide_claim(record, terms, now, generation_ + 1);
        if (answer.status == claim_status::done && record.state == event_state::done) see(at);
        if (answer.status != claim_status::granted) return answer;

        if (is_new) at = make_room(now, evicted);
        if (at == no_slot) {
            ++statistics_.refused_full;
            answer = claim_answer::failure(store_fault::full);
            return answer;
        }
        if (is_new) {
            slots_[at].place = place;
            index_.insert(place, at);
        }
        if (was_forgotten) forgotten_.take_out(place);
        generation_ = record.generation;
        change(at, record);
        place.write(answer.token.where);
        answer.token.hint = at;
        return answer;
    }

    /// The answer to a claim, if the event is done.
    [[nodiscard]] std::optional<claim_answer> recall(const event_place& place, const claim_terms& terms,
                                                     tick now) noexcept {
        const part_lock::guard lock(lock_);
        const slot_number at = find(place);
        if (at == no_slot || slots_[at].current() != event_state::done) return std::nullopt;
        claim_record record = writer_.read(slots_[at], ticket_of(terms));
        const claim_answer answer = decide_claim(record, terms, now, generation_ + 1);
        if (answer.status != claim_status::done) return std::nullopt;
        see(at);
        return answer;
    }

    /// Takes an event for done that another store has completed; without a free slot it does not.
    void remember(const event_place& place, const outcome& result, milliseconds keep, tick now,
                  std::optional<early_eviction>& evicted) noexcept {
        const part_lock::guard lock(lock_);
        bury();
        slot_number at = find(place);
        if (at == no_slot) {
            at = make_room(now, evicted);
            if (at == no_slot) return;
            slots_[at].place = place;
            index_.insert(place, at);
        }
        change(at, {.state = event_state::done,
                    .result = result,
                    .generation = ++generation_,
                    .expires = later(now, keep.count())});
    }

    [[nodiscard]] settle_answer settle(const event_place& place, const claim_token& token,
                                       const settlement& wanted, tick now) noexcept {
        const part_lock::guard lock(lock_);
        const slot_number at = find(place, token.hint);
        if (at == no_slot) {
            claim_record none;
            return decide_settle(none, token, wanted, now);
        }
        const bool was_in_flight = slots_[at].current() == event_state::in_flight;
        claim_record record = writer_.read(slots_[at], token.generation);
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (record.state == event_state::absent)
            erase(at);
        else if (was_in_flight && answer.status == settle_status::ok)
            change(at, record);
        return answer;
    }

    [[nodiscard]] settle_answer forget(const event_place& place, tick now) noexcept {
        const part_lock::guard lock(lock_);
        const slot_number at = find(place);
        if (at == no_slot) return settle_answer::of(settle_status::gone);
        claim_record record = writer_.read(slots_[at], generation_);
        const settle_answer answer = decide_forget(record, now);
        erase(at);
        return answer;
    }

    [[nodiscard]] peek_answer peek(const event_place& place, tick now) noexcept {
        const part_lock::guard lock(lock_);
        const slot_number at = find(place);
        return show(at == no_slot ? claim_record{} : writer_.read(slots_[at], generation_), now);
    }

    [[nodiscard]] lru_ttl_statistics statistics() noexcept {
        const part_lock::guard lock(lock_);
        return statistics_;
    }

    /// Has what a claim of this event will touch on its way.
    void prefetch(const event_place& place) const noexcept {
        prefetch_line(this);
        index_.prefetch(place);
        forgotten_.prefetch(place);
    }

private:
    [[nodiscard]] static std::uint64_t ticket_of(const claim_terms& terms) noexcept {
        return terms.handed_over != nullptr ? terms.handed_over->generation : 0;
    }

    /// \param hint where it was when the token was made
    [[nodiscard]] slot_number find(const event_place& place, std::uint64_t hint = 0) const noexcept {
        if (hint <= capacity_ && slots_[hint].place == place && is_taken(static_cast<slot_number>(hint)))
            return static_cast<slot_number>(hint);
        const slot_number at = index_.find(place, slots_);
        return at != no_slot && is_taken(at) ? at : no_slot;
    }

    [[nodiscard]] bool is_taken(slot_number at) const noexcept {
        return slots_[at].current() != event_state::absent;
    }

    /// The most recent one now.
    void see(slot_number at) noexcept {
        done_.remove(at, slots_);
        done_.push_newest(at, slots_);
    }

    void erase(slot_number at) noexcept {
        leave(at);
        index_.erase(slots_[at].place, at);
        slots_[at].links.newer = std::exchange(free_, at);
        --taken_;
    }

    void leave(slot_number at) noexcept {
        unlist(at);
        slots_[at].is = {};
    }

    void change(slot_number at, const claim_record& to) noexcept {
        unlist(at);
        event_slot& slot = slots_[at];
        writer_.write(to, slot);
        if (to.state == event_state::done) done_.push_newest(at, slots_);
        if (to.state == event_state::released) released_.push_newest(at, slots_);
        if (slot.is_owned()) leases_.note(at, to.leased_until);
        if (to.expires != never) expiries_.note(at, to.expires);
    }

    void unlist(slot_number at) noexcept {
        if (slots_[at].current() == event_state::done) done_.remove(at, slots_);
        if (slots_[at].current() == event_state::released) released_.remove(at, slots_);
    }

    /// A free slot, if need be by eviction; none where all are taken by live or accepted events.
    [[nodiscard]] slot_number make_room(tick now, std::optional<early_eviction>& evicted) noexcept {
        if (taken_ == capacity_) free_expired(now);
        if (taken_ == capacity_ && !evict_early(now, evicted)) return no_slot;
        ++taken_;
        return free_ == no_slot ? used_++ : std::exchange(free_, slots_[free_].links.newer);
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

    bool evict_early(tick now, std::optional<early_eviction>& evicted) noexcept {
        slot_number victim = released_.oldest();
        if (victim == no_slot) victim = done_.oldest();
        if (victim == no_slot) victim = abandoned(now);
        if (victim == no_slot) return false;

        const event_slot& slot = slots_[victim];
        ++statistics_.early_evictions;
        early_eviction& told = evicted.emplace();
        slot.place.write(told.where);
        told.state = slot.current();
        told.remaining = milliseconds(writer_.expiry(slot) - now);
        did_nothing_ = slot.current() == event_state::released
                       && static_cast<earlier>(slot.is.before) == earlier::released;
        index_.prefetch(slot.place);
        forgotten_.prefetch(slot.place);
        if (done_.oldest() == victim && slot.links.newer != no_slot) prefetch_line(&slots_[slot.links.newer]);
        leave(victim);
        evicted_ = victim;
        --taken_;
        return true;
    }

    /// Frees the slot of what was evicted last.
    void bury() noexcept {
        if (evicted_ == no_slot) return;
        const slot_number at = std::exchange(evicted_, no_slot);
        if (!did_nothing_) forgotten_.put(slots_[at].place);
        index_.erase(slots_[at].place, at);
        slots_[at].links.newer = std::exchange(free_, at);
    }

    part_lock lock_;
    slot_number capacity_;
    slot_number taken_ = 0;
    slot_number used_ = 0; ///< ever
    slot_number free_ = no_slot;
    slot_number evicted_ = no_slot; ///< and not buried yet
    bool did_nothing_ = false;      ///< that one
    recency_list done_;
    recency_list released_;
    std::uint64_t generation_ = 0;
    lru_ttl_statistics statistics_;
    event_slot* slots_;
    event_index index_;
    forgotten_memory forgotten_;
    due_blocks expiries_;
    due_blocks leases_; ///< of what may be abandoned one day
    slot_writer writer_;
};

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
