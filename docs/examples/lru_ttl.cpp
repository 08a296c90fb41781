// SPDX-License-Identifier: MIT
// The store in memory: what it tells, and what operators ask of it.
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <string>

int main() {
    using paid = hookseal::testing::delivery<hookseal::providers::stripe>;
    const auto stripe = paid::verifier();
    int early = 0;
    // [store]
    hookseal::lru_ttl_store seen{2, hookseal::steady_ticks{},
                                 [&](const hookseal::early_eviction&) noexcept { ++early; }};
    // [/store]
    const hookseal::receiver rx{stripe, seen};
    const auto handle = [](auto&) {};
    for (const char* id : {"evt_1", "evt_2", "evt_3"})
        if (rx(paid{R"({"id":")" + std::string(id) + R"("})"}.request(), handle).status != 200) return 1;
    if (early != 1 || seen.statistics().early_evictions != 1) return 2;

    // [forget]
    const hookseal::unverified_key key{.provider = "stripe", .id = "evt_3"};
    const bool was_done = seen.peek(key).state == hookseal::event_state::done;
    const bool forgotten =
        seen.forget(key).status == hookseal::settle_status::ok; // its redelivery will be handled
    // [/forget]
    const paid again{R"({"id":"evt_3"})"};
    return was_done && forgotten && rx(again.request(), handle).why == hookseal::reply_reason::handled ? 0
                                                                                                       : 3;
}
