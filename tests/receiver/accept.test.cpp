// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/resume.hpp>
#include <hookseal/idempotency/ticket.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"
#include "support/worker_cases.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

using stripe_delivery = testing::delivery<providers::stripe>;
using tested_store = lru_ttl_store<test_ticks>;

const auto stripe = stripe_delivery::verifier();
const stripe_delivery paid{R"({"id":"evt_1"})"};

/// A store in memory that can be cut off.
struct cut_store {
    static constexpr promises promised = tested_store::promised;
    tested_store* behind;
    bool claims = true;
    bool completes = true;

    claim_answer claim(const claim_request& request) noexcept {
        return claims ? behind->claim(request) : claim_answer::failure(store_fault::down);
    }
    settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return completes ? behind->complete(token, result) : settle_answer::failure(store_fault::down);
    }
    settle_answer release(const claim_token& token, earlier reason) noexcept {
        return behind->release(token, reason);
    }
};

} // namespace

TEST_CASE("resume: workers take over what was accepted, one at a time, until one has finished") {
    tick now = 0;
    tested_store store{100, test_ticks{&now}};
    require_workers_well(store, [&](std::chrono::milliseconds time) { now += time.count(); });
}

TEST_CASE("resume: a job that was moved is finished once, by whoever has it") {
    tick now = 0;
    tested_store store{100, test_ticks{&now}};
    const receiver rx{stripe, store};
    auto first = resume(store, ticket::parse(accepted_ticket(rx, "a")));
    auto second = std::move(first);
    REQUIRE(first.finish(verdict::handled()).status == settle_status::stale);
    REQUIRE(second.finish(verdict::handled()).status == settle_status::ok);
}

TEST_CASE("accept: 202 says that the queue has the event and the store knows") {
    tick now = 0;
    tested_store store{100, test_ticks{&now}};
    const receiver rx{stripe, store};
    std::optional<ticket> given;
    const reply answer = rx.accept(paid.request(), [&](const verified_event& event, ticket t) {
        REQUIRE(event.id() == "evt_1");
        REQUIRE(store.peek(operators_key("evt_1")).state == event_state::in_flight);
        given = t;
    });
    REQUIRE(answer.status == 202);
    REQUIRE(answer.why == reply_reason::accepted);
    REQUIRE(store.peek(operators_key("evt_1")).state == event_state::accepted);
    REQUIRE(given);
    REQUIRE(ticket::parse(given->text()) == given);
    now += tick{1000} * 60 * 60 * 24 * 365; // and stays accepted
    REQUIRE(store.peek(operators_key("evt_1")).state == event_state::accepted);
}

TEST_CASE("accept: a queue that does not take the event has the sender come again") {
    tick now = 0;
    tested_store store{100, test_ticks{&now}};
    const receiver rx{stripe, store};
    REQUIRE(rx.accept(paid.request(), [](const auto&, ticket) { return false; }).status == 500);
    REQUIRE(store.peek(operators_key("evt_1")).state == event_state::released);
    const auto none = [](const auto&, ticket) { return std::optional<int>{}; };
    REQUIRE(rx.accept(paid.request(), none).status == 500);
    const auto throwing = [&] {
        return rx.accept(paid.request(), [](const auto&, ticket) { throw std::runtime_error("full"); });
    };
    REQUIRE_THROWS_AS(throwing(), std::runtime_error);
    REQUIRE(store.peek(operators_key("evt_1")).before == earlier::unknown);
    REQUIRE(rx.accept(paid.request(), [](const auto&, ticket) { return true; }).status == 202);
}

TEST_CASE("accept: what the queue says otherwise counts") {
    tick now = 0;
    tested_store store{100, test_ticks{&now}};
    const receiver rx{stripe, store};
    const reply answer = rx.accept(paid.request(), [](const auto&, ticket) { return verdict::ignored(); });
    REQUIRE(answer.why == reply_reason::ignored);
    REQUIRE(store.peek(operators_key("evt_1")).state == event_state::done);
}

TEST_CASE("accept: what the store does not know is not acknowledged, and handled once all the same") {
    tick now = 0;
    tested_store memory{100, test_ticks{&now}};
    cut_store store{&memory, true, false};
    const receiver rx{stripe, store, {.lease = 10s}};
    text_queue queue;
    const auto push = [&](const auto&, ticket t) { return queue.push(t.text()); };
    const reply lost = rx.accept(paid.request(), push);
    REQUIRE(lost.status == 503);
    REQUIRE(lost.why == reply_reason::store_unavailable);
    REQUIRE(lost.retry_after == 10s);

    store.completes = true;
    now += 10'000;
    REQUIRE(rx.accept(paid.request(), push).status == 202);
    int handled = 0;
    for (const std::string& text : queue.texts)
        if (auto job = resume(store, ticket::parse(text))) {
            ++handled;
            job.finish(verdict::handled());
        }
    REQUIRE(queue.texts.size() == 2);
    REQUIRE(handled == 1);
}

TEST_CASE("accept: without a claim there is no ticket, whatever the policy says of a store that is down") {
    tick now = 0;
    tested_store memory{100, test_ticks{&now}};
    cut_store store{&memory, false, true};
    const receiver rx{stripe, store, {.unavailable = receiver_policy::without_store::handle}};
    const reply refused =
        rx.accept(paid.request(), [](const auto&, ticket) { FAIL("handed over without a claim"); });
    REQUIRE(refused.status == 503);
    REQUIRE(refused.why == reply_reason::store_unavailable);
    REQUIRE(rx(paid.request(), [](const auto&) {}).status == 200);
}

TEST_CASE("accept: what was verified elsewhere, and what is not genuine") {
    tick now = 0;
    tested_store store{100, test_ticks{&now}};
    const receiver rx{stripe, store};
    const auto push = [](const auto&, ticket) {};
    REQUIRE(rx.accept(stripe.verify(paid.request()), "north", push).status == 202);
    REQUIRE(rx.accept(stripe.verify(paid.request()), "north", push).status == 202);
    const auto never = [](const auto&, ticket) { FAIL("handed over"); };
    REQUIRE(rx.accept(result<verified_event>(error::signature_mismatch), "north", never).status == 401);
}
