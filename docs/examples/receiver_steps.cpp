// SPDX-License-Identifier: MIT
// A delivery handled in two steps, on another thread, and for one of several tenants.
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <thread>

using namespace std::chrono_literals;

namespace {

using paid = hookseal::testing::delivery<hookseal::providers::stripe>;

// [steps]
int receive(const auto& rx, const hookseal::request& request, const auto& work) {
    auto delivery = rx.open(request);              // verified and claimed
    if (!delivery) return delivery.reply().status; // not genuine, not new, or not now
    const bool well = work(delivery.event());      // for as long as its lease lasts
    return delivery.finish(well ? hookseal::verdict::handled() : hookseal::verdict::failed(30s)).status;
}
// [/steps]

// [elsewhere]
int receive_and_finish_elsewhere(const auto& rx, const hookseal::request& request, auto& in_background) {
    auto delivery = rx.open(request);
    if (!delivery) return delivery.reply().status;
    in_background([&rx, event = delivery.event().owned(), token = delivery.leave()] {
        const bool well = event.id() == "evt_2";
        return rx.finish(token, well ? hookseal::verdict::handled() : hookseal::verdict::failed()).status;
    });
    return 503; // not done yet: the sender comes again, and hears how it went
}
// [/elsewhere]

} // namespace

int main() {
    const auto stripe = paid::verifier();
    hookseal::lru_ttl_store seen{1000};
    const hookseal::receiver rx{stripe, seen};

    const paid first{R"({"id":"evt_1"})"};
    const auto fails = [](const hookseal::verified_event&) { return false; };
    const auto works = [](const hookseal::verified_event&) { return true; };
    if (receive(rx, first.request(), fails) != 500 || receive(rx, first.request(), works) != 200) return 1;

    const paid second{R"({"id":"evt_2"})"};
    std::function<int()> later;
    const auto in_background = [&](std::function<int()> work) { later = std::move(work); };
    if (receive_and_finish_elsewhere(rx, second.request(), in_background) != 503) return 2;
    if (receive(rx, second.request(), works) != 503) return 3; // in flight
    int said = 0;
    std::thread([&] { said = later(); }).join();
    if (said != 200 || receive(rx, second.request(), fails) != 200) return 4; // a duplicate

    // [tenant]
    const auto event = stripe.verify(first.request()); // with the tenant's keys, or in pieces
    const auto reply = rx(event, "north", [](auto&) {});
    // [/tenant]
    return reply.why == hookseal::reply_reason::handled ? 0 : 5; // new to "north"
}
