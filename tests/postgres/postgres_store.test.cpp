// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/testing/store_suite.hpp>

#include "idempotency/keys.hpp"
#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"
#include "support/histories.hpp"
#include "support/suite.hpp"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

/// How the server is told to execute the statements that change something, once they are prepared.
const std::vector<std::string> changing{std::string("\0hooksealb\0", 11), std::string("\0hooksealc\0", 11)};

struct harness {
    std::unique_ptr<postgres_schema> schema;
    std::unique_ptr<cutting_proxy> proxy;
    std::unique_ptr<postgres_store<>> first = open();
    std::unique_ptr<postgres_store<>> second = open();
    static constexpr bool exact_time = true;

    explicit harness(const std::string& server)
        : schema(std::make_unique<postgres_schema>(server)),
          proxy(std::make_unique<cutting_proxy>(port_in(server))) {}

    std::unique_ptr<postgres_store<>> open() const {
        return std::make_unique<postgres_store<>>(schema->dsn("port=" + std::to_string(proxy->port())),
                                                  postgres_settings{.timeout = 60s});
    }
    postgres_store<>& store() { return *first; }
    postgres_store<>& another() { return *second; }
    void pass(std::chrono::milliseconds time) { schema->pass(time); }
    void lose_next_reply() { proxy->cut_at(changing, cutting_proxy::moment::after_the_reply_was_made); }
    void set_down(bool down) { proxy->set_down(down); }
};

} // namespace

TEST_CASE("postgres_store: is as every store should be") {
    const auto server = postgres_server();
    if (!server) return;
    require_well(testing::run_store_suite([&] { return harness(*server); }), 0);
}

TEST_CASE("postgres_store: what threads are told at the same moment has an order") {
    const auto server = postgres_server();
    if (!server) return;
    harness with(*server);
    require_linearizable(with, 100);
}

TEST_CASE("postgres_store: is durable, shared, and never evicts") {
    STATIC_REQUIRE(check_store<postgres_store<>>());
    STATIC_REQUIRE(extendable<postgres_store<>>);
    STATIC_REQUIRE(administrable<postgres_store<>>);
    STATIC_REQUIRE(postgres_store<>::promised.durable);
    STATIC_REQUIRE(postgres_store<>::promised.shared);
    STATIC_REQUIRE_FALSE(postgres_store<>::promised.may_evict);
    STATIC_REQUIRE_FALSE(postgres_store<>::promised.effect_inside);
}

TEST_CASE("postgres_store: people find events by their names, whatever bytes these have") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn()};
    REQUIRE(store.claim({.key = key_of("evt_1", "billing", "acme")}).status == claim_status::granted);
    const std::string names =
        "SELECT scope || '/' || provider || '/' || tenant || '/' || id FROM hookseal_events ";
    REQUIRE(schema.app().ask(names) == "billing/stripe/acme/evt_1");
    REQUIRE(store.claim({.key = key_of("caf\u00e9")}).status == claim_status::granted);
    REQUIRE(schema.app().ask(names + "WHERE scope = ''") == R"(/stripe//caf\303\251)");
}

TEST_CASE("postgres_store: what is the matter is told") {
    const auto server = postgres_server();
    if (!server) return;
    struct log {
        std::string* to;
        void operator()(const store_error& what) const noexcept { *to = what.text; }
    };
    std::string told;

    cutting_proxy nobody_there(1); // a reserved port at which nobody listens
    nobody_there.set_down(true);
    postgres_store nowhere{*server + " port=" + std::to_string(nobody_there.port()), {}, log{&told}};
    REQUIRE(nowhere.check() == store_fault::down);
    REQUIRE(told.find("closed the connection") != std::string::npos);
    REQUIRE(nowhere.claim({.key = key_of("a")}).fault == store_fault::down);
    REQUIRE_FALSE(nowhere.claim({.key = key_of("a")}).maybe_applied);

    postgres_store wrong{*server + " dbname=nothing_of_the_kind", {}, log{&told}};
    REQUIRE(wrong.check() == store_fault::down);
    REQUIRE(told.find("\"nothing_of_the_kind\" does not exist") != std::string::npos);
    REQUIRE(told.back() != '\n');

    const postgres_schema schema(*server);
    REQUIRE_FALSE(postgres_store{schema.dsn()}.check());
    schema.app().ask("UPDATE hookseal_schema SET version = 99");
    postgres_store older{schema.dsn(), {}, log{&told}};
    REQUIRE(older.check() == store_fault::misconfigured);
    REQUIRE(older.claim({.key = key_of("a")}).status == claim_status::unavailable);
    REQUIRE(schema.app().ask("SELECT version FROM hookseal_schema") == "99");
}

TEST_CASE("postgres_store: a row that nobody of ours wrote is a wrong configuration, never a grant") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn()};
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::granted);
    schema.app().ask("CREATE TABLE was AS SELECT * FROM hookseal_events");
    for (const std::string wrong :
         {"state = 77", "state = -1", "before = 77", "how = 77", "lease = -1",
          "leased_until = -9223372036854775808", "expires = -9223372036854775808", "revision = 0"}) {
        CAPTURE(wrong);
        schema.app().ask("UPDATE hookseal_events SET " + wrong);
        REQUIRE(store.claim({.key = key_of("a")}).fault == store_fault::misconfigured);
        REQUIRE(store.forget(operators_key("a")).fault == store_fault::misconfigured);
        REQUIRE_FALSE(store.peek(operators_key("a")).available);
        schema.app().ask("DELETE FROM hookseal_events; INSERT INTO hookseal_events SELECT * FROM was");
    }
    schema.app().ask("UPDATE hookseal_events SET state = 77");
    REQUIRE(store.claim({.key = key_of("b")}).status == claim_status::granted); // the others are well
}

TEST_CASE("postgres_store: a transaction that does not end is waited for, and then the store is busy") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn(), {.timeout = 3s}};
    const claim_token mine = store.claim({.key = key_of("a")}).token;
    schema.app().ask("BEGIN; UPDATE hookseal_events SET code = 1");
    const settle_answer refused = store.complete(mine, {});
    REQUIRE(refused.status == settle_status::unavailable);
    REQUIRE(refused.fault == store_fault::busy);
    REQUIRE_FALSE(refused.maybe_applied);
    REQUIRE(store.claim({.key = key_of("a"), .nonce = 2}).status == claim_status::in_flight); // looking works
    schema.app().ask("ROLLBACK");
    REQUIRE(store.complete(mine, {}).status == settle_status::ok);
}

TEST_CASE("postgres_store: a server that says nothing any more is given up in time") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    cutting_proxy proxy(port_in(*server));
    const std::string dsn = schema.dsn("port=" + std::to_string(proxy.port()));
    postgres_store<> store{dsn, {.timeout = 300ms}};
    // A slow machine may be given up as well, at any other moment: then once more.
    const auto until_known = [](auto call) {
        auto answer = call();
        while (answer.status == decltype(answer.status)::unavailable)
            answer = call();
        return answer;
    };
    const auto cut_at = [&](std::string_view bytes, auto call) {
        proxy.cut_at({std::string(bytes)}, cutting_proxy::moment::never);
        auto answer = call();
        while (proxy.is_armed()) {
            schema.pass(1s); // so that there is something to change
            answer = call();
        }
        return answer;
    };
    const auto claim = [&] { return store.claim({.key = key_of("a"), .nonce = 2}); };
    const claim_token mine = until_known(claim).token;
    REQUIRE(until_known([&] { return store.release(mine, earlier::released); }).status == settle_status::ok);

    const claim_answer silent = cut_at({"\0hooksealc\0", 11}, claim);
    REQUIRE(silent.fault == store_fault::timeout);
    REQUIRE(silent.maybe_applied); // nobody knows how far it came
    REQUIRE(until_known(claim).status == claim_status::granted);

    const claim_answer unread = cut_at({"\0hookseala\0", 11}, claim);
    REQUIRE(unread.fault == store_fault::timeout);
    REQUIRE_FALSE(unread.maybe_applied); // it was only a look

    const auto connect = [&] { return postgres_store{dsn, {.timeout = 300ms}}.check(); };
    REQUIRE(cut_at({"\0postgres\0", 10}, connect) == store_fault::timeout);
}

TEST_CASE("postgres_store: connections that broke while they lay idle are replaced unnoticed") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn()};
    const claim_token mine = store.claim({.key = key_of("a")}).token;
    const auto end_all = [&] {
        return schema.app().ask(
            "SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity WHERE pid <> "
            "pg_backend_pid() AND backend_type = 'client backend'");
    };
    REQUIRE(end_all() == "1");
    REQUIRE(store.complete(mine, {}).status == settle_status::ok);
    REQUIRE(end_all() == "1");
    auto inside = transactional{store}.begin();
    REQUIRE(inside.transaction() != nullptr);
}

TEST_CASE("postgres_store: a duplicate costs no write") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn()};
    REQUIRE(store.complete(store.claim({.key = key_of("a")}).token, {}).status == settle_status::ok);
    const auto transactions = [&] {
        return schema.app().ask("SELECT pg_snapshot_xmax(pg_current_snapshot())");
    };
    const std::string before = transactions();
    for (int i = 0; i < 5; ++i)
        REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(claiming_inside(store).begin().claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(transactions() == before);
    REQUIRE(store.claim({.key = key_of("b")}).status == claim_status::granted);
    REQUIRE(transactions() != before);
}

TEST_CASE("postgres_store: completing touches no index") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn()};
    for (int i = 0; i < 10; ++i)
        REQUIRE(store.complete(store.claim({.key = key_of(std::to_string(i))}).token, {}).status
                == settle_status::ok);
    const auto entries = schema.app().ask(
        "CREATE EXTENSION IF NOT EXISTS pgstattuple SCHEMA pg_catalog; "
        "SELECT pg_relation_size('hookseal_events_pkey') / 8192 - 1 + (SELECT tuple_count FROM "
        "pgstattuple('hookseal_events_pkey')) - (SELECT count(*) FROM hookseal_events)");
    REQUIRE(entries == "1"); // one page of entries, one entry a row
}

TEST_CASE("postgres_store: rows go in passing, so that the table does not grow for ever") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    const std::size_t stores =
        GENERATE(std::size_t{1}, std::size_t{3}); // who share a table clean it together
    std::vector<std::unique_ptr<postgres_store<>>> each;
    for (std::size_t i = 0; i < stores; ++i)
        each.push_back(
            std::make_unique<postgres_store<>>(schema.dsn(), postgres_settings{.swept_after = 10}));
    for (std::size_t i = 0; i < 300; ++i) {
        postgres_store<>& store = *each[i % stores];
        const claim_answer one = store.claim({.key = key_of(std::to_string(i)), .lease = 1s, .keep = 10s});
        REQUIRE(store.complete(one.token, {}).status == settle_status::ok);
        schema.pass(1s);
    }
    const int rows = std::stoi(schema.app().ask("SELECT count(*) FROM hookseal_events"));
    REQUIRE(rows >= 10);
    REQUIRE(rows <= 100);
}

TEST_CASE("postgres_store: rows that a transaction holds are left for the next sweep") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn(), {.timeout = 3s, .swept_after = 0}};
    for (const char* id : {"a", "b"})
        REQUIRE(store.claim({.key = key_of(id), .lease = 1s, .keep = 1s}).status == claim_status::granted);
    schema.pass(2s);
    schema.app().ask("BEGIN; SELECT FROM hookseal_events WHERE id = 'a' FOR UPDATE");
    REQUIRE(store.sweep(10).removed == 1);
    schema.app().ask("COMMIT");
    REQUIRE(store.sweep(10).removed == 1);
}

TEST_CASE("postgres_store: looking for rows that are over never reads the whole table") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    REQUIRE_FALSE(postgres_store<>(schema.dsn()).check());
    schema.app().ask("INSERT INTO hookseal_events SELECT substr(sha256(i::text::bytea), 1, 16), 2, 0, 0, 0, "
                     "1, i, 0, 0, 0, 60000, 0,"
                     " 4000000000000, i, '', '', '', '' FROM generate_series(1, 20000) AS i");
    schema.app().ask(std::string("PREPARE sweep (tid, tid, bigint) AS ")
                     + postgres::texts[static_cast<std::size_t>(postgres::sql::sweep)]);
    // As the server plans it once it was executed several times, which is without a look at the values.
    schema.app().ask("SET plan_cache_mode = force_generic_plan");
    const std::string plan = schema.app().ask("EXPLAIN (FORMAT JSON) EXECUTE sweep ('(0,0)', '(9,0)', 200)");
    INFO(plan);
    REQUIRE(plan.find("Tid Range Scan") != std::string::npos);
    REQUIRE(plan.find("hookseal_events_pkey") != std::string::npos); // by which rows are removed
    REQUIRE(plan.find("Seq Scan") == std::string::npos);
}

TEST_CASE("postgres_store: a sweep looks at no more pages than rows, and comes to those behind empty ones") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn(), {.swept_after = 0}};
    REQUIRE_FALSE(store.check());
    schema.app().ask("INSERT INTO hookseal_events SELECT substr(sha256(i::text::bytea), 1, 16), 2, 0, 0, 0, "
                     "1, i, 0, 0, 0, 60000, 0, 1, i, '', '', '', '' FROM generate_series(1, 3000) AS i");
    const int pages = std::stoi(schema.app().ask("SELECT pg_relation_size('hookseal_events') / 8192"));
    schema.app().ask("DELETE FROM hookseal_events WHERE revision < 2990");
    const std::size_t at_once = 10;
    REQUIRE(pages > 3 * static_cast<int>(at_once));

    int sweeps = 0;
    std::size_t removed = 0;
    for (bool is_round = false; !is_round; ++sweeps) {
        REQUIRE_FALSE(store.sweep(0).is_round); // looks at nothing, and stays where it is
        const sweep_answer one = store.sweep(at_once);
        REQUIRE(one.available);
        REQUIRE(sweeps <= pages);
        removed += one.removed;
        is_round = one.is_round;
    }
    REQUIRE(removed == 11);
    REQUIRE(sweeps >= pages / static_cast<int>(at_once + 1));
}

TEST_CASE("postgres_store: nothing is printed by the database's library") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    schema.app().ask("CREATE TABLE hookseal_schema (version bigint NOT NULL)"); // 'already exists, skipping'
    std::FILE* const caught = std::tmpfile();
    std::fflush(stderr);
    const int stderr_before = dup(2);
    dup2(fileno(caught), 2);
    const auto fault = postgres_store{schema.dsn()}.check();
    dup2(stderr_before, 2);
    close(stderr_before);
    REQUIRE_FALSE(fault);
    REQUIRE(std::fseek(caught, 0, SEEK_END) == 0);
    REQUIRE(std::ftell(caught) == 0);
    std::fclose(caught);
}

TEST_CASE("postgres_store: several that find no tables at the same moment make them once") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    std::atomic<int> well = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < 8; ++i)
        all.emplace_back([&] { well += postgres_store{schema.dsn()}.check() ? 0 : 1; });
    for (std::thread& each : all)
        each.join();
    REQUIRE(well == 8);
    REQUIRE(schema.app().ask("SELECT version FROM hookseal_schema") == "2");
}
