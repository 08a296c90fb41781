// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/transactional.hpp>

#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/process_cases.hpp"

#include <chrono>
#include <memory>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

TEST_CASE("postgres_store: of several processes that want an event one handles it") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    require_one_winner_among_processes(
        [&] { return std::make_unique<postgres_store<>>(schema.dsn(), postgres_settings{.timeout = 60s}); });
}

TEST_CASE("postgres_store: a process that sleeps beyond its lease changes nothing") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    require_late_finisher_changes_nothing([&] { return std::make_unique<postgres_store<>>(schema.dsn()); },
                                          [&](std::chrono::milliseconds time) { schema.pass(time); });
}

TEST_CASE("postgres_store: a process that dies at any step is made good, with its work done again where it "
          "may be lost") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    require_deaths_are_made_good([&] { return std::make_unique<postgres_store<>>(schema.dsn()); },
                                 [&](std::chrono::milliseconds time) { schema.pass(time); });
}

TEST_CASE("transactional: in PostgreSQL a process that dies at any step leaves its work once") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    schema.app().ask("CREATE TABLE ledger (event text)");
    const auto examine = [&](auto begin) {
        require_deaths_leave_one_effect(
            [&] {
                return std::make_unique<postgres_store<>>(schema.dsn(), postgres_settings{.timeout = 60s});
            },
            [&](std::chrono::milliseconds time) { schema.pass(time); }, begin,
            [](PGconn* in) { postgres_connection::ask(in, "INSERT INTO ledger VALUES ('a')"); },
            [&] { return std::stoi(schema.app().ask("SELECT count(*) FROM ledger")); });
    };
    examine([](auto& store) { return transactional{store}.begin(); });
    examine([](auto& store) { return claiming_inside(store).begin(); });
}
