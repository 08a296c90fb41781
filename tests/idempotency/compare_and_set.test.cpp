// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/store.hpp>

#include "idempotency/compare_and_set_calls.hpp"
#include "idempotency/compare_and_set_table.hpp"
#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

claim_request by(std::string_view id, std::uint64_t nonce = 0) {
    return {.key = key_of(id), .lease = 10s, .keep = 100s, .nonce = nonce};
}

} // namespace

TEST_CASE("compare_and_set: is a store that lacks nothing") {
    using store_type = decltype(store_over(std::declval<table&>()));
    STATIC_REQUIRE(check_store<store_type>());
    STATIC_REQUIRE(extendable<store_type>);
    STATIC_REQUIRE(administrable<store_type>);
    constexpr promises all = store_type::promised;
    STATIC_REQUIRE(all.exclusive);
    STATIC_REQUIRE(all.recovers);
    STATIC_REQUIRE(all.fenced);
    STATIC_REQUIRE(all.repeatable);
    STATIC_REQUIRE(all.hands_over);
}

TEST_CASE("compare_and_set: claimed, in flight, taken over, done, forgotten") {
    table t;
    auto store = store_over(t);
    const claim_answer first = store.claim(by("a"));
    REQUIRE(first.status == claim_status::granted);
    t.now = 9'999;
    REQUIRE(store.claim(by("a")).remaining == 1ms);
    t.now = 10'000;
    const claim_answer second = store.claim(by("a"));
    REQUIRE(second.before == earlier::unknown);
    REQUIRE(second.token.attempt == 2);
    REQUIRE(store.complete(first.token, {}).status == settle_status::stale);
    REQUIRE(store.extend(second.token, 60s).status == settle_status::ok);
    t.now = 69'999;
    REQUIRE(store.claim(by("a")).status == claim_status::in_flight);
    REQUIRE(store.complete(second.token, {ending::handled, 3}).status == settle_status::ok);
    REQUIRE(store.claim(by("a")).result == outcome{ending::handled, 3});
    t.now = 169'999;
    t.sweep();
    REQUIRE(t.rows.empty());
    REQUIRE(store.claim(by("a")).token.attempt == 1);
}

TEST_CASE("compare_and_set: a duplicate costs one call and writes nothing") {
    table t;
    auto store = store_over(t);
    const claim_answer first = store.claim(by("a"));
    REQUIRE(t.calls == 1);
    REQUIRE(store.complete(first.token, {}).status == settle_status::ok);
    REQUIRE(t.calls == 3);
    const auto before = t.rows.begin()->second.text;
    REQUIRE(store.claim(by("a")).status == claim_status::done);
    REQUIRE(t.calls == 4);
    REQUIRE(t.rows.begin()->second.text == before);
}

TEST_CASE("compare_and_set: settling what is not there is told, and leaves nothing of worth") {
    table t;
    auto store = store_over(t);
    const claim_answer lost = store.claim(by("a"));
    t.rows.clear();
    REQUIRE(store.complete(lost.token, {}).status == settle_status::gone);
    REQUIRE(store.release(lost.token, earlier::released).status == settle_status::gone);
    const claim_answer next = store.claim(by("a"));
    REQUIRE(next.status == claim_status::granted);
    REQUIRE(next.token.attempt == 1);
    // The generation is the old one's again; the nonce tells them apart.
    REQUIRE(store.complete(lost.token, {}).status == settle_status::stale);
    REQUIRE(store.complete({}, {}).status == settle_status::gone);
    t.now += 1000;
    t.rows.clear();
    (void)store.complete(lost.token, {});
    t.now += 1000;
    t.sweep();
    REQUIRE(t.rows.empty());
}

TEST_CASE("compare_and_set: a worker takes over by ticket, and operators forget") {
    table t;
    auto store = store_over(t);
    const claim_token ticket = store.claim(by("a")).token;
    REQUIRE(store.complete(ticket, {ending::accepted}).status == settle_status::ok);
    t.now = 1'000'000'000;
    t.sweep();
    REQUIRE(store.claim(by("a")).result.how == ending::accepted);
    const claim_answer worker = store.claim({.key = event_key::of(ticket), .handed_over = &ticket});
    REQUIRE(worker.status == claim_status::granted);
    REQUIRE(store.complete(worker.token, {}).status == settle_status::ok);
    REQUIRE(store.peek(operators_key("a")).state == event_state::done);
    REQUIRE(store.forget(operators_key("a")).status == settle_status::ok);
    REQUIRE(store.forget(operators_key("a")).status == settle_status::gone);
    REQUIRE(store.peek(operators_key("a")).state == event_state::absent);
    const claim_answer again = store.claim(by("a"));
    REQUIRE(again.token.generation > worker.token.generation);
    REQUIRE(again.token.attempt == 1);
}

TEST_CASE("compare_and_set: a call that fails is unavailable, and its repetition has the effect once") {
    table t;
    auto store = store_over(t);
    for (int* const failure : {&t.fail_before, &t.fail_after}) {
        t.rows.clear();
        *failure = 1;
        const claim_answer lost = store.claim(by("a", 5));
        REQUIRE(lost.status == claim_status::unavailable);
        REQUIRE(lost.fault == store_fault::down);
        REQUIRE(lost.maybe_applied);
        const claim_answer again = store.claim(by("a", 5));
        REQUIRE(again.status == claim_status::granted);
        REQUIRE(again.repeated == (failure == &t.fail_after));
        REQUIRE(again.token.attempt == 1);

        *failure = 2; // looking works, writing does not
        REQUIRE(store.complete(again.token, {}).maybe_applied);
        REQUIRE(store.complete(again.token, {}).status == settle_status::ok);
        REQUIRE(store.claim(by("a", 6)).status == claim_status::done);
    }
}

TEST_CASE("compare_and_set: functions may also say that they failed") {
    callback_store store{compare_and_set{
        [](std::string_view, std::string_view, std::chrono::milliseconds) { return found_value::failure(); },
        [](std::string_view, std::string_view, std::string_view, std::chrono::milliseconds) {
            return std::optional<bool>();
        }}};
    REQUIRE(store.claim(by("a")).fault == store_fault::down);
}

TEST_CASE("compare_and_set: who never gets a word in says so") {
    table t;
    int rounds = 0;
    callback_store store{
        compare_and_set{[&](std::string_view key, std::string_view text, std::chrono::milliseconds ttl) {
                            return t.insert(key, text, ttl);
                        },
                        [&](std::string_view, std::string_view, std::string_view, std::chrono::milliseconds) {
                            return ++rounds, false;
                        },
                        test_ticks{&t.now}}};
    const claim_answer mine = store.claim(by("a"));
    const settle_answer answer = store.complete(mine.token, {});
    REQUIRE(answer.status == settle_status::unavailable);
    REQUIRE(answer.fault == store_fault::busy);
    REQUIRE_FALSE(answer.maybe_applied);
    REQUIRE(rounds == 8);
}

TEST_CASE("compare_and_set: a value that is not ours is a wrong configuration, never a grant") {
    table t;
    auto store = store_over(t);
    t.rows[std::string(locator_text(*durable_locator(operators_key("a"))).view())] = {"processed", never};
    REQUIRE(store.claim(by("a")).fault == store_fault::misconfigured);
    REQUIRE(store.forget(operators_key("a")).fault == store_fault::misconfigured);
    REQUIRE_FALSE(store.peek(operators_key("a")).available);
}

TEST_CASE(
    "compare_and_set: answers as the state machine does, on random sequences of calls, some of which fail") {
    std::mt19937 random(4);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const auto require = [](bool holds, const char* what) {
        INFO(what);
        REQUIRE(holds);
    };
    compare_and_set_calls with(below, require);
    for (int step = 0; step < 20'000; ++step) {
        CAPTURE(step);
        with.step();
    }
}

TEST_CASE("compare_and_set: of eight threads that claim one event at the same moment one gets it") {
    constexpr std::size_t threads = 8;
    constexpr std::size_t events = 500;
    const auto all = keys(events);
    table t;
    auto store = store_over(t);
    std::barrier together(threads);
    std::vector<std::atomic<int>> granted(events);
    std::atomic<int> not_completed = 0;
    {
        std::vector<std::jthread> all_threads;
        for (std::size_t i = 0; i < threads; ++i)
            all_threads.emplace_back([&] {
                for (std::size_t e = 0; e < events; ++e) {
                    together.arrive_and_wait();
                    const claim_answer answer = store.claim({.key = all[e]});
                    if (answer.status != claim_status::granted) continue;
                    ++granted[e];
                    if (store.complete(answer.token, {}).status != settle_status::ok) ++not_completed;
                }
            });
    }
    REQUIRE(not_completed == 0);
    for (const auto& winners : granted)
        REQUIRE(winners == 1);
}
