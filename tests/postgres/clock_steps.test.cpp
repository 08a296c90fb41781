// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>

#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/stepped_clock.hpp"

#include <chrono>
#include <memory>

using namespace hookseal;
using namespace hookseal_tests;

TEST_CASE("postgres_store: what time it is to its users changes nothing") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    require_clock_steps_end_no_lease([&] { return std::make_unique<postgres_store<>>(schema.dsn()); },
                                     [&](std::chrono::milliseconds time) { schema.pass(time); });
}
