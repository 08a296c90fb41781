// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/sqlite_store.hpp>

#include "sqlite/database.hpp"
#include "sqlite/temporary_file.hpp"
#include "support/catch.hpp"
#include "support/inbox_cases.hpp"

#include <chrono>
#include <memory>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

struct own_time {
    tick now = 1'800'000'000'000;
};

using tested_store = sqlite_store<test_ticks, ignore_store_errors, test_ticks>;

struct mailbox : temporary_file, own_time, mailbox_of<tested_store> {
    database db{path()};

    mailbox()
        : mailbox_of(path(), sqlite_settings{.busy_timeout = 20ms}, test_ticks{&now}, ignore_store_errors{},
                     test_ticks{&now}) {}
    void pass(std::chrono::milliseconds time) { now += time.count(); }
    void run(const std::string& text) { db.run(text); }
    [[nodiscard]] std::string ask(const std::string& text) { return db.ask(text); }
    static void run_in(sqlite3* transaction, const std::string& text) { database::run(transaction, text); }
    [[nodiscard]] std::string rows() { return ask("SELECT count(*) FROM hookseal_inbox"); }
    void refuse_rows() {
        run("CREATE TRIGGER full BEFORE INSERT ON hookseal_inbox BEGIN SELECT RAISE(ABORT, 'full'); END");
    }
    void take_rows() { run("DROP TRIGGER full"); }
    void hold() { run("BEGIN IMMEDIATE"); }
    void let_go() { run("COMMIT"); }
};

/// One clock for all processes.
struct shared_clock {
    const shared_numbers<1>* seconds;
    [[nodiscard]] tick now() const noexcept { return 1'800'000'000'000 + 1000 * (*seconds)[0]; }
};

struct shared_inbox {
    temporary_file file{};
    shared_numbers<1> seconds{};

    [[nodiscard]] auto open() const {
        using store = sqlite_store<shared_clock, ignore_store_errors, shared_clock>;
        const shared_clock clock{&seconds};
        return std::make_unique<store>(file.path(),
                                       sqlite_settings{.survives_power_cuts = false, .busy_timeout = 60s},
                                       clock, ignore_store_errors{}, clock);
    }
    void pass(std::chrono::seconds time) const { seconds[0] += static_cast<int>(time.count()); }
    std::string ask(const std::string& text) const { return database(file.path()).ask(text); }
    static void run_in(sqlite3* transaction, const std::string& text) { database::run(transaction, text); }
};

} // namespace

TEST_CASE("sqlite_store: its inbox is as every inbox should be") {
    for (const auto& [what, examine] : inbox_cases<mailbox>())
        DYNAMIC_SECTION(what) {
            mailbox with;
            examine(with);
        }
}

TEST_CASE("sqlite_store: processes share its inbox, and die") {
    for (const auto& [what, examine] : shared_inbox_cases<shared_inbox>())
        DYNAMIC_SECTION(what) {
            const shared_inbox all;
            examine(all);
        }
}

TEST_CASE("sqlite_store: a file of the first version gets its inbox") {
    const temporary_file file;
    {
        sqlite_store first{file.path()};
        REQUIRE_FALSE(first.check());
        database(file.path())
            .run("UPDATE hookseal_numbers SET value = 1 WHERE name = 'schema';"
                 "DROP TABLE hookseal_inbox;"
                 "CREATE TABLE hookseal_inbox (number INTEGER PRIMARY KEY, ticket TEXT)");
    }
    sqlite_store later{file.path()};
    const receiver rx{inbox_verifier, later};
    const auto event = paid();
    REQUIRE(rx.accept(event.request()).status == 202);
}
