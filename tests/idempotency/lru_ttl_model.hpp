// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_LRU_TTL_MODEL_HPP
#define HOOKSEAL_TESTS_LRU_TTL_MODEL_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/memory/early_eviction.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <list>
#include <optional>
#include <set>

// A model of lru_ttl_store's documentation that is as simple as can be.

namespace hookseal_tests::lru_ttl {

using namespace hookseal;

inline constexpr tick lease = 3000;

/// What the documentation says of one event. In a list, the least recently seen in front.
struct entry {
    std::size_t id;
    event_state state = event_state::absent;
    std::uint64_t generation = 0;
    std::uint32_t attempt = 0;
    earlier reason = earlier::none;
    outcome result{};
    bool has_ticket = false;
    std::uint64_t ticket = 0; ///< the generation that accepted it
    tick leased_until = 0;
    tick expires = never;
};

struct expected_claim {
    claim_status status = claim_status::unavailable;
    earlier before = earlier::none;
    std::uint32_t attempt = 0;
    outcome result{};
    tick remaining = 0;
};

class model {
public:
    explicit model(std::size_t capacity) : capacity_(capacity) {}

    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

    std::uint64_t early_evictions = 0;
    std::uint64_t refused = 0;
    std::optional<entry> evicted;      ///< early, by the last claim
    std::size_t preferred = nobody;    ///< which of the abandoned ones is not documented: the store's choice
    std::deque<std::size_t> forgotten; ///< the latest in front
    std::set<std::size_t> forgotten_longer_ago; ///< may be remembered as such, or not

    expected_claim claim(std::size_t id, tick now, tick keep, bool by_ticket) {
        auto at = find(id, now);
        evicted.reset();
        if (at == entries_.end()) {
            earlier before = earlier::none;
            const auto remembered = std::find(forgotten.begin(), forgotten.end(), id);
            if (remembered != forgotten.end() || by_ticket) before = earlier::forgotten;
            if (entries_.size() == capacity_ && !make_room(now)) {
                ++refused;
                return {};
            }
            std::replace(forgotten.begin(), forgotten.end(), id, nobody);
            forgotten_longer_ago.erase(id);
            entries_.push_back({.id = id, .reason = before});
            at = std::prev(entries_.end());
            if (by_ticket) {
                at->has_ticket = true;
                at->result = {ending::accepted};
            }
        }
        const bool handed_over = at->has_ticket && at->state != event_state::done;
        if (at->state == event_state::done || (handed_over && !by_ticket)) {
            if (at->state == event_state::done) entries_.splice(entries_.end(), entries_, at);
            return {.status = claim_status::done, .result = at->result};
        }
        if (at->state == event_state::in_flight && now < at->leased_until)
            return {.status = claim_status::in_flight, .remaining = at->leased_until - now};
        if (at->state == event_state::in_flight) at->reason = earlier::unknown;
        at->state = event_state::in_flight;
        at->leased_until = now + lease;
        at->expires = at->has_ticket ? never : at->leased_until + keep;
        return {.status = claim_status::granted, .before = at->reason, .attempt = ++at->attempt};
    }

    void granted(std::size_t id, std::uint64_t generation) {
        for (entry& e : entries_)
            if (e.id == id) e.generation = generation;
    }
    bool is_ticket_of(std::size_t id, std::uint64_t generation) const {
        return std::any_of(entries_.begin(), entries_.end(), [&](const entry& e) {
            return e.id == id && e.has_ticket && e.ticket == generation;
        });
    }

    settle_status settle(std::size_t id, std::uint64_t generation, const settlement& wanted, tick now,
                         tick keep) {
        const auto at = find(id, now);
        if (at == entries_.end()) return settle_status::gone;
        if (at->generation != generation) return settle_status::stale;
        if (at->state != event_state::in_flight) {
            const bool same_end = wanted.what == settlement::verb::complete && at->result == wanted.result
                                  && (at->state == event_state::done
                                      || (at->state == event_state::accepted && at->attempt == 0));
            const bool same_release = wanted.what == settlement::verb::release && at->reason == wanted.reason
                                      && (at->state == event_state::released
                                          || (at->state == event_state::accepted && at->attempt != 0));
            return same_end || same_release ? settle_status::ok : settle_status::stale;
        }
        switch (wanted.what) {
        case settlement::verb::extend:
            at->leased_until = now + wanted.lease;
            if (!at->has_ticket) at->expires = at->leased_until + keep;
            return settle_status::ok;
        case settlement::verb::release:
            at->reason = wanted.reason;
            at->state = at->has_ticket ? event_state::accepted : event_state::released;
            at->expires = at->has_ticket ? never : now + keep;
            break;
        case settlement::verb::complete:
            at->result = wanted.result;
            at->reason = earlier::none;
            at->has_ticket = wanted.result.how == ending::accepted;
            at->ticket = generation;
            at->state = at->has_ticket ? event_state::accepted : event_state::done;
            if (at->has_ticket) at->attempt = 0;
            at->expires = at->has_ticket ? never : now + keep;
            break;
        }
        entries_.splice(entries_.end(), entries_, at);
        return settle_status::ok;
    }

    settle_status forget(std::size_t id, tick now) {
        const auto at = find(id, now);
        if (at == entries_.end()) return settle_status::gone;
        entries_.erase(at);
        return settle_status::ok;
    }

private:
    using iterator = std::list<entry>::iterator;

    iterator find(std::size_t id, tick now) {
        const auto at =
            std::find_if(entries_.begin(), entries_.end(), [&](const entry& e) { return e.id == id; });
        if (at == entries_.end() || now < at->expires) return at;
        entries_.erase(at);
        return entries_.end();
    }

    template <class Which>
    iterator first(Which which) {
        return std::find_if(entries_.begin(), entries_.end(), which);
    }

    /// The last half of the capacity is remembered, and most likely some more.
    void forget_early(std::size_t id) {
        forgotten.push_front(id);
        if (forgotten.size() <= std::max<std::size_t>(capacity_ / 2, 1)) return;
        forgotten_longer_ago.insert(forgotten.back());
        forgotten.pop_back();
    }

    bool make_room(tick now) {
        auto victim = first([&](const entry& e) { return e.expires <= now; });
        const bool early = victim == entries_.end();
        if (early) victim = first([](const entry& e) { return e.state == event_state::released; });
        if (victim == entries_.end())
            victim = first([](const entry& e) { return e.state == event_state::done; });
        if (victim == entries_.end())
            victim = first([&](const entry& e) {
                return e.state == event_state::in_flight && !e.has_ticket && e.leased_until <= now
                       && (e.id == preferred || preferred == nobody);
            });
        if (victim == entries_.end()) return false;
        if (early) {
            ++early_evictions;
            evicted = *victim;
            const bool did_nothing =
                victim->state == event_state::released && victim->reason == earlier::released;
            if (!did_nothing) forget_early(victim->id);
        }
        entries_.erase(victim);
        return true;
    }

    std::size_t capacity_;
    std::list<entry> entries_;
};

} // namespace hookseal_tests::lru_ttl

#endif
