// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "idempotency/keys.hpp"
#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

using stripe_delivery = testing::delivery<providers::stripe>;
using moment = cutting_proxy::moment;

/// An application with a ledger beside our tables.
struct application {
    postgres_schema schema;
    cutting_proxy proxy;
    postgres_store<> store;

    explicit application(const std::string& server, std::chrono::milliseconds timeout = 60s)
        : schema(server),
          proxy(port_in(server)),
          store(schema.dsn("port=" + std::to_string(proxy.port())), {.timeout = timeout}) {
        if (store.check()) throw std::runtime_error("the store is not there");
        schema.app().ask("CREATE TABLE ledger (event text)");
    }
    std::string ask(const std::string& text) const { return schema.app().ask(text); }
    [[nodiscard]] std::string ledger() const { return ask("SELECT count(*) FROM ledger"); }
    [[nodiscard]] event_state state() { return store.peek(operators_key("a")).state; }
};

void pay(PGconn* in) { postgres_connection::ask(in, "INSERT INTO ledger VALUES ('a')"); }

claim_request by(std::uint64_t nonce) {
    return {.key = key_of("a"), .lease = 10s, .keep = 1h, .nonce = nonce};
}

const stripe_delivery paid{R"({"id":"a"})"};

template <class Transactional>
void require_exactly_once(application& app, Transactional inside) {
    const auto stripe = stripe_delivery::verifier();
    receiver rx{stripe, inside};
    int calls = 0;

    REQUIRE(rx(paid.request(),
               [&](const auto&, const auto& context) {
                   pay(context.transaction());
                   ++calls;
                   return verdict::failed();
               })
                .why
            == reply_reason::failed);
    REQUIRE(app.ledger() == "0");

    const auto throwing = [&] {
        return rx(paid.request(), [&](const auto&, const auto& context) {
            pay(context.transaction());
            throw std::runtime_error("half way");
        });
    };
    REQUIRE_THROWS(throwing());
    REQUIRE(app.ledger() == "0");

    const auto handle = [&](const auto&, const auto& context) {
        pay(context.transaction());
        ++calls;
    };
    REQUIRE(rx(paid.request(), handle).why == reply_reason::handled);
    REQUIRE(rx(paid.request(), handle).why == reply_reason::duplicate);
    REQUIRE(calls == 2);
    REQUIRE(app.ledger() == "1");
    REQUIRE(app.state() == event_state::done);
}

/// Claims and pays in each of the two modes, and has `examine(session, token)` go on.
template <class Examine>
void in_each_mode(application& app, Examine examine) {
    {
        auto leased = transactional{app.store}.begin();
        const claim_answer mine = leased.claim(by(1));
        REQUIRE(mine.status == claim_status::granted);
        pay(leased.transaction());
        examine(leased, mine.token);
    }
    (void)app.store.forget(operators_key("a"));
    app.ask("DELETE FROM ledger");
    auto inside = claiming_inside(app.store).begin();
    const claim_answer mine = inside.claim(by(2));
    REQUIRE(mine.status == claim_status::granted);
    pay(inside.transaction());
    examine(inside, mine.token);
}

} // namespace

TEST_CASE("transactional: in PostgreSQL, too, the handler's work and the event's completion are one") {
    const auto server = postgres_server();
    if (!server) return;
    application leased(*server);
    require_exactly_once(leased, transactional{leased.store});
    application inside(*server);
    require_exactly_once(inside, claiming_inside(inside.store));
}

TEST_CASE("transactional: what PostgreSQL's sessions promise") {
    STATIC_REQUIRE(opens_transactions<transactional<postgres_store<>>>);
    using leased = transactional<postgres_store<>>::session;
    using inside = transactional<postgres_store<>, transaction_mode::claim_inside>::session;
    STATIC_REQUIRE(leased::promised.effect_inside);
    STATIC_REQUIRE(leased::promised.counts_attempts);
    STATIC_REQUIRE(inside::promised.effect_inside);
    STATIC_REQUIRE_FALSE(inside::promised.counts_attempts);
}

TEST_CASE("transactional: an owner whom PostgreSQL saw overtaken is rolled back") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    transactional inside{app.store};
    auto late = inside.begin();
    const claim_token token = late.claim(by(1)).token;
    pay(late.transaction());
    app.schema.pass(10s);
    auto next = inside.begin();
    const claim_token mine = next.claim(by(2)).token;
    REQUIRE(mine.generation > token.generation);
    REQUIRE(late.complete(token, {}).status == settle_status::stale);
    REQUIRE(late.complete(token, {}).status == settle_status::undone); // said again, not without its work
    REQUIRE(app.ledger() == "0");
    pay(next.transaction());
    REQUIRE(next.complete(mine, {}).status == settle_status::ok);
    REQUIRE(app.ledger() == "1");
}

TEST_CASE("transactional: a COMMIT whose reply is lost is found out about") {
    const auto server = postgres_server();
    if (!server) return;
    for (const moment when : {moment::before_the_reply, moment::after_the_reply_was_made}) {
        application app(*server);
        in_each_mode(app, [&](auto& session, const claim_token& token) {
            app.proxy.cut_at({"COMMIT"}, when);
            REQUIRE(session.complete(token, {}).status == settle_status::ok);
            REQUIRE_FALSE(app.proxy.is_armed());
            REQUIRE(app.ledger() == "1");
            REQUIRE(app.state() == event_state::done);
        });
    }
}

TEST_CASE("transactional: a COMMIT of which nothing is there was another one's, to whom its number was given "
          "again") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    in_each_mode(app, [&](auto& session, const claim_token& token) {
        app.proxy.cut_at({"COMMIT"}, moment::after_the_reply_was_made);
        REQUIRE(session.complete(token, {}).status == settle_status::ok);
        app.ask(
            "UPDATE hookseal_events SET generation = generation + 1"); // as a crash of the server may leave it
        REQUIRE(session.complete(token, {}).status == settle_status::undone);
    });
}

TEST_CASE("transactional: a COMMIT that never arrived is undone") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    in_each_mode(app, [&](auto& session, const claim_token& token) {
        app.proxy.cut_at({"COMMIT"}, moment::before_the_request);
        REQUIRE(session.complete(token, {}).status == settle_status::undone);
        REQUIRE(app.ledger() == "0");
        REQUIRE(app.state() != event_state::done);
    });
}

TEST_CASE("transactional: while the server is away after a COMMIT, nothing is claimed to be known") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server, 3s);
    in_each_mode(app, [&](auto& session, const claim_token& token) {
        app.proxy.cut_at({"COMMIT"}, moment::after_the_reply_was_made);
        std::thread vanishing([&] {
            while (app.proxy.is_armed())
                std::this_thread::yield();
            app.proxy.set_down(true);
        });
        const settle_answer unknown = session.complete(token, {});
        vanishing.join();
        if (unknown.status != settle_status::ok) { // it may have been faster than we were
            REQUIRE(unknown.status == settle_status::unavailable);
            REQUIRE(unknown.maybe_applied);
        }
        app.proxy.set_down(false);
        REQUIRE(session.complete(token, {}).status == settle_status::ok); // found out, or said again
        REQUIRE(app.ledger() == "1");
    });
}

TEST_CASE(
    "transactional: a COMMIT that is still under way is waited for, though its row is not to be seen yet") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server, 3s);
    // Commits wait for a standby that does not exist, from when the server has heard of it.
    const auto standby = [&](const std::string& name) {
        app.ask("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
        app.ask("SELECT pg_reload_conf()");
    };
    const auto waiting = [&] {
        return app.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    };
    auto session = transactional{app.store}.begin();
    const claim_token token = session.claim(by(1)).token;
    pay(session.transaction());

    const postgres_connection probe(*server);
    probe.ask("CREATE TABLE IF NOT EXISTS public.probe (n int)");
    standby("nobody");
    bool probing = true;
    while (probing) {
        REQUIRE(PQsendQuery(probe.get(), "INSERT INTO public.probe VALUES (1)") == 1);
        while (waiting() == "0" && PQconsumeInput(probe.get()) == 1 && PQisBusy(probe.get()) == 1)
            std::this_thread::yield();
        probing = waiting() == "0";
        while (probing && PQgetResult(probe.get()) != nullptr) {
        }
    }

    const settle_answer unknown = session.complete(token, {});
    const std::string seen = app.ledger();
    const event_state state = app.state();
    standby("");
    CHECK(unknown.status == settle_status::unavailable);
    CHECK(unknown.maybe_applied);
    CHECK(seen == "0");
    CHECK(state == event_state::in_flight); // who looks for the row is told that nothing was committed
    while (waiting() != "0")
        std::this_thread::yield();
    REQUIRE(session.complete(token, {}).status == settle_status::ok);
    REQUIRE(app.ledger() == "1");
}

TEST_CASE("transactional: a transaction that cannot be committed is not completed") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    app.ask(
        "CREATE TABLE once (event text UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO once VALUES ('a')");
    const auto require_undone = [&](auto& session, const claim_token& token) {
        REQUIRE(session.complete(token, {}).status == settle_status::undone);
        REQUIRE(app.ledger() == "0");
        REQUIRE(app.state() != event_state::done);
    };
    SECTION("for a constraint that is looked at last") {
        in_each_mode(app, [&](auto& session, const claim_token& token) {
            postgres_connection::ask(session.transaction(), "INSERT INTO once VALUES ('a')");
            require_undone(session, token);
        });
    }
    SECTION("for a statement that failed and that the handler overlooked") {
        in_each_mode(app, [&](auto& session, const claim_token& token) {
            REQUIRE_THROWS(postgres_connection::ask(session.transaction(), "SELECT 1/0"));
            require_undone(session, token);
        });
    }
    SECTION("for a handler that ended it") {
        in_each_mode(app, [&](auto& session, const claim_token& token) {
            postgres_connection::ask(session.transaction(), "ROLLBACK");
            require_undone(session, token);
        });
    }
    SECTION("for an administrator who ended its connection") {
        in_each_mode(app, [&](auto& session, const claim_token& token) {
            const int pid = PQbackendPID(session.transaction());
            app.ask("SELECT pg_terminate_backend(" + std::to_string(pid) + ", 60000)");
            require_undone(session, token);
        });
    }
}

TEST_CASE("transactional: a session that goes away leaves nothing of its work in PostgreSQL") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    {
        auto one = transactional{app.store}.begin();
        (void)one.claim(by(1));
        pay(one.transaction());
    }
    REQUIRE(app.ledger() == "0");
    REQUIRE(app.state() == event_state::in_flight);
    app.schema.pass(10s);
    {
        auto one = claiming_inside(app.store).begin();
        REQUIRE(one.claim(by(2)).status == claim_status::granted);
        pay(one.transaction());
    }
    REQUIRE(app.ledger() == "0");
    REQUIRE(app.store.claim(by(4)).status == claim_status::granted);
}

TEST_CASE("transactional: who claims what another transaction is claiming waits for how that ends") {
    const auto server = postgres_server();
    if (!server) return;
    for (const bool commits : {true, false}) {
        application app(*server);
        auto first = claiming_inside(app.store).begin();
        const claim_token token = first.claim(by(1)).token;
        pay(first.transaction());
        claim_answer second;
        std::thread twin([&] { second = app.store.claim(by(2)); });
        while (app.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == "0")
            std::this_thread::yield();
        if (commits)
            REQUIRE(first.complete(token, {}).status == settle_status::ok);
        else
            REQUIRE(first.release(token, earlier::released).status == settle_status::ok);
        twin.join();
        REQUIRE(second.status == (commits ? claim_status::done : claim_status::granted));
    }
}

TEST_CASE("transactional: who waits too long for another transaction is told that PostgreSQL is busy") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server, 3s);
    auto first = claiming_inside(app.store).begin();
    REQUIRE(first.claim(by(1)).status == claim_status::granted);
    REQUIRE(app.store.claim(by(2)).fault == store_fault::busy);
    REQUIRE(claiming_inside(app.store).begin().claim(by(3)).fault == store_fault::busy);
}

TEST_CASE("transactional: a handler's statements take as long as the user's own settings allow") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    auto leased = transactional{app.store}.begin();
    auto inside = claiming_inside(app.store).begin();
    REQUIRE(inside.claim(by(1)).status == claim_status::granted);
    for (PGconn* const in : {leased.transaction(), inside.transaction()}) {
        REQUIRE(postgres_connection::ask(in, "SHOW statement_timeout") == "0");
        REQUIRE(postgres_connection::ask(in, "SHOW lock_timeout") == "0");
    }
}

TEST_CASE("transactional: whatever is the database's custom, a handler sees what others have committed") {
    const auto server = postgres_server();
    if (!server) return;
    const postgres_schema schema(*server);
    postgres_store<> store{schema.dsn("options='-csearch_path=" + schema.name()
                                      + ",pg_catalog -cdefault_transaction_isolation=serializable'")};
    auto leased = transactional{store}.begin();
    auto inside = claiming_inside(store).begin();
    REQUIRE(inside.claim(by(1)).status == claim_status::granted);
    for (PGconn* const in : {leased.transaction(), inside.transaction()})
        REQUIRE(postgres_connection::ask(in, "SHOW transaction_isolation") == "read committed");
}

TEST_CASE("postgres_store: claims and completes in the user's own transaction, and nowhere else") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    PGconn* const db = app.schema.app().get();
    REQUIRE(app.store.claim_in(db, by(1)).fault == store_fault::misconfigured);
    REQUIRE(app.store.claim_in(nullptr, by(1)).fault == store_fault::misconfigured);

    app.ask("BEGIN");
    const claim_answer undone = app.store.claim_in(db, by(1));
    REQUIRE(undone.status == claim_status::granted);
    REQUIRE(app.store.complete_in(db, undone.token, {}).status == settle_status::ok);
    app.ask("ROLLBACK");
    REQUIRE(app.state() == event_state::absent);

    const claim_token leased = app.store.claim(by(2)).token;
    app.ask("BEGIN");
    pay(db);
    REQUIRE(app.store.complete_in(db, leased, {ending::handled, 5}).status == settle_status::ok);
    app.ask("COMMIT");
    REQUIRE(app.store.claim(by(3)).result == outcome{ending::handled, 5});
    app.ask("BEGIN");
    REQUIRE(app.store.complete_in(db, {.where = leased.where, .generation = 9}, {}).status
            == settle_status::stale);
    app.ask("ROLLBACK");
    REQUIRE(app.ask("SELECT count(*) FROM pg_prepared_statements") == "0"); // nothing of ours stays
}

TEST_CASE("postgres_store: a failure in the user's transaction leaves the transaction as it was") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    PGconn* const db = app.schema.app().get();
    const postgres_connection other(app.schema.dsn());

    SECTION("when another transaction holds the event") {
        (void)app.store.claim(by(1));
        other.ask("BEGIN; UPDATE hookseal_events SET code = 1");
        app.schema.pass(10s);
        app.ask("BEGIN; SET LOCAL lock_timeout = '50ms'");
        pay(db);
        REQUIRE(app.store.claim_in(db, by(2)).fault == store_fault::busy);
        app.ask("COMMIT");
        other.ask("ROLLBACK");
    }
    SECTION("when it sees the database as it was before somebody claimed the event") {
        app.ask("BEGIN ISOLATION LEVEL REPEATABLE READ");
        pay(db);
        const claim_answer winner = app.store.claim(by(1));
        REQUIRE(winner.status == claim_status::granted);
        const claim_answer late = app.store.claim_in(db, by(2));
        REQUIRE(late.status == claim_status::unavailable);
        REQUIRE(late.fault == store_fault::busy);
        app.ask("COMMIT");
    }
    REQUIRE(app.ledger() == "1");
}

TEST_CASE(
    "postgres_store: of two transactions that claim the same events in opposite order, one is refused") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    const auto of = [](const char* id, std::uint64_t nonce) {
        return claim_request{.key = key_of(id), .nonce = nonce};
    };
    const postgres_connection one(app.schema.dsn());
    const postgres_connection other(app.schema.dsn());
    for (const auto* each : {&one, &other})
        each->ask("SET deadlock_timeout = '10ms'; BEGIN");
    REQUIRE(app.store.claim_in(one.get(), of("a", 1)).status == claim_status::granted);
    REQUIRE(app.store.claim_in(other.get(), of("b", 2)).status == claim_status::granted);
    claim_answer second;
    // Which of them the server refuses is its choice; the other waits for how that transaction ends.
    const auto claim_or_give_up = [&](const postgres_connection& in, const claim_request& request) {
        const claim_answer answer = app.store.claim_in(in.get(), request);
        if (answer.status == claim_status::unavailable) in.ask("ROLLBACK");
        return answer;
    };
    std::thread waiting([&] { second = claim_or_give_up(one, of("b", 3)); });
    while (app.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == "0")
        std::this_thread::yield();
    const claim_answer fourth = claim_or_give_up(other, of("a", 4));
    waiting.join();
    const bool is_second = second.status == claim_status::granted;
    REQUIRE((is_second ? second : fourth).status == claim_status::granted);
    REQUIRE((is_second ? fourth : second).fault == store_fault::busy);
}
