// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>

#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/inbox_cases.hpp"

#include <chrono>
#include <memory>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

struct mailbox : postgres_schema, mailbox_of<postgres_store<>> {
    postgres_connection another{dsn()};

    explicit mailbox(const std::string& server)
        : postgres_schema(server), mailbox_of(dsn(), postgres_settings{.timeout = 3s}) {}
    void run(const std::string& text) { app().ask(text); }
    [[nodiscard]] std::string ask(const std::string& text) { return app().ask(text); }
    static void run_in(PGconn* transaction, const std::string& text) {
        postgres_connection::ask(transaction, text);
    }
    [[nodiscard]] std::string rows() { return ask("SELECT count(*) FROM hookseal_inbox"); }
    void refuse_rows() { run("ALTER TABLE hookseal_inbox ADD CONSTRAINT is_full CHECK (false)"); }
    void take_rows() { run("ALTER TABLE hookseal_inbox DROP CONSTRAINT is_full"); }
    void hold() { another.ask("BEGIN; LOCK TABLE hookseal_inbox"); }
    void let_go() { another.ask("COMMIT"); }
};

struct shared_inbox {
    postgres_schema schema;

    [[nodiscard]] auto open() const {
        return std::make_unique<postgres_store<>>(schema.dsn(), postgres_settings{.timeout = 60s});
    }
    void pass(std::chrono::milliseconds time) const { schema.pass(time); }
    std::string ask(const std::string& text) const { return schema.app().ask(text); }
    static void run_in(PGconn* transaction, const std::string& text) {
        postgres_connection::ask(transaction, text);
    }
};

} // namespace

TEST_CASE("postgres_store: its inbox is as every inbox should be") {
    const auto server = postgres_server();
    if (!server) return;
    for (const auto& [what, examine] : inbox_cases<mailbox>())
        DYNAMIC_SECTION(what) {
            mailbox with(*server);
            examine(with);
        }
}

TEST_CASE("postgres_store: processes share its inbox, and die") {
    const auto server = postgres_server();
    if (!server) return;
    for (const auto& [what, examine] : shared_inbox_cases<shared_inbox>())
        DYNAMIC_SECTION(what) {
            const shared_inbox all{postgres_schema(*server)};
            examine(all);
        }
}
