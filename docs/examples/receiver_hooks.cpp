// SPDX-License-Identifier: MIT
// What a receiver may be told beside verifier and store: a policy, and hooks.
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <atomic>
#include <chrono>
#include <exception>
#include <stdexcept>

using namespace std::chrono_literals;

// [hooks]
struct my_hooks {
    std::atomic<int> duplicates = 0, thrown = 0, parked = 0;

    // Whatever happens: for metrics and logs.
    void note(const hookseal::receiver_note& what) noexcept {
        if (what.why == hookseal::reply_reason::duplicate) ++duplicates;
    }
    // What a handler threw. The sender gets 500; without this hook the exception goes on to the caller.
    void failed(std::exception_ptr) noexcept { ++thrown; }
    // An event that was tried more than `max_attempts` times. True: it is kept elsewhere now, try no more.
    bool dead_letter(const hookseal::verified_event&, const hookseal::delivery_context&) noexcept {
        ++parked;
        return true;
    }
};
// [/hooks]

int main() {
    using paid = hookseal::testing::delivery<hookseal::providers::stripe>;
    const auto stripe = paid::verifier();
    hookseal::lru_ttl_store seen{1000};
    my_hooks hooks;
    // [policy]
    const hookseal::receiver rx{stripe,
                                seen,
                                {.scope = "orders",  // who asks, where receivers share a store
                                 .lease = 90s,       // how long a handler may take
                                 .max_attempts = 2}, // then it is a dead letter
                                hooks};
    // [/policy]

    const paid delivery{R"({"id":"evt_1"})"};
    const auto throws = [](auto&) { throw std::runtime_error("database"); };
    // [context]
    const auto careful = [](auto&, const hookseal::delivery_context& context) {
        if (context.before
            != hookseal::earlier::none) { /* an earlier attempt may have done some of it: look first */
        }
        return context.attempt < 5;
    };
    // [/context]
    if (rx(delivery.request(), throws).status != 500 || rx(delivery.request(), throws).status != 500)
        return 1;
    if (rx(delivery.request(), careful).why != hookseal::reply_reason::parked) return 2;
    const paid other{R"({"id":"evt_2"})"};
    if (rx(other.request(), careful).status != 200 || rx(other.request(), careful).status != 200) return 3;
    return hooks.thrown == 2 && hooks.parked == 1 && hooks.duplicates == 1 ? 0 : 4;
}
