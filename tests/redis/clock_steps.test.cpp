// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis_store.hpp>

#include "redis/server.hpp"
#include "support/catch.hpp"
#include "support/stepped_clock.hpp"

#include <chrono>
#include <memory>

using namespace hookseal;
using namespace hookseal_tests;

TEST_CASE("redis_store: what time it is to its users changes nothing") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    require_clock_steps_end_no_lease([&] { return std::make_unique<redis_store<>>(*server); },
                                     [&](std::chrono::milliseconds time) { app.pass(time); });
}
