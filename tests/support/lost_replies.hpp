// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_LOST_REPLIES_HPP
#define HOOKSEAL_TESTS_LOST_REPLIES_HPP

#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace hookseal_tests {

/// Events are delivered until they are answered 200, each first over a connection that is cut at a random command of
/// `commands`, before or after it is executed. `place` is a store or `transactional`; `handle(event, context)` does the work
/// and says whether it could; `works()` counts what was done of all events so far. Whatever is cut, an event is handled once.
template <class Place, class Pass, class Handle, class Works>
void require_lost_replies_are_made_good(Place& place, cutting_proxy& proxy,
                                        const std::vector<std::string>& commands, Pass pass, Handle handle,
                                        Works works) {
    using namespace hookseal;
    using stripe_delivery = testing::delivery<providers::stripe>;
    using moment = cutting_proxy::moment;
    std::mt19937 random(1); // NOLINT: the same each time
    const auto stripe = stripe_delivery::verifier();
    receiver rx{stripe, place};
    std::size_t cut = 0;
    constexpr int events = 150;
    for (int event = 0; event < events; ++event) {
        const stripe_delivery paid(R"({"id":"lost_)" + std::to_string(event) + "\"}");
        const std::string& command = commands[random() % commands.size()];
        const auto when = std::array{moment::before_the_request, moment::before_the_reply,
                                     moment::after_the_reply_was_made}[random() % 3];
        CAPTURE(event, command, static_cast<int>(when));
        proxy.cut_at({command}, when);
        reply told = rx(paid.request(), handle);
        cut += proxy.is_armed() ? 0U : 1U;
        proxy.cut_at({}, when);
        for (int again = 0; told.status != 200; ++again) {
            REQUIRE(again < 5);
            if (told.why == reply_reason::in_flight) pass(default_lease);
            told = rx(paid.request(), handle);
        }
        REQUIRE(works() == event + 1);
        REQUIRE(rx(paid.request(), handle).why == reply_reason::duplicate);
        REQUIRE(works() == event + 1);
    }
    REQUIRE(cut > events / 2);
}

} // namespace hookseal_tests

#endif
