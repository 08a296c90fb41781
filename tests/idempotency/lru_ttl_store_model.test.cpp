// SPDX-License-Identifier: MIT
// The store against a model of its documentation that is as simple as can be, on random sequences of calls.
#include <hookseal/idempotency/lru_ttl_store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <random>
#include <set>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

constexpr tick lease = 3000;

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

struct last_eviction {
    early_eviction* which;
    void operator()(const early_eviction& e) const noexcept { *which = e; }
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

struct held_token {
    std::size_t id;
    claim_token token;
    tick keep;
};

void compare(std::uint32_t seed, std::size_t capacity, std::size_t ids, int steps) {
    CAPTURE(seed, capacity, ids);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const auto all = keys(ids);
    tick now = 0;
    early_eviction evicted{};
    lru_ttl_store<test_ticks, last_eviction> store{capacity, {&now}, {&evicted}};
    std::vector<locator> where(ids);
    model model{capacity};
    std::deque<held_token> tokens;
    std::deque<held_token> tickets;
    std::uint64_t highest = 0;
    int mistaken = 0;
    int lost = 0;

    for (int step = 0; step < steps; ++step) {
        CAPTURE(step);
        // Time always moves, so that no two leases end together.
        now += static_cast<tick>(1 + below(below(50) == 0 ? 20'000 : 40));
        const std::size_t dice = below(100);
        if (dice < 50) {
            const bool by_ticket = dice < 5 && !tickets.empty();
            const held_token* const ticket = by_ticket ? &tickets[below(tickets.size())] : nullptr;
            const std::size_t id = by_ticket ? ticket->id : below(ids);
            const tick keep = static_cast<tick>(1000 * (1 + below(30)));
            claim_request request{.key = by_ticket ? event_key::of(ticket->token) : all[id],
                                  .lease = std::chrono::milliseconds(lease),
                                  .keep = std::chrono::milliseconds(keep)};
            if (by_ticket) request.handed_over = &ticket->token;
            evicted = {};
            const claim_answer answer = store.claim(request);
            model.preferred = model::nobody;
            for (std::size_t other = 0; evicted.state == event_state::in_flight && other < ids; ++other)
                if (where[other] == evicted.where) model.preferred = other;
            const bool longer_ago = model.forgotten_longer_ago.contains(id);
            const expected_claim expected = model.claim(id, now, keep, by_ticket);
            REQUIRE(answer.status == expected.status);
            if (model.evicted) {
                REQUIRE(evicted.where == where[model.evicted->id]);
                REQUIRE(evicted.state == model.evicted->state);
                REQUIRE(evicted.remaining.count() == model.evicted->expires - now);
            }
            if (answer.status == claim_status::granted) {
                REQUIRE(answer.token.generation > highest);
                highest = answer.token.generation;
                REQUIRE(answer.token.attempt == expected.attempt);
                // Sixteen bits now and then mistake a new event for a forgotten one, which then is forgotten in truth.
                if (expected.before == earlier::forgotten && answer.before == earlier::none)
                    ++lost;
                else if (expected.before == earlier::none && answer.before == earlier::forgotten)
                    mistaken += longer_ago ? 0 : 1;
                else
                    REQUIRE(answer.before == expected.before);
                model.granted(id, highest);
                where[id] = answer.token.where;
                tokens.push_back({id, answer.token, keep});
                if (tokens.size() > 40) tokens.pop_front();
            } else if (answer.status == claim_status::in_flight) {
                REQUIRE(answer.remaining.count() == expected.remaining);
            } else if (answer.status == claim_status::done) {
                REQUIRE(answer.result == expected.result);
            } else {
                REQUIRE(answer.fault == store_fault::full);
            }
        } else if (dice < 98 && !tokens.empty()) {
            const held_token& held = tokens[below(2) == 0 ? tokens.size() - 1 : below(tokens.size())];
            const auto wanted =
                dice < 80   ? settlement::complete({ending::handled, static_cast<std::uint16_t>(below(2))})
                : dice < 82 ? settlement::complete({ending::accepted})
                : dice < 90 ? settlement::release(below(2) == 0 ? earlier::released : earlier::unknown)
                            : settlement::extend(std::chrono::milliseconds(lease));
            settle_answer answer;
            switch (wanted.what) {
            case settlement::verb::complete: answer = store.complete(held.token, wanted.result); break;
            case settlement::verb::release: answer = store.release(held.token, wanted.reason); break;
            case settlement::verb::extend:
                answer = store.extend(held.token, std::chrono::milliseconds(wanted.lease));
                break;
            }
            REQUIRE(answer.status == model.settle(held.id, held.token.generation, wanted, now, held.keep));
            const bool accepts =
                wanted.what == settlement::verb::complete && wanted.result.how == ending::accepted;
            if (accepts && answer.status == settle_status::ok) tickets.push_back(held);
        } else {
            const std::size_t id = below(ids);
            REQUIRE(store.forget(operators_key(all[id].id())).status == model.forget(id, now));
            // Tickets of what an operator has forgotten would be of events the store has lost: a case of its own.
            std::erase_if(tickets, [&](const held_token& t) { return t.id == id; });
        }
        // A worker finishes some day; its ticket is then of no use any more.
        std::erase_if(tickets,
                      [&](const held_token& t) { return !model.is_ticket_of(t.id, t.token.generation); });
        REQUIRE(store.statistics().early_evictions == model.early_evictions);
        REQUIRE(store.statistics().refused_full == model.refused);
    }
    REQUIRE(mistaken < 40); // about 5 are to be expected
    REQUIRE(lost < 20);     // about 1
    REQUIRE((store.statistics().early_evictions > 0 || steps < 1000));
}

} // namespace

TEST_CASE("lru_ttl_store: does what its documentation says, on random sequences of calls") {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        compare(seed, 64, 200, 30'000);
        compare(seed, 10, 25, 20'000);
        compare(seed, 2, 5, 10'000);
    }
}

TEST_CASE("lru_ttl_store: does so from the start, for thousands of beginnings") {
    for (std::uint32_t seed = 0; seed < 3000; ++seed)
        compare(seed, seed % 9, 3 + seed % 17, 100);
}
