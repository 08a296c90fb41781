// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/sqlite_store.hpp>
#include <hookseal/idempotency/tiered_store.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/testing/store_suite.hpp>

#include "idempotency/keys.hpp"
#include "sqlite/database.hpp"
#include "sqlite/temporary_file.hpp"
#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/histories.hpp"
#include "support/suite.hpp"

#include <sqlite3.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

using tested_store = sqlite_store<test_ticks, ignore_store_errors, test_ticks>;

struct harness {
    std::unique_ptr<temporary_file> file = std::make_unique<temporary_file>();
    std::unique_ptr<tick> now = std::make_unique<tick>(1'800'000'000'000);
    std::unique_ptr<tested_store> first = open();
    std::unique_ptr<tested_store> second = open();
    static constexpr bool exact_time = true;

    std::unique_ptr<tested_store> open() {
        const test_ticks clock{now.get()};
        return std::make_unique<tested_store>(
            file->path(), sqlite_settings{.survives_power_cuts = false, .busy_timeout = 60s}, clock,
            ignore_store_errors{}, clock);
    }
    tested_store& store() { return *first; }
    tested_store& another() { return *second; }
    void pass(std::chrono::milliseconds time) { *now += time.count(); }
};

struct tiered_harness : harness {
    using memory_store = lru_ttl_store<test_ticks>;
    std::unique_ptr<memory_store> memory = std::make_unique<memory_store>(100, test_ticks{now.get()});
    tiered_store<memory_store, tested_store> tiers{*memory, *first};

    auto& store() { return tiers; }
    void another() = delete; // memory is this process's own
};

} // namespace

TEST_CASE("tiered_store: SQLite with memory in front of it is as every store should be") {
    require_well(testing::run_store_suite([] { return tiered_harness(); }), 0);
}

TEST_CASE("sqlite_store: is as every store should be") {
    require_well(testing::run_store_suite([] { return harness(); }), 0);
}

TEST_CASE("sqlite_store: what threads are told at the same moment has an order") {
    harness with;
    require_linearizable(with, 200);
}

TEST_CASE("sqlite_store: is durable, shared, and never evicts") {
    STATIC_REQUIRE(check_store<sqlite_store<>>());
    STATIC_REQUIRE(extendable<sqlite_store<>>);
    STATIC_REQUIRE(administrable<sqlite_store<>>);
    STATIC_REQUIRE(sqlite_store<>::promised.durable);
    STATIC_REQUIRE(sqlite_store<>::promised.shared);
    STATIC_REQUIRE_FALSE(sqlite_store<>::promised.may_evict);
    STATIC_REQUIRE_FALSE(sqlite_store<>::promised.effect_inside);
}

TEST_CASE("sqlite_store: what it knows outlives it") {
    const temporary_file file;
    claim_token mine;
    {
        sqlite_store<> store{file.path()};
        REQUIRE_FALSE(store.check());
        mine = store.claim({.key = key_of("a")}).token;
        REQUIRE(store.complete(store.claim({.key = key_of("b")}).token, {ending::handled, 7}).status
                == settle_status::ok);
    }
    sqlite_store<> store{file.path()};
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::in_flight);
    REQUIRE(store.claim({.key = key_of("b")}).result == outcome{ending::handled, 7});
    REQUIRE(store.complete(mine, {}).status == settle_status::ok);
}

TEST_CASE("sqlite_store: people find events by their names") {
    const temporary_file file;
    sqlite_store<> store{file.path()};
    REQUIRE(store.claim({.key = key_of("evt_1", "billing", "acme")}).status == claim_status::granted);
    database app(file.path());
    REQUIRE(app.ask("SELECT scope || '/' || provider || '/' || tenant || '/' || id FROM hookseal_events")
            == "billing/stripe/acme/evt_1");
}

TEST_CASE("sqlite_store: the reboot of the machine ends all leases, and a step of the wall clock none") {
    struct machine {
        const tick* at;
        const std::uint64_t* boot;
        [[nodiscard]] tick now() const noexcept { return *at; }
        [[nodiscard]] std::uint64_t run() const noexcept { return *boot; }
    };
    const temporary_file file;
    tick up = 500'000'000;
    tick wall = 1'800'000'000'000;
    std::uint64_t boot = 1;
    sqlite_store<machine, ignore_store_errors, test_ticks> store{
        file.path(), {}, machine{&up, &boot}, {}, test_ticks{&wall}};
    std::uint64_t nonce = 0;
    const auto claimed = [&] {
        return store.claim({.key = key_of("a"), .lease = 60s, .keep = 1h, .nonce = ++nonce});
    };
    REQUIRE(claimed().status == claim_status::granted);

    for (const tick step : {1, -1}) {
        wall += step * 1'000'000'000'000;
        const claim_answer busy = claimed();
        REQUIRE(busy.status == claim_status::in_flight);
        REQUIRE(busy.remaining == 60s);
    }
    wall += 1'000'000'000'000; // far beyond `keep`
    up += 59'999;
    REQUIRE(claimed().remaining == 1ms);
    up += 1;
    wall -= 1'000'000'000'000;
    REQUIRE(claimed().before == earlier::unknown);

    boot = 2;
    up = 1'000;
    const claim_answer after = claimed();
    REQUIRE(after.status == claim_status::granted);
    REQUIRE(after.before == earlier::unknown);
    REQUIRE(after.token.attempt == 3);
    REQUIRE(claimed().remaining == 60s);
}

TEST_CASE("sqlite_store: the longest lease there is does not wrap around when the wall clock steps") {
    const temporary_file file;
    tick up = 500'000'000;
    tick wall = 1'800'000'000'000;
    tested_store store{file.path(), {}, test_ticks{&up}, {}, test_ticks{&wall}};
    const auto claimed = [&] {
        return store.claim({.key = key_of("a"), .lease = std::chrono::milliseconds::max()}).status;
    };
    REQUIRE(claimed() == claim_status::granted);
    wall += 3'600'000;
    REQUIRE(claimed() == claim_status::in_flight);
}

TEST_CASE("sqlite_store: a commit waits for the disk unless it is told otherwise") {
    for (const bool full : {true, false}) {
        const temporary_file file;
        sqlite_store<> store{file.path(), {.survives_power_cuts = full}};
        auto session = transactional{store}.begin();
        std::string mode;
        const auto read = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) = values[0];
            return 0;
        };
        REQUIRE(sqlite3_exec(session.transaction(), "PRAGMA synchronous", read, &mode, nullptr) == SQLITE_OK);
        REQUIRE(mode == (full ? "2" : "1")); // FULL, NORMAL
    }
}

TEST_CASE("sqlite_store: a commit that fails is said to be in doubt, and leaves the store as it was") {
    const temporary_file file;
    sqlite_store<> store{file.path()};
    const claim_token mine = store.claim({.key = key_of("a"), .nonce = 1}).token;
    // In another process, for which files may not grow.
    REQUIRE(child([&] {
                sqlite_store<> own{file.path()};
                if (own.check()) return 1;
                signal(SIGXFSZ, SIG_IGN);
                const auto size = std::filesystem::file_size(file.path() + "-wal");
                const rlimit full{static_cast<rlim_t>(size), RLIM_INFINITY};
                const rlimit free{RLIM_INFINITY, RLIM_INFINITY};
                setrlimit(RLIMIT_FSIZE, &full);
                const settle_answer failed = own.complete(mine, {});
                setrlimit(RLIMIT_FSIZE, &free);
                if (failed.status != settle_status::unavailable || !failed.maybe_applied) return 2;
                if (failed.fault != store_fault::down) return 3;
                if (own.peek(operators_key("a")).state != event_state::in_flight) return 4;
                return own.complete(mine, {}).status == settle_status::ok ? 0 : 5;
            }).wait()
            == 0);
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
}

TEST_CASE("sqlite_store: a writer that does not end is waited for, and then the store is busy") {
    const temporary_file file;
    sqlite_store<> store{file.path(), {.busy_timeout = 20ms}};
    const claim_token mine = store.claim({.key = key_of("a")}).token;
    database app(file.path());
    app.run("BEGIN IMMEDIATE");
    const claim_answer refused = store.claim({.key = key_of("b")});
    REQUIRE(refused.status == claim_status::unavailable);
    REQUIRE(refused.fault == store_fault::busy);
    REQUIRE_FALSE(refused.maybe_applied);
    REQUIRE(store.complete(mine, {}).fault == store_fault::busy);
    REQUIRE(store.claim({.key = key_of("a"), .nonce = 2}).status == claim_status::in_flight); // looking works
    app.run("ROLLBACK");
    REQUIRE(store.claim({.key = key_of("b")}).status == claim_status::granted);
    REQUIRE(store.complete(mine, {}).status == settle_status::ok);
}

TEST_CASE("sqlite_store: a group that cannot begin fails as a whole, and the next one is none the worse") {
    const temporary_file file;
    sqlite_store<> store{file.path(), {.busy_timeout = 20ms}};
    REQUIRE_FALSE(store.check());
    database app(file.path());
    const auto all_claim = [&](claim_status expected) {
        std::atomic<int> as_expected = 0;
        std::vector<std::thread> all;
        for (int i = 0; i < 8; ++i)
            all.emplace_back([&, i] {
                as_expected += store.claim({.key = key_of(std::to_string(i))}).status == expected ? 1 : 0;
            });
        for (std::thread& each : all)
            each.join();
        return as_expected == 8;
    };
    app.run("BEGIN IMMEDIATE");
    REQUIRE(all_claim(claim_status::unavailable));
    app.run("ROLLBACK");
    REQUIRE(all_claim(claim_status::granted));
}

TEST_CASE("sqlite_store: what is the matter is told") {
    struct log {
        std::string* to;
        void operator()(const store_error& what) const noexcept { *to = what.text; }
    };
    const temporary_file file;
    std::string told;

    sqlite_store<machine_ticks, log> nowhere{file.path("no/such/folder"), {}, {}, log{&told}};
    REQUIRE(nowhere.check() == store_fault::down);
    REQUIRE(told == "unable to open database file");
    REQUIRE(nowhere.claim({.key = key_of("a")}).fault == store_fault::down);

    std::FILE* const text = std::fopen(file.path("text").c_str(), "w");
    for (int i = 0; i < 1000; ++i)
        std::fputs("not a database\n", text);
    std::fclose(text);
    sqlite_store<machine_ticks, log> wrong{file.path("text"), {}, {}, log{&told}};
    REQUIRE(wrong.check() == store_fault::misconfigured);
    REQUIRE(told == "file is not a database");
    REQUIRE(wrong.claim({.key = key_of("a")}).fault == store_fault::misconfigured);
    REQUIRE_FALSE(wrong.peek(operators_key("a")).available);

    {
        sqlite_store<> first{file.path()};
        (void)first.check();
    }
    database(file.path()).run("UPDATE hookseal_numbers SET value = 99 WHERE name = 'schema'");
    sqlite_store<machine_ticks, log> older{file.path(), {}, {}, log{&told}};
    REQUIRE(older.check() == store_fault::misconfigured);
    REQUIRE(older.claim({.key = key_of("a")}).status == claim_status::unavailable);
    REQUIRE(database(file.path()).ask("SELECT value FROM hookseal_numbers WHERE name = 'schema'") == "99");
}

TEST_CASE("sqlite_store: a row that nobody of ours wrote is a wrong configuration, never a grant") {
    const temporary_file file;
    sqlite_store<> store{file.path()};
    for (const char* const wrong :
         {"state = 77", "state = -1", "state = 1 << 32", "before = 77", "how = 1 << 32", "lease = -1",
          "leased_until = -1 << 63", "expires = -1 << 63"}) {
        (void)store.forget(operators_key("a"));
        REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::granted);
        database app(file.path());
        app.run("CREATE TABLE was AS SELECT * FROM hookseal_events");
        app.run(std::string("UPDATE hookseal_events SET ") + wrong);
        CAPTURE(wrong);
        REQUIRE(store.claim({.key = key_of("a")}).fault == store_fault::misconfigured);
        REQUIRE(store.forget(operators_key("a")).fault == store_fault::misconfigured);
        REQUIRE_FALSE(store.peek(operators_key("a")).available);
        app.run("DELETE FROM hookseal_events; INSERT INTO hookseal_events SELECT * FROM was; DROP TABLE was");
    }
    REQUIRE(store.claim({.key = key_of("b")}).status == claim_status::granted); // the others are well
}

TEST_CASE("sqlite_store: a store that was out of reach is there again when its file is") {
    const temporary_file file;
    sqlite_store<> store{file.path("later/events.db")};
    REQUIRE(store.claim({.key = key_of("a")}).fault == store_fault::down);
    std::filesystem::create_directory(file.path("later"));
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::granted);
}

TEST_CASE("sqlite_store: rows go in passing, so that the table does not grow for ever") {
    harness with;
    for (int i = 0; i < 300; ++i) {
        const claim_answer one =
            with.store().claim({.key = key_of(std::to_string(i)), .lease = 1s, .keep = 10s});
        REQUIRE(with.store().complete(one.token, {}).status == settle_status::ok);
        with.pass(1s);
    }
    const int rows = std::stoi(database(with.file->path()).ask("SELECT count(*) FROM hookseal_events"));
    REQUIRE(rows >= 10);
    REQUIRE(rows <= 40);
}

TEST_CASE("sqlite_store: no generation comes again, whichever row was removed last") {
    harness with;
    const auto claim = [&](const char* id, std::chrono::milliseconds keep) {
        const claim_answer one = with.store().claim({.key = key_of(id), .lease = 1s, .keep = keep});
        REQUIRE(one.status == claim_status::granted);
        return one.token.generation;
    };
    const auto sweep = [&](std::chrono::milliseconds time) {
        with.pass(time);
        while (!with.store().sweep(100).is_round) {
        }
        return database(with.file->path()).ask("SELECT count(*) FROM hookseal_events");
    };
    std::uint64_t highest = 0;
    for (int i = 0; i < 5; ++i, with.pass(1s))
        highest = claim("often", 5s);
    REQUIRE(claim("once", 1h) < highest);
    REQUIRE(sweep(10s) == "1");
    REQUIRE(sweep(2h) == "0");
    REQUIRE(claim("often", 5s) > highest);
}

TEST_CASE("sqlite_store: a duplicate writes nothing") {
    const temporary_file file;
    sqlite_store<> store{file.path()};
    (void)store.complete(store.claim({.key = key_of("a")}).token, {});
    database app(file.path());
    const std::string before = app.ask("PRAGMA data_version");
    for (int i = 0; i < 5; ++i)
        REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(app.ask("PRAGMA data_version") == before);
    (void)store.claim({.key = key_of("b")});
    REQUIRE(app.ask("PRAGMA data_version") != before);
}

TEST_CASE("sqlite_store: changes of several threads at the same moment share a commit") {
    const temporary_file file;
    sqlite_store<> store{file.path(), {.busy_timeout = 60s}};
    REQUIRE_FALSE(store.check());
    database app(file.path());
    app.run("BEGIN IMMEDIATE"); // until all have come
    constexpr std::size_t threads = 8;
    std::atomic<int> granted = 0;
    std::vector<std::thread> all;
    for (std::size_t i = 0; i < threads; ++i)
        all.emplace_back([&, i] {
            if (store.claim({.key = key_of(std::to_string(i))}).status == claim_status::granted) ++granted;
        });
    const std::string before = app.ask("PRAGMA data_version");
    std::this_thread::sleep_for(
        200ms); // the one place where more time makes the test stricter, and less proves less
    app.run("COMMIT");
    for (std::thread& each : all)
        each.join();
    REQUIRE(granted == threads);
    REQUIRE(app.ask("SELECT count(*) FROM hookseal_events") == std::to_string(threads));
    REQUIRE(app.ask("PRAGMA data_version") != before);
}
