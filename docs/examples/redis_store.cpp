// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

int main() {
    using stripe_delivery = hookseal::testing::delivery<hookseal::providers::stripe>;
    const auto stripe = stripe_delivery::verifier();
    const stripe_delivery paid{R"({"id":"evt_1"})"};
    const char* const server = std::getenv("HOOKSEAL_REDIS");
    if (server == nullptr) return 77; // skipped
    const std::string url = server;
    // [store]
    const auto complain = [](const hookseal::store_error& what) noexcept {
        std::fprintf(stderr, "redis: %.*s\n", static_cast<int>(what.text.size()), what.text.data());
    };
    hookseal::redis_store seen{url, {}, complain}; // "redis://:password@cache.internal:6379/0"
    if (seen.check()) return 1;                    // cannot be reached, or would evict events
    hookseal::receiver rx{stripe, seen};
    // [/store]
    int shipped = 0;
    const auto ship = [&](const hookseal::verified_event&) { ++shipped; };
    const bool well = rx(paid.request(), ship).why == hookseal::reply_reason::handled
                      && rx(paid.request(), ship).why == hookseal::reply_reason::duplicate && shipped == 1;
    return well ? 0 : 1;
}
