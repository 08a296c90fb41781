// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis_store.hpp>

#include "redis/server.hpp"
#include "support/catch.hpp"
#include "support/worker_cases.hpp"

#include <chrono>

using namespace hookseal;
using namespace hookseal_tests;

TEST_CASE("redis_store: workers take over what was accepted, one at a time, until one has finished") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    redis_store<> store{*server};
    require_workers_well(store, [&](std::chrono::milliseconds time) { app.pass(time); });
}
