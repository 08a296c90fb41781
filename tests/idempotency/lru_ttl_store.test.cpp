// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <thread>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

struct evictions {
    std::vector<early_eviction>* all;
    void operator()(const early_eviction& which) const noexcept { all->push_back(which); }
};

using test_store = lru_ttl_store<test_ticks>;
using told_store = lru_ttl_store<test_ticks, evictions>;

claim_request by(const event_key& key, std::chrono::milliseconds lease = 10s,
                 std::chrono::milliseconds keep = 1000s) {
    return {.key = key, .lease = lease, .keep = keep};
}

template <class Store>
claim_token claim(Store& store, std::string_view id) {
    const claim_answer answer = store.claim(by(key_of(id)));
    REQUIRE(answer.status == claim_status::granted);
    return answer.token;
}
template <class Store>
void handle(Store& store, std::string_view id) {
    REQUIRE(store.complete(claim(store, id), {ending::handled}).status == settle_status::ok);
}
template <class Store>
event_state state(Store& store, std::string_view id) {
    return store.peek(operators_key(id)).state;
}

} // namespace

TEST_CASE("lru_ttl_store: is a store, with all refinements") {
    STATIC_REQUIRE(check_store<lru_ttl_store<>>());
    STATIC_REQUIRE(extendable<lru_ttl_store<>>);
    STATIC_REQUIRE(administrable<lru_ttl_store<>>);
    STATIC_REQUIRE(lru_ttl_store<>::promised.exclusive);
    STATIC_REQUIRE(lru_ttl_store<>::promised.may_evict);
    STATIC_REQUIRE_FALSE(lru_ttl_store<>::promised.durable);
    STATIC_REQUIRE_FALSE(lru_ttl_store<>::promised.shared);
}

TEST_CASE("lru_ttl_store: an event is handled once, by its real clock too") {
    lru_ttl_store seen{100};
    const claim_answer first = seen.claim({.key = key_of("evt_1")});
    REQUIRE(first.status == claim_status::granted);
    const claim_answer second = seen.claim({.key = key_of("evt_1")});
    REQUIRE(second.status == claim_status::in_flight);
    REQUIRE(second.remaining > 0ms);
    REQUIRE(second.remaining <= default_lease);
    REQUIRE(seen.complete(first.token, {ending::handled, 7}).status == settle_status::ok);
    REQUIRE(seen.claim({.key = key_of("evt_1")}).result == outcome{ending::handled, 7});
    REQUIRE(seen.claim({.key = key_of("evt_2")}).status == claim_status::granted);
}

TEST_CASE("lru_ttl_store: scopes, tenants and providers do not silence each other") {
    lru_ttl_store seen{100};
    for (const char* scope : {"", "orders", "mail"})
        for (const char* tenant : {"", "acme"})
            REQUIRE(seen.claim({.key = key_of("evt_1", scope, tenant)}).status == claim_status::granted);
    REQUIRE(seen.claim({.key = key_of("evt_1", "orders", "acme")}).status == claim_status::in_flight);
}

TEST_CASE("lru_ttl_store: a wrong lease or time to live is refused and leaves nothing behind") {
    tick now = 0;
    test_store seen{2, {&now}};
    REQUIRE(seen.claim(by(key_of("a"), 0ms)).fault == store_fault::misconfigured);
    REQUIRE(seen.claim(by(key_of("a"), 1s, -1s)).fault == store_fault::misconfigured);
    REQUIRE(state(seen, "a") == event_state::absent);
}

TEST_CASE("lru_ttl_store: room is made in the documented order") {
    tick now = 0;
    std::vector<early_eviction> evicted;
    told_store seen{6, {&now}, {&evicted}};

    // One that expires early, one released, two done, one abandoned, one live.
    REQUIRE(seen.complete(seen.claim(by(key_of("expires"), 10s, 20s)).token, {}).status == settle_status::ok);
    const claim_token abandoned = claim(seen, "abandoned");
    REQUIRE(seen.release(claim(seen, "released"), earlier::released).status == settle_status::ok);
    handle(seen, "done first");
    handle(seen, "done second");
    now = 15'000; // the lease of "abandoned" is over
    REQUIRE(seen.claim(by(key_of("done first"))).status
            == claim_status::done); // now the more recent of the two
    claim(seen, "live");
    now = 20'000; // "expires" has expired
    REQUIRE(evicted.empty());

    REQUIRE(seen.claim(by(key_of("1"), 100s)).status == claim_status::granted);
    REQUIRE(state(seen, "expires") == event_state::absent);
    REQUIRE(evicted.empty()); // not before its time

    REQUIRE(seen.claim(by(key_of("2"), 100s)).status == claim_status::granted);
    REQUIRE(state(seen, "released") == event_state::absent);
    REQUIRE(evicted.back().state == event_state::released);

    REQUIRE(seen.claim(by(key_of("3"), 100s)).status == claim_status::granted);
    REQUIRE(state(seen, "done second") == event_state::absent);
    REQUIRE(state(seen, "done first") == event_state::done);
    REQUIRE(evicted.back().state == event_state::done);
    REQUIRE(evicted.back().remaining == 980s);

    REQUIRE(seen.claim(by(key_of("4"), 100s)).status == claim_status::granted);
    REQUIRE(state(seen, "done first") == event_state::absent);
    REQUIRE(state(seen, "abandoned") == event_state::in_flight);

    REQUIRE(seen.claim(by(key_of("5"), 100s)).status == claim_status::granted);
    REQUIRE(state(seen, "abandoned") == event_state::absent);
    REQUIRE(evicted.back().state == event_state::in_flight);
    REQUIRE(evicted.back().where == abandoned.where);
    REQUIRE(seen.complete(abandoned, {}).status == settle_status::gone);

    // Five claims and "live" are all that is left.
    const claim_answer full = seen.claim(by(key_of("6")));
    REQUIRE(full.status == claim_status::unavailable);
    REQUIRE(full.fault == store_fault::full);
    REQUIRE_FALSE(full.maybe_applied);
    REQUIRE(state(seen, "live") == event_state::in_flight);
    REQUIRE(seen.statistics().early_evictions == 4);
    REQUIRE(evicted.size() == 4);
    REQUIRE(seen.statistics().refused_full == 1);

    now = 25'000; // the lease of "live" is over
    REQUIRE(seen.claim(by(key_of("6"))).status == claim_status::granted);
    REQUIRE(state(seen, "live") == event_state::absent);
}

TEST_CASE("lru_ttl_store: accepted events are never evicted, nor those of a dead worker") {
    tick now = 0;
    test_store seen{2, {&now}};
    const claim_token ticket = claim(seen, "accepted");
    REQUIRE(seen.complete(ticket, {ending::accepted}).status == settle_status::ok);
    const claim_token other = claim(seen, "with a worker");
    REQUIRE(seen.complete(other, {ending::accepted}).status == settle_status::ok);
    const claim_answer worker =
        seen.claim({.key = event_key::of(other), .lease = 10s, .handed_over = &other});
    REQUIRE(worker.status == claim_status::granted);

    now = 1'000'000'000'000;
    REQUIRE(seen.claim(by(key_of("new"))).fault == store_fault::full);
    REQUIRE(seen.claim(by(key_of("accepted"))).result.how == ending::accepted);
    REQUIRE(seen.claim(by(key_of("with a worker"))).result.how == ending::accepted);

    const claim_answer second = seen.claim({.key = event_key::of(other), .handed_over = &other});
    REQUIRE(second.token.attempt == 2);
    REQUIRE(seen.complete(worker.token, {}).status == settle_status::stale);
    REQUIRE(seen.complete(second.token, {}).status == settle_status::ok);
    REQUIRE(seen.claim(by(key_of("new"))).status == claim_status::granted); // in place of "with a worker"
}

TEST_CASE("lru_ttl_store: seeing an event again does not prolong its life") {
    tick now = 0;
    test_store seen{10, {&now}};
    handle(seen, "a");
    for (now = 0; now < 1'000'000; now += 100'000)
        REQUIRE(seen.claim(by(key_of("a"))).status == claim_status::done);
    REQUIRE(seen.claim(by(key_of("a"))).status == claim_status::granted);
}

TEST_CASE("lru_ttl_store: what was evicted early is told when it returns, and granted") {
    tick now = 0;
    test_store seen{2, {&now}};
    handle(seen, "a");
    REQUIRE(seen.release(claim(seen, "b"), earlier::unknown).status == settle_status::ok);
    handle(seen, "c"); // in place of b
    handle(seen, "d"); // in place of a
    REQUIRE(seen.statistics().early_evictions == 2);

    const claim_answer unknown = seen.claim(by(key_of("b")));
    REQUIRE(unknown.status == claim_status::granted);
    REQUIRE(unknown.before == earlier::forgotten);
    const claim_answer done = seen.claim(by(key_of("a")));
    REQUIRE(done.status == claim_status::granted);
    REQUIRE(done.before == earlier::forgotten);
    REQUIRE(done.token.attempt == 1);
}

TEST_CASE("lru_ttl_store: what was released without having done anything may return as if it were new") {
    tick now = 0;
    test_store seen{1, {&now}};
    REQUIRE(seen.release(claim(seen, "a"), earlier::released).status == settle_status::ok);
    REQUIRE(seen.release(claim(seen, "b"), earlier::released).status == settle_status::ok);
    REQUIRE(seen.statistics().early_evictions == 1);
    REQUIRE(seen.claim(by(key_of("a"))).before == earlier::none);
}

TEST_CASE("lru_ttl_store: a full store that cannot grant does not unlearn what it forgot") {
    tick now = 0;
    test_store seen{1, {&now}};
    handle(seen, "a");
    const claim_token b = claim(seen, "b");
    REQUIRE(seen.claim(by(key_of("a"))).fault == store_fault::full);
    REQUIRE(seen.release(b, earlier::released).status == settle_status::ok);
    REQUIRE(seen.claim(by(key_of("a"))).before == earlier::forgotten);
}

TEST_CASE("lru_ttl_store: nothing is evicted below capacity") {
    tick now = 0;
    test_store seen{1000, {&now}};
    const auto all = keys(1000);
    for (const event_key& key : all)
        REQUIRE(seen.complete(seen.claim(by(key)).token, {}).status == settle_status::ok);
    for (const event_key& key : all)
        REQUIRE(seen.claim(by(key)).status == claim_status::done);
    REQUIRE(seen.statistics().early_evictions == 0);
}

TEST_CASE("lru_ttl_store: an owner slower than its lease is told that it has been overtaken") {
    tick now = 0;
    test_store seen{10, {&now}};
    const claim_token slow = claim(seen, "a");
    now = 10'000;
    const claim_answer next = seen.claim(by(key_of("a")));
    REQUIRE(next.before == earlier::unknown);
    REQUIRE(next.token.attempt == 2);
    REQUIRE(seen.complete(slow, {}).status == settle_status::stale);
    REQUIRE(seen.release(slow, earlier::released).status == settle_status::stale);
    REQUIRE(seen.extend(slow, 10s).status == settle_status::stale);
    REQUIRE(seen.extend(next.token, 30s).status == settle_status::ok);
    now = 39'999;
    REQUIRE(seen.claim(by(key_of("a"))).status == claim_status::in_flight);
    REQUIRE(seen.complete(next.token, {}).status == settle_status::ok);
    REQUIRE(seen.complete(slow, {}).status == settle_status::stale);
}

TEST_CASE("lru_ttl_store: no generation comes twice, whatever happened to the entry") {
    tick now = 0;
    test_store seen{1, {&now}};
    const claim_token first = claim(seen, "a");
    REQUIRE(seen.forget(operators_key("a")).status == settle_status::ok);
    REQUIRE(seen.complete(first, {}).status == settle_status::gone);
    const claim_token second = claim(seen, "a");
    REQUIRE(second.generation > first.generation);
    REQUIRE(second.attempt == 1);
    REQUIRE(seen.complete(first, {}).status == settle_status::stale);
    REQUIRE(seen.release(second, earlier::released).status == settle_status::ok);
    handle(seen, "b"); // in place of a
    const claim_token third = claim(seen, "a");
    REQUIRE(third.generation > second.generation);
    REQUIRE(seen.complete(second, {}).status == settle_status::stale);
}

TEST_CASE("lru_ttl_store: whatever its clock shows, no lease ends early and none is stuck") {
    constexpr tick last = std::numeric_limits<tick>::max();
    constexpr tick first = std::numeric_limits<tick>::min();
    for (const tick begun : {tick{0}, tick{1'800'000'000'000}, tick{-5000}, last / 2, first / 2}) {
        tick now = begun;
        lru_ttl_store<test_ticks> seen{4, test_ticks{&now}};
        const auto claim = [&] { return seen.claim({.key = key_of("a"), .lease = 10s, .keep = 1h}); };
        CAPTURE(begun);
        REQUIRE(claim().status == claim_status::granted);
        for (const tick step : {tick{9999}, tick{0}, tick{-1}, tick{-3'600'000}}) {
            now = begun + step;
            CAPTURE(step);
            const claim_answer busy = claim();
            REQUIRE(busy.status == claim_status::in_flight);
            REQUIRE(busy.remaining > 0ms);
            REQUIRE(busy.remaining <= 11s); // its length is kept in seconds
        }
        now = begun + 10'000;
        REQUIRE(claim().before == earlier::unknown);
        now = last; // as far ahead as it goes: everything is over
        REQUIRE(claim().status == claim_status::granted);
    }
}

TEST_CASE("lru_ttl_store: operators see and forget") {
    tick now = 0;
    test_store seen{10, {&now}};
    REQUIRE(seen.forget(operators_key("a")).status == settle_status::gone);
    REQUIRE(seen.peek(operators_key("a")).available);
    REQUIRE(state(seen, "a") == event_state::absent);
    handle(seen, "a");
    REQUIRE(state(seen, "a") == event_state::done);
    REQUIRE(seen.forget(operators_key("a")).status == settle_status::ok);
    const claim_answer again = seen.claim(by(key_of("a")));
    REQUIRE(again.status == claim_status::granted);
    REQUIRE(again.before == earlier::none);
    now = 1'000'000'000;
    REQUIRE(seen.forget(operators_key("a")).status == settle_status::gone); // expired
}

TEST_CASE("lru_ttl_store: looking at an event does not make it more recent") {
    tick now = 0;
    test_store seen{2, {&now}};
    const claim_token first = claim(seen, "a");
    REQUIRE(seen.complete(first, {}).status == settle_status::ok);
    handle(seen, "b");
    REQUIRE(state(seen, "a") == event_state::done);
    REQUIRE(seen.complete(first, {}).status == settle_status::ok); // nor does completing it once more
    handle(seen, "c");
    REQUIRE(state(seen, "a") == event_state::absent);
    REQUIRE(state(seen, "b") == event_state::done);
}

TEST_CASE("lru_ttl_store: a store of nothing is always full") {
    lru_ttl_store seen{0};
    REQUIRE(seen.capacity() == 0);
    REQUIRE(seen.claim({.key = key_of("a")}).fault == store_fault::full);
    REQUIRE(seen.complete({}, {}).status == settle_status::gone);
    REQUIRE(seen.forget(operators_key("a")).status == settle_status::gone);
}

TEST_CASE("lru_ttl_store: an eviction hook may use the store") {
    struct asks {
        lru_ttl_store<test_ticks, asks>** store;
        std::uint64_t* told;
        void operator()(const early_eviction&) const noexcept {
            *told = (*store)->statistics().early_evictions;
        }
    };
    tick now = 0;
    std::uint64_t told = 0;
    lru_ttl_store<test_ticks, asks>* itself = nullptr;
    lru_ttl_store<test_ticks, asks> seen{1, {&now}, {&itself, &told}};
    itself = &seen;
    handle(seen, "a");
    handle(seen, "b");
    REQUIRE(told == 1);
}

TEST_CASE("lru_ttl_store: of eight threads that claim one event at the same moment one gets it") {
    constexpr std::size_t threads = 8;
    constexpr std::size_t events = 3000;
    const auto all = keys(events);
    lru_ttl_store seen{events / 2}; // so that there is eviction, too
    std::barrier together(threads);
    std::vector<std::atomic<int>> granted(events);
    std::vector<std::atomic<int>> others(events);
    std::atomic<int> not_completed = 0;
    {
        std::vector<std::jthread> all_threads;
        for (std::size_t t = 0; t < threads; ++t)
            all_threads.emplace_back([&] {
                for (std::size_t i = 0; i < events; ++i) {
                    together.arrive_and_wait();
                    const claim_answer answer = seen.claim({.key = all[i]});
                    if (answer.status == claim_status::granted) {
                        ++granted[i];
                        if (seen.complete(answer.token, {}).status != settle_status::ok) ++not_completed;
                    } else if (answer.status != claim_status::unavailable) {
                        ++others[i];
                    }
                }
            });
    }
    REQUIRE(not_completed == 0);
    for (std::size_t i = 0; i < events; ++i) {
        REQUIRE(granted[i] == 1);
        REQUIRE(others[i] == threads - 1);
    }
}
