// SPDX-License-Identifier: MIT
// Stores that are large enough to have parts, and many threads in them.
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <list>
#include <random>
#include <thread>
#include <utility>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

/// A key that is at a place of its own, without the cost of a delivery.
event_key key_at(std::uint64_t number) {
    std::mt19937_64 random(number);
    claim_token token;
    const std::array<std::uint64_t, 2> bits{random(), random()};
    std::memcpy(token.where.data(), bits.data(), 12);
    return event_key::of(token);
}

std::vector<event_key> keys_at(std::size_t count) {
    std::vector<event_key> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(key_at(i));
    return all;
}

struct last_eviction {
    early_eviction* which;
    void operator()(const early_eviction& e) const noexcept { *which = e; }
};

/// A clock that one thread moves while others look.
struct shared_ticks {
    const std::atomic<tick>* at;
    [[nodiscard]] tick now() const noexcept { return at->load(); }
};

void in_threads(std::size_t count, const std::function<void(std::uint32_t)>& run) {
    std::vector<std::thread> all;
    for (std::uint32_t i = 0; i < count; ++i)
        all.emplace_back(run, i);
    for (std::thread& each : all)
        each.join();
}

} // namespace

TEST_CASE("lru_ttl_store: with parts, too, nothing is evicted below capacity") {
    for (const std::size_t capacity : std::array<std::size_t, 3>{10'000, 60'000, 100'000}) {
        CAPTURE(capacity);
        lru_ttl_store seen{capacity};
        for (std::size_t i = 0; i < capacity; ++i)
            REQUIRE(seen.complete(seen.claim({.key = key_at(i)}).token, {}).status == settle_status::ok);
        for (std::size_t i = 0; i < capacity; ++i)
            REQUIRE(seen.claim({.key = key_at(i)}).status == claim_status::done);
        REQUIRE(seen.statistics().early_evictions == 0);
    }
}

TEST_CASE("lru_ttl_store: its hash spreads events evenly among its parts") {
    lru_ttl_store seen{9000};
    const auto all = keys(9000);
    for (const event_key& key : all)
        REQUIRE(seen.complete(seen.claim({.key = key}).token, {}).status == settle_status::ok);
    REQUIRE(seen.statistics().early_evictions == 0);
}

TEST_CASE("lru_ttl_store: what is evicted is the least recently seen one of its part") {
    constexpr std::size_t capacity = 9000;
    constexpr detail::part_sizes sizes = detail::part_sizes::of(capacity);
    STATIC_REQUIRE(sizes.count == 2);
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        std::mt19937 random(seed);
        early_eviction evicted{};
        tick now = 0;
        lru_ttl_store<test_ticks, last_eviction> seen{capacity, {&now}, {&evicted}};
        std::array<std::list<std::size_t>, sizes.count> model; // the least recently seen in front
        std::vector<std::list<std::size_t>::iterator> position(30'000);
        std::vector<bool> known(position.size());
        const auto all = keys_at(position.size());
        for (int step = 0; step < 40'000; ++step) {
            const std::size_t i = random() % all.size();
            auto& part = model[detail::event_place::of(*all[i].where()).part(sizes.count)];
            evicted = {};
            const claim_answer answer = seen.claim({.key = all[i]});
            REQUIRE(answer.status == (known[i] ? claim_status::done : claim_status::granted));
            if (known[i]) {
                part.splice(part.end(), part, position[i]);
                continue;
            }
            REQUIRE(seen.complete(answer.token, {}).status == settle_status::ok);
            if (part.size() == sizes.each) {
                REQUIRE(evicted.where == *all[part.front()].where());
                known[part.front()] = false;
                part.pop_front();
            } else {
                REQUIRE(evicted.state == event_state::absent);
            }
            known[i] = true;
            position[i] = part.insert(part.end(), i);
        }
        REQUIRE(seen.statistics().early_evictions > 5'000);
    }
}

TEST_CASE("lru_ttl_store: a batch is answered as its claims are one by one") {
    STATIC_REQUIRE(batched<lru_ttl_store<>>);
    tick now = 0;
    lru_ttl_store<test_ticks> one{100, {&now}};
    lru_ttl_store<test_ticks> many{100, {&now}};
    const auto all = keys_at(150);
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        std::vector<claim_request> requests;
        for (std::size_t i = random() % 40; i > 0; --i)
            requests.push_back({.key = all[random() % all.size()], .lease = 10s, .keep = 50s});
        std::vector<claim_answer> answers(requests.size());
        many.claim(requests, answers);
        std::vector<claim_token> granted;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const claim_answer alone = one.claim(requests[i]);
            REQUIRE(answers[i].status == alone.status);
            REQUIRE(answers[i].token == alone.token);
            REQUIRE(answers[i].before == alone.before);
            REQUIRE(answers[i].remaining == alone.remaining);
            if (alone.status == claim_status::granted) granted.push_back(alone.token);
        }
        for (const claim_token& token : granted) {
            if (random() % 4 == 0) continue;
            REQUIRE(one.complete(token, {}).status == settle_status::ok);
            REQUIRE(many.complete(token, {}).status == settle_status::ok);
        }
        now += 1000;
    }
    REQUIRE(one.statistics().early_evictions > 100);
    REQUIRE(one.statistics().early_evictions == many.statistics().early_evictions);
}

TEST_CASE("lru_ttl_store: threads neither share an event nor lose one") {
    constexpr std::size_t events = 3000;
    const auto all = keys_at(events);
    for (const std::size_t capacity : {std::size_t{4000}, std::size_t{20'000}}) {
        lru_ttl_store seen{capacity};
        std::vector<std::atomic<int>> owners(events);
        std::vector<std::atomic<std::uint64_t>> generation(events);
        std::vector<std::atomic<bool>> is_done(events);
        std::atomic<int> faults = 0;
        in_threads(4, [&](std::uint32_t thread) {
            std::mt19937 random(thread);
            for (int i = 0; i < 20'000; ++i) {
                const std::size_t n = random() % events;
                const bool was_done = is_done[n];
                const claim_answer answer = seen.claim({.key = all[n]});
                if (was_done && answer.status != claim_status::done) ++faults;
                if (answer.status != claim_status::granted) continue;
                if (owners[n].fetch_add(1) != 0) ++faults;
                if (generation[n].exchange(answer.token.generation) >= answer.token.generation) ++faults;
                const bool completes = random() % 3 == 0;
                owners[n].fetch_sub(1);
                const auto told = completes ? seen.complete(answer.token, {})
                                            : seen.release(answer.token, earlier::released);
                if (told.status != settle_status::ok) ++faults;
                if (completes) is_done[n] = true;
            }
        });
        REQUIRE(faults == 0);
        REQUIRE(seen.statistics().early_evictions == 0);
        for (std::size_t n = 0; n < events; ++n)
            REQUIRE((seen.claim({.key = all[n]}).status == claim_status::done) == is_done[n]);
    }
}

TEST_CASE("lru_ttl_store: what a thread owns is not evicted, however little room there is") {
    constexpr std::size_t events = 400;
    const auto all = keys_at(events);
    lru_ttl_store seen{8};
    std::vector<std::atomic<int>> owners(events);
    std::atomic<int> faults = 0;
    in_threads(4, [&](std::uint32_t thread) {
        std::mt19937 random(thread);
        for (int i = 0; i < 20'000; ++i) {
            const std::size_t n = random() % events;
            const claim_answer answer = seen.claim({.key = all[n]});
            if (answer.status != claim_status::granted) continue;
            if (owners[n].fetch_add(1) != 0) ++faults;
            if (i % 16 == 0) std::this_thread::yield();
            owners[n].fetch_sub(1);
            if (seen.complete(answer.token, {}).status != settle_status::ok) ++faults;
        }
    });
    REQUIRE(faults == 0);
    REQUIRE(seen.statistics().early_evictions > 1000);
}

TEST_CASE("lru_ttl_store: of several owners, one after the other, only the last one completes") {
    constexpr std::size_t events = 500;
    const auto all = keys_at(events);
    std::atomic<tick> now = 0;
    lru_ttl_store<shared_ticks> seen{10'000, {&now}};
    std::vector<std::atomic<int>> completed(events);
    std::atomic<int> faults = 0;
    std::atomic<int> stale = 0;
    in_threads(4, [&](std::uint32_t thread) {
        std::mt19937 random(thread);
        std::vector<std::pair<std::size_t, claim_token>> held;
        for (int i = 0; i < 20'000; ++i) {
            now.fetch_add(1);
            const std::size_t n = random() % events;
            const claim_answer answer = seen.claim({.key = all[n], .lease = 200ms, .keep = 24h});
            if (answer.status == claim_status::granted) held.emplace_back(n, answer.token);
            if (held.size() < 20) continue;
            const std::size_t which = random() % held.size();
            const auto [event, token] = held[which];
            held.erase(held.begin() + static_cast<std::ptrdiff_t>(which));
            switch (seen.complete(token, {}).status) {
            case settle_status::ok:
                if (completed[event].fetch_add(1) != 0) ++faults;
                break;
            case settle_status::stale: ++stale; break;
            default: ++faults;
            }
        }
    });
    REQUIRE(faults == 0);
    REQUIRE(stale > 0);
}
