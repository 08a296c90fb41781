// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis_store.hpp>

#include "redis/server.hpp"
#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"
#include "support/lost_replies.hpp"

#include <chrono>

using namespace hookseal;
using namespace hookseal_tests;

TEST_CASE("redis_store: replies that are lost anywhere are made good") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    cutting_proxy proxy(port_in(*server));
    redis_store<> store{redis_at(proxy.port())};
    int works = 0;
    require_lost_replies_are_made_good(
        store, proxy, {"NX", "PTTL", "$3\r\nGET\r\n$41", "EVALSHA"},
        [&](std::chrono::milliseconds time) { app.pass(time); }, [&](const auto&) { ++works; },
        [&] { return works; });
}
