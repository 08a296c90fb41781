// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_WORKER_CASES_HPP
#define HOOKSEAL_TESTS_WORKER_CASES_HPP

#include <hookseal/idempotency/resume.hpp>
#include <hookseal/idempotency/ticket.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <vector>

// Receiver, queue and workers over any store that hands over. `pass(time)` sets the store's clock forward.

namespace hookseal_tests {

/// A queue of texts, as a user's would be.
struct text_queue {
    std::vector<std::string> texts{};
    bool push(std::string text) { return texts.push_back(std::move(text)), true; }
};

inline hookseal::testing::delivery<hookseal::providers::stripe> accepted_delivery(const std::string& id) {
    return hookseal::testing::delivery<hookseal::providers::stripe>{R"({"id":")" + id + R"("})"};
}

/// Has the event accepted and gives its ticket's text.
template <class Receiver>
std::string accepted_ticket(const Receiver& rx, const std::string& id) {
    text_queue queue;
    const auto push = [&](const auto&, hookseal::ticket t) { return queue.push(t.text()); };
    const auto paid = accepted_delivery(id);
    REQUIRE(rx.accept(paid.request(), push).why == hookseal::reply_reason::accepted);
    REQUIRE(rx.accept(paid.request(), push).why == hookseal::reply_reason::accepted);
    REQUIRE(queue.texts.size() == 1); // the second was a redelivery
    return queue.texts.front();
}

template <class Store, class Pass>
void require_a_third_worker_finishes(Store& store, Pass pass) {
    using namespace hookseal;
    using namespace std::chrono_literals;
    const auto stripe = testing::delivery<providers::stripe>::verifier();
    const receiver rx{stripe, store};
    const std::string text = accepted_ticket(rx, "third_worker");
    const auto again = [&] {
        const auto paid = accepted_delivery("third_worker");
        return rx(paid.request(), [](const auto&) { FAIL("handled by a receiver"); }).why;
    };
    for (std::uint32_t worker = 1; worker <= 2; ++worker) {
        const auto dies = resume(store, ticket::parse(text), 10min);
        REQUIRE(dies);
        REQUIRE(dies.answer().token.attempt == worker);
        REQUIRE(resume(store, ticket::parse(text), 10min).state() == job_state::later);
        REQUIRE(again() == reply_reason::accepted);
        pass(9min);
        REQUIRE(resume(store, ticket::parse(text), 10min).state() == job_state::later);
        pass(1min);
        REQUIRE(again() == reply_reason::accepted); // no redelivery takes over
    }
    auto third = resume(store, ticket::parse(text), 10min);
    REQUIRE(third.answer().token.attempt == 3);
    REQUIRE(third.answer().before == earlier::unknown);
    REQUIRE(third.finish(verdict::handled(7)).status == settle_status::ok);
    const auto late = resume(store, ticket::parse(text), 10min);
    REQUIRE(late.state() == job_state::over);
    REQUIRE(late.answer().result == outcome{ending::handled, 7});
    REQUIRE(again() == reply_reason::duplicate);
}

template <class Store, class Pass>
void require_one_worker_per_ticket(Store& store, Pass pass) {
    using namespace hookseal;
    using namespace std::chrono_literals;
    const auto stripe = testing::delivery<providers::stripe>::verifier();
    const receiver rx{stripe, store};
    const std::string text = accepted_ticket(rx, "two_workers");

    auto first = resume(store, ticket::parse(text), 10min);
    REQUIRE(first.extend(20min).status == settle_status::ok);
    pass(19min);
    REQUIRE(resume(store, ticket::parse(text), 10min).answer().status == claim_status::in_flight);
    pass(1min);
    auto second = resume(store, ticket::parse(text), 10min);
    REQUIRE(second);
    REQUIRE(second.answer().token.generation > first.answer().token.generation);
    // The first one wakes up: it is told, and changes nothing.
    REQUIRE(first.extend(10min).status == settle_status::stale);
    REQUIRE(first.finish(verdict::handled(1)).status == settle_status::stale);
    REQUIRE(first.finish(verdict::handled(1)).status == settle_status::stale);

    // What failed is nobody's but the ticket's, at once.
    REQUIRE(second.finish(verdict::failed()).status == settle_status::ok);
    auto third = resume(store, ticket::parse(text), 10min);
    REQUIRE(third.answer().before == earlier::released);
    REQUIRE(third.finish(verdict::parked(3)).status == settle_status::ok);
    REQUIRE(resume(store, ticket::parse(text)).answer().result == outcome{ending::parked, 3});
}

/// A receiver that dies after its push and before it is accepted: the sender comes again, and the first ticket is void.
template <class Store, class Pass>
void require_one_valid_ticket(Store& store, Pass pass) {
    using namespace hookseal;
    using namespace std::chrono_literals;
    const auto stripe = testing::delivery<providers::stripe>::verifier();
    const receiver rx{stripe, store, {.lease = 10min}};
    const auto paid = accepted_delivery("void_ticket");
    text_queue queue;
    {
        auto dies = rx.open(paid.request());
        queue.push(ticket(dies.context().token).text());
    }
    // Who is so quick or so late: the receiver still has the event.
    REQUIRE(resume(store, ticket::parse(queue.texts[0])).state() == job_state::later);
    pass(10min);
    REQUIRE(rx.accept(paid.request(),
                      [&](const auto&, ticket t, const auto& context) {
                          REQUIRE(context.before == earlier::unknown);
                          queue.push(t.text());
                      })
                .why
            == reply_reason::accepted);
    REQUIRE(resume(store, ticket::parse(queue.texts[0])).state() == job_state::over);
    REQUIRE(resume(store, ticket::parse(queue.texts[1])).state() == job_state::owned);
    REQUIRE(resume(store, ticket::parse("no ticket")).state() == job_state::over);
    REQUIRE(resume(store, ticket::parse(queue.texts[1].substr(1))).state() == job_state::over);
}

template <class Store, class Pass>
void require_workers_well(Store& store, Pass pass) {
    require_a_third_worker_finishes(store, pass);
    require_one_worker_per_ticket(store, pass);
    require_one_valid_ticket(store, pass);
}

} // namespace hookseal_tests

#endif
