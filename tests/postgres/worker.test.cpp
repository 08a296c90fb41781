// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>

#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/worker_cases.hpp"

#include <chrono>

using namespace hookseal;
using namespace hookseal_tests;

TEST_CASE("postgres_store: workers take over what was accepted, one at a time, until one has finished") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn()};
    require_workers_well(store, [&](std::chrono::milliseconds time) { schema.pass(time); });
}
