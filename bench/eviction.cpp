// SPDX-License-Identifier: MIT
// How near lru_ttl_store comes to forgetting the least recently seen event of all, where it has to forget one: it forgets
// that of a part of itself. Twelve hours of deliveries pass through it, and through a store of the same size that keeps
// the order exactly. The clock is simulated and the deliveries come from a fixed seed, so that all runs tell the same.
#include "support/harness.hpp"
#include "support/numbered_keys.hpp"

#include <hookseal/idempotency/lru_ttl_store.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <list>
#include <queue>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hookseal_bench {

namespace {

using hookseal::tick;

constexpr tick second = 1000;
constexpr tick minute = 60 * second;
constexpr tick hour = 60 * minute;

struct arrival {
    tick at;
    std::uint32_t event;
    int attempt; ///< 0: the first

    friend bool operator>(const arrival& a, const arrival& b) { return a.at > b.at; }
};

/// Deliveries as providers make them. New events come at random, so many an hour. Some are delivered twice within half a
/// second. Of one in ten the sender hears of no success and tries again, with the pauses that the Standard Webhooks
/// specification recommends, give or take a tenth; how often, follows Zipf's law: of those that are tried once again half
/// are tried twice, a third three times, and so on.
class traffic {
public:
    traffic(std::uint32_t events, double events_an_hour)
        : left_(events), pause_(static_cast<double>(hour) / events_an_hour) {
        deliver({0, next_++, 0});
    }

    /// In the order of time, as long as new ones come.
    bool next(arrival& out) {
        out = due_.top();
        due_.pop();
        if (out.attempt == 0) {
            if (--left_ == 0) return false;
            deliver({out.at + wait(pause_), next_++, 0});
            if (chance_(random_) < twins)
                due_.push({out.at + wait(200), out.event, static_cast<int>(pauses.size())});
        }
        return true;
    }

private:
    static constexpr std::array<tick, 9> pauses = {5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour,
                                                   10 * hour,  14 * hour,  20 * hour,   24 * hour};
    static constexpr double twins = 0.02;
    static constexpr double retried = 0.1;

    void deliver(const arrival& first) {
        due_.push(first);
        if (chance_(random_) >= retried) return;
        const double luck = chance_(random_);
        tick at = first.at;
        for (std::size_t i = 0; i < pauses.size() && luck * static_cast<double>(i + 1) < 1; ++i) {
            at += static_cast<tick>(static_cast<double>(pauses[i]) * (0.9 + 0.2 * chance_(random_)));
            due_.push({at, first.event, static_cast<int>(i) + 1});
        }
    }
    tick wait(double mean) { return static_cast<tick>(-mean * std::log(1 - chance_(random_))); }

    std::mt19937_64 random_{20'261'121};
    std::uniform_real_distribution<double> chance_{0, 1};
    std::priority_queue<arrival, std::vector<arrival>, std::greater<>> due_{};
    std::uint32_t left_;
    std::uint32_t next_ = 0;
    double pause_;
};

/// Events in the order in which they were last seen, and which place an event has there: a Fenwick tree over all sightings.
class order_of_sight {
public:
    explicit order_of_sight(std::size_t sightings) : counts_(sightings + 1) {}

    void see(std::uint32_t event) {
        forget(event);
        last_[event] = ++now_;
        add(now_, 1);
    }
    void forget(std::uint32_t event) {
        const auto at = last_.find(event);
        if (at == last_.end()) return;
        add(at->second, -1);
        last_.erase(at);
    }
    /// How many were seen less recently.
    [[nodiscard]] std::size_t before(std::uint32_t event) const {
        std::int64_t count = 0;
        for (std::size_t i = last_.at(event) - 1; i > 0; i -= i & (~i + 1))
            count += counts_[i];
        return static_cast<std::size_t>(count);
    }
    [[nodiscard]] std::size_t size() const noexcept { return last_.size(); }

private:
    void add(std::size_t at, int change) {
        for (; at < counts_.size(); at += at & (~at + 1))
            counts_[at] += change;
    }

    std::vector<std::int32_t> counts_;
    std::unordered_map<std::uint32_t, std::size_t> last_{};
    std::size_t now_ = 0;
};

/// What is to be nearly as good.
class exact_lru {
public:
    explicit exact_lru(std::size_t capacity) : capacity_(capacity) {}

    /// Whether it is remembered. It is from now on.
    bool knew(std::uint32_t event) {
        const auto at = known_.find(event);
        if (at != known_.end()) {
            by_sight_.splice(by_sight_.end(), by_sight_, at->second);
            return true;
        }
        if (known_.size() == capacity_) {
            known_.erase(by_sight_.front());
            by_sight_.pop_front();
        }
        known_[event] = by_sight_.insert(by_sight_.end(), event);
        return false;
    }

private:
    std::size_t capacity_;
    std::list<std::uint32_t> by_sight_{};
    std::unordered_map<std::uint32_t, std::list<std::uint32_t>::iterator> known_{};
};

struct simulated_clock {
    const tick* at;
    [[nodiscard]] tick now() const noexcept { return *at; }
};

struct findings {
    std::size_t evictions = 0;
    std::size_t not_of_the_oldest = 0; ///< evictions of what was not among the oldest hundredth
    std::size_t furthest = 0;          ///< how many were older than what was evicted, at most
    std::size_t held = 0;              ///< how many events there was room for
    std::size_t duplicates = 0;
    std::size_t missed = 0;
    std::size_t missed_by_exact = 0;
};

/// As many new events as three times what there is room for, which is for those of four hours.
findings observe(std::size_t capacity) {
    const auto events = static_cast<std::uint32_t>(3 * capacity);
    tick now = 0;
    findings found;
    const auto sizes = hookseal::detail::part_sizes::of(capacity);
    found.held = sizes.count * sizes.each;

    struct place_hash {
        std::size_t operator()(const hookseal::locator& where) const noexcept {
            std::size_t bits = 0;
            std::memcpy(&bits, where.data(), sizeof bits);
            return bits;
        }
    };
    std::unordered_map<hookseal::locator, std::uint32_t, place_hash> events_at;
    order_of_sight order(2 * std::size_t{events});
    const auto evicted = [&](const hookseal::early_eviction& which) noexcept {
        const auto at = events_at.find(which.where);
        const std::size_t older = order.before(at->second);
        ++found.evictions;
        found.furthest = std::max(found.furthest, older);
        if (older * 100 > order.size()) ++found.not_of_the_oldest;
        order.forget(at->second);
        events_at.erase(at);
    };
    hookseal::lru_ttl_store store(capacity, simulated_clock{&now}, evicted);
    exact_lru exact(found.held);
    numbered_keys keys;
    traffic from(events, static_cast<double>(capacity) / 4);
    for (arrival next; from.next(next);) {
        now = next.at;
        hookseal::claim_request request = keys[next.event];
        request.keep = std::chrono::hours(95);
        const auto answer = store.claim(request);
        const bool is_duplicate = next.attempt > 0;
        found.duplicates += is_duplicate;
        found.missed_by_exact += !exact.knew(next.event) && is_duplicate;
        if (answer.status == hookseal::claim_status::granted) {
            found.missed += is_duplicate;
            if (store.complete(answer.token, {}).status != hookseal::settle_status::ok) fail("not completed");
            events_at[answer.token.where] = next.event;
        }
        order.see(next.event);
    }
    return found;
}

void add_eviction(std::size_t capacity) {
    add("eviction/" + std::to_string(capacity), {}, [=](benchmark::State& state) {
        static std::unordered_map<std::size_t, findings> known; // they are always the same
        auto at = known.find(capacity);
        if (at == known.end()) at = known.emplace(capacity, observe(capacity)).first;
        const findings& found = at->second;
        measure(state, [](std::size_t) {});
        const auto share = [](std::size_t part, std::size_t whole) {
            return static_cast<double>(part) / static_cast<double>(whole);
        };
        state.counters["evictions"] = static_cast<double>(found.evictions);
        state.counters["not_oldest_1%"] = share(found.not_of_the_oldest, found.evictions);
        state.counters["furthest"] = share(found.furthest, found.held);
        state.counters["duplicates"] = static_cast<double>(found.duplicates);
        state.counters["missed"] = share(found.missed, found.duplicates);
        state.counters["missed_by_exact"] = share(found.missed_by_exact, found.duplicates);
    });
}

} // namespace

void add_benchmarks() {
    for (const std::size_t capacity : {16'384U, 131'072U, 524'288U})
        add_eviction(capacity);
}

} // namespace hookseal_bench
