// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres/database.hpp>
#include <hookseal/idempotency/postgres_store.hpp>

#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"
#include "support/inbox_cases.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

struct mailbox : postgres_schema, mailbox_of<postgres_store<>> {
    postgres_connection another{dsn()};

    explicit mailbox(const std::string& server)
        : postgres_schema(server), mailbox_of(dsn(), postgres_settings{.timeout = 60s}) {}
    void run(const std::string& text) { app().ask(text); }
    [[nodiscard]] std::string ask(const std::string& text) { return app().ask(text); }
    static void run_in(PGconn* transaction, const std::string& text) {
        postgres_connection::ask(transaction, text);
    }
    [[nodiscard]] std::string rows() { return ask("SELECT count(*) FROM hookseal_inbox"); }
    void refuse_rows() { run("ALTER TABLE hookseal_inbox ADD CONSTRAINT is_full CHECK (false)"); }
    void take_rows() { run("ALTER TABLE hookseal_inbox DROP CONSTRAINT is_full"); }
    /// What PostgreSQL says to who has waited long enough, without the waiting.
    void hold() {
        run("CREATE FUNCTION is_held() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE lock_not_available; "
            "END'");
        for (const std::string table : {"hookseal_inbox", "hookseal_events"})
            run("CREATE TRIGGER held BEFORE UPDATE ON " + table + " EXECUTE FUNCTION is_held()");
    }
    void let_go() { run("DROP FUNCTION is_held CASCADE"); }
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

TEST_CASE("postgres_store: workers pass over an event that another transaction has in hand") {
    const auto server = postgres_server();
    if (!server) return;
    mailbox with(*server);
    inbox_worker worker{with.store};
    with.take_in("a");
    with.take_in("b");
    with.another.ask("BEGIN; SELECT FROM hookseal_inbox ORDER BY number LIMIT 1 FOR UPDATE");
    std::string handled;
    const auto note = [&](const stored_event& event) { handled += event.id; };
    REQUIRE(worker.run_once(note).what == inbox_step::completed);
    const auto held = worker.run_once(nobody);
    REQUIRE(held.what == inbox_step::empty);
    REQUIRE(held.wait == 100ms);
    with.another.ask("COMMIT");
    REQUIRE(worker.run_once(note).what == inbox_step::completed);
    REQUIRE(handled == "ba");
}

TEST_CASE("postgres_store: who is overtaken while it settles an event leaves the inbox alone") {
    const auto server = postgres_server();
    if (!server) return;
    mailbox with(*server);
    postgres_store<> patient{with.dsn(), {.timeout = 60s}};
    // Another one changes the event between the look and the change.
    const auto overtaken = [&](auto settle) {
        with.another.ask(
            "BEGIN; UPDATE hookseal_events SET generation = generation + 1, revision = revision + 1");
        settle_answer told;
        std::thread late([&] { told = settle(); });
        while (with.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == "0")
            std::this_thread::yield();
        with.another.ask("COMMIT");
        late.join();
        return told.status == settle_status::stale;
    };
    const auto event = paid();
    const auto verified = inbox_verifier.verify(event.request());
    const claim_token token =
        with.store.claim({.key = key_of("a"), .lease = 10s, .keep = 1h, .nonce = 1}).token;
    REQUIRE(overtaken([&] { return patient.accept_into_inbox(token, *verified); }));
    REQUIRE(with.rows() == "0");
    with.pass(10s);
    with.take_in();
    const std::string due = with.ask("SELECT due FROM hookseal_inbox");
    auto lease = with.store.lease_from_inbox("", 10s);
    const std::string taken = with.ask("SELECT due FROM hookseal_inbox");
    REQUIRE(taken != due);
    REQUIRE(overtaken([&] { return patient.postpone_in_inbox(lease, earlier::released, 1h, "late"); }));
    REQUIRE(with.ask("SELECT due FROM hookseal_inbox") == taken);
    with.pass(10s);
    lease = with.store.lease_from_inbox("", 10s);
    REQUIRE(lease.status == inbox_status::leased);
    REQUIRE(overtaken([&] { return patient.complete_in_inbox(lease, {}); }));
    REQUIRE(with.rows() == "1");
}

TEST_CASE(
    "postgres_store: who found an event in other hands puts it off only if nobody else has done so since") {
    const auto server = postgres_server();
    if (!server) return;
    mailbox with(*server);
    with.take_in();
    const std::string ticket = with.ask("SELECT ticket FROM hookseal_inbox");
    auto on = postgres::open_database(with.dsn().c_str(), 60s);
    const auto look_later = [&](tick when_taken, tick then) {
        on.ask(postgres::sql::look_later, postgres::parameters().add(ticket).add(when_taken).add(then));
        REQUIRE(on.well());
        return with.ask("SELECT due FROM hookseal_inbox");
    };
    const tick due = std::stoll(with.ask("SELECT due FROM hookseal_inbox"));
    REQUIRE(look_later(due - 1, due + 5) == std::to_string(due));
    REQUIRE(look_later(due, due + 5) == std::to_string(due + 5));
}

TEST_CASE("postgres_store: tables of the first version get their inbox") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    REQUIRE_FALSE(postgres_store{schema.dsn()}.check());
    schema.app().ask("UPDATE hookseal_schema SET version = 1; DROP TABLE hookseal_inbox");
    postgres_store later{schema.dsn()};
    const receiver rx{inbox_verifier, later};
    const auto event = paid();
    REQUIRE(rx.accept(event.request()).status == 202);
    REQUIRE(schema.app().ask("SELECT version FROM hookseal_schema") == "2");
}

namespace {

using moment = cutting_proxy::moment;

/// How libpq has a statement executed that was prepared.
std::string prepared(postgres::sql which) {
    return std::string("\0hookseal", 9) + static_cast<char>('a' + static_cast<int>(which))
           + std::string(1, '\0');
}

struct far_mailbox {
    postgres_schema schema;
    cutting_proxy proxy;
    postgres_store<> store;
    receiver<decltype(inbox_verifier)&, postgres_store<>&> rx{inbox_verifier, store};

    explicit far_mailbox(const std::string& server)
        : schema(server), proxy(port_in(server)), store(schema.dsn("port=" + std::to_string(proxy.port()))) {
        schema.app().ask("CREATE TABLE ledger (event text)");
        REQUIRE_FALSE(store.check());
        // The first use of a statement, which prepares it, is none to cut.
        inbox_worker worker{store, {.first_pause = 0ms}};
        REQUIRE(rx.accept(paid("warm").request()).status == 202);
        REQUIRE(worker.run_once(fails).what == inbox_step::postponed);
        REQUIRE(worker.run_once(well).what == inbox_step::completed);
    }
    [[nodiscard]] std::string ask(const std::string& text) const { return schema.app().ask(text); }
    [[nodiscard]] std::string rows() const { return ask("SELECT count(*) FROM hookseal_inbox"); }
    [[nodiscard]] std::string ledger() const { return ask("SELECT count(*) FROM ledger"); }
};

constexpr std::array every_moment{moment::before_the_request, moment::before_the_reply,
                                  moment::after_the_reply_was_made};

} // namespace

TEST_CASE("postgres_store: an acceptance whose reply is lost is made good, with one row") {
    const auto server = postgres_server();
    if (!server) return;
    for (const moment when : every_moment) {
        far_mailbox with(*server);
        with.proxy.cut_at({prepared(postgres::sql::accept_into_inbox)}, when);
        REQUIRE(with.rx.accept(paid().request()).status == 202);
        REQUIRE_FALSE(with.proxy.is_armed());
        REQUIRE(with.rows() == "1");
    }
}

TEST_CASE("postgres_store: what a lost reply leaves unknown is said to be so, and the event is not lost") {
    const auto server = postgres_server();
    if (!server) return;
    using postgres::sql;
    for (const sql which : {sql::take_from_inbox, sql::find, sql::change, sql::read_from_inbox}) {
        for (const moment when : every_moment) {
            CAPTURE(static_cast<int>(which), static_cast<int>(when));
            far_mailbox with(*server);
            REQUIRE(with.rx.accept(paid().request()).status == 202);
            inbox_worker worker{with.store, {.lease = 10s}};
            int handled = 0;
            const auto count = [&](const stored_event&) { ++handled; };
            with.proxy.cut_at({prepared(which)}, when);
            const auto run = worker.run_once(count);
            REQUIRE_FALSE(with.proxy.is_armed());
            if (run.what != inbox_step::completed) {
                REQUIRE((run.what == inbox_step::unavailable || run.what == inbox_step::empty));
                REQUIRE(handled == 0);
            }
            // The server may take an event for who is not there any more, and at its own time.
            int again = 0;
            while (handled == 0) {
                REQUIRE(++again < 100);
                with.schema.pass(10s);
                (void)worker.run_once(count);
            }
            REQUIRE(handled == 1);
            REQUIRE(with.rows() == "0");
        }
    }
}

TEST_CASE("postgres_store: of what was asked of the inbox in vain it is said that it may have been done") {
    const auto server = postgres_server();
    if (!server) return;
    far_mailbox with(*server);
    postgres_store<> brief{with.schema.dsn("port=" + std::to_string(with.proxy.port())), {.timeout = 300ms}};
    // A slow machine may be given up as well, at any other moment: then once more.
    const auto unanswered = [&](postgres::sql which, auto call) {
        with.proxy.cut_at({prepared(which)}, moment::never);
        settle_answer told = call();
        while (with.proxy.is_armed())
            told = call();
        REQUIRE(told.status == settle_status::unavailable);
        REQUIRE(told.fault == store_fault::timeout);
        REQUIRE(told.maybe_applied);
    };
    const auto event = paid();
    const auto verified = inbox_verifier.verify(event.request());
    const claim_token token = with.store.claim({.key = key_of("a"), .nonce = 1}).token;
    unanswered(postgres::sql::accept_into_inbox, [&] { return brief.accept_into_inbox(token, *verified); });
    REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::ok);
    const auto lease = with.store.lease_from_inbox("", 10s);
    unanswered(postgres::sql::postpone_in_inbox,
               [&] { return brief.postpone_in_inbox(lease, earlier::released, 1s, ""); });
    unanswered(postgres::sql::complete_in_inbox, [&] { return brief.complete_in_inbox(lease, {}); });
    REQUIRE(with.store.complete_in_inbox(lease, {}).status == settle_status::ok);
}

TEST_CASE("postgres_store: how an event ended is made good when its reply is lost") {
    const auto server = postgres_server();
    if (!server) return;
    for (const moment when : every_moment) {
        far_mailbox with(*server);
        inbox_worker worker{with.store, {.first_pause = 5s}};
        REQUIRE(with.rx.accept(paid().request()).status == 202);
        with.proxy.cut_at({prepared(postgres::sql::postpone_in_inbox)}, when);
        REQUIRE(worker.run_once(fails).what == inbox_step::postponed);
        REQUIRE_FALSE(with.proxy.is_armed());
        REQUIRE(worker.run_once(nobody).wait == 5s);
        with.schema.pass(5s);
        with.proxy.cut_at({prepared(postgres::sql::complete_in_inbox)}, when);
        REQUIRE(worker.run_once(well).what == inbox_step::completed);
        REQUIRE_FALSE(with.proxy.is_armed());
        REQUIRE(with.rows() == "0");
        REQUIRE(with.store.peek(operators_key("a")).state == event_state::done);
    }
}

TEST_CASE("postgres_store: a worker's COMMIT whose reply is lost is found out about") {
    const auto server = postgres_server();
    if (!server) return;
    const auto pay = [](const stored_event&, auto& context) {
        postgres_connection::ask(context.transaction(), "INSERT INTO ledger VALUES ('a')");
    };
    for (const moment when : every_moment) {
        far_mailbox with(*server);
        transactional inside{with.store};
        inbox_worker worker{inside, {.lease = 10s}};
        REQUIRE(with.rx.accept(paid().request()).status == 202);
        with.proxy.cut_at({"COMMIT"}, when);
        const auto run = worker.run_once(pay);
        REQUIRE_FALSE(with.proxy.is_armed());
        if (when == moment::before_the_request) {
            REQUIRE(run.what == inbox_step::not_stored);
            REQUIRE(with.ledger() == "0");
            REQUIRE(with.rows() == "1");
            with.schema.pass(10s);
            REQUIRE(worker.run_once(pay).what == inbox_step::completed);
        } else {
            REQUIRE(run.what == inbox_step::completed);
        }
        REQUIRE(with.ledger() == "1");
        REQUIRE(with.rows() == "0");
    }
}

TEST_CASE(
    "postgres_store: while the server is away after a worker's COMMIT, nothing is claimed to be known") {
    const auto server = postgres_server();
    if (!server) return;
    far_mailbox with(*server);
    REQUIRE(with.rx.accept(paid().request()).status == 202);
    postgres_store<> brief{with.schema.dsn("port=" + std::to_string(with.proxy.port())), {.timeout = 3s}};
    auto session = transactional{brief}.begin();
    auto lease = session.lease_from_inbox("", 10s);
    for (; lease.status != inbox_status::leased; lease = session.lease_from_inbox("", 10s))
        with.schema.pass(10s); // the machine may be slower than its timeout
    postgres_connection::ask(session.transaction(), "INSERT INTO ledger VALUES ('a')");
    with.proxy.cut_at({"COMMIT"}, moment::after_the_reply_was_made);
    std::thread vanishing([&] {
        while (with.proxy.is_armed())
            std::this_thread::yield();
        with.proxy.set_down(true);
    });
    const settle_answer unknown = session.complete_in_inbox(lease, {});
    vanishing.join();
    if (unknown.status != settle_status::ok) { // it may have been faster than we were
        REQUIRE(unknown.status == settle_status::unavailable);
        REQUIRE(unknown.maybe_applied);
    }
    with.proxy.set_down(false);
    settle_answer known = unknown;
    while (known.status == settle_status::unavailable)
        known = session.complete_in_inbox(lease, {});
    REQUIRE(known.status == settle_status::ok);
    REQUIRE(with.ledger() == "1");
    REQUIRE(with.rows() == "0");
}
