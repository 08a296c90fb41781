// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis_store.hpp>

#include "redis/server.hpp"
#include "support/catch.hpp"
#include "support/process_cases.hpp"

#include <chrono>
#include <memory>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

TEST_CASE("redis_store: of several processes that want an event one handles it") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    require_one_winner_among_processes(
        [&] { return std::make_unique<redis_store<>>(*server, redis_settings{.timeout = 60s}); });
}

TEST_CASE("redis_store: a process that sleeps beyond its lease changes nothing") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    require_late_finisher_changes_nothing([&] { return std::make_unique<redis_store<>>(*server); },
                                          [&](std::chrono::milliseconds time) { app.pass(time); });
}

TEST_CASE("redis_store: a process that dies at any step is made good, with its work done again where it may "
          "be lost") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    require_deaths_are_made_good([&] { return std::make_unique<redis_store<>>(*server); },
                                 [&](std::chrono::milliseconds time) { app.pass(time); });
}
