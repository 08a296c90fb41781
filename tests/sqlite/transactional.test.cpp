// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/sqlite_store.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "idempotency/keys.hpp"
#include "sqlite/database.hpp"
#include "sqlite/temporary_file.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

using tested_store = sqlite_store<test_ticks, ignore_store_errors, test_ticks>;
using stripe_delivery = testing::delivery<providers::stripe>;

/// An application with a ledger beside our tables.
struct application {
    temporary_file file{};
    tick now = 1'800'000'000'000;
    tested_store store{file.path(), {.busy_timeout = 20ms}, test_ticks{&now}, {}, test_ticks{&now}};
    database db{file.path()};

    application() {
        if (store.check()) throw std::runtime_error("the store is not there");
        db.run("CREATE TABLE ledger (event TEXT)");
    }
    [[nodiscard]] std::string ledger() { return db.ask("SELECT count(*) FROM ledger"); }
    [[nodiscard]] event_state state() { return store.peek(operators_key("a")).state; }
};

void pay(sqlite3* in) { database::run(in, "INSERT INTO ledger VALUES ('a')"); }

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

} // namespace

TEST_CASE(
    "transactional: the handler's work and the event's completion are one, whatever happens on the way") {
    application leased;
    require_exactly_once(leased, transactional{leased.store});
    application inside;
    require_exactly_once(inside, claiming_inside(inside.store));
}

TEST_CASE("transactional: what the sessions promise") {
    STATIC_REQUIRE(opens_transactions<transactional<tested_store>>);
    using leased = transactional<tested_store>::session;
    using inside = transactional<tested_store, transaction_mode::claim_inside>::session;
    STATIC_REQUIRE(leased::promised.effect_inside);
    STATIC_REQUIRE(leased::promised.counts_attempts);
    STATIC_REQUIRE(inside::promised.effect_inside);
    STATIC_REQUIRE_FALSE(inside::promised.counts_attempts);
    STATIC_REQUIRE(inside::promised.recovers);
}

TEST_CASE("transactional: an owner who was overtaken is rolled back") {
    application app;
    transactional inside{app.store};
    auto late = inside.begin();
    const claim_token token = late.claim(by(1)).token;
    pay(late.transaction());
    app.now += 10'000;

    // Somebody takes over. (In another process: here the handler's transaction has the lock, so its row is written.)
    database::run(late.transaction(), "UPDATE hookseal_events SET generation = generation + 1");
    const settle_answer told = late.complete(token, {});
    REQUIRE(told.status == settle_status::stale);
    REQUIRE(app.ledger() == "0");
    REQUIRE(late.complete(token, {}).status
            == settle_status::undone); // said again, it does not complete without its work
    REQUIRE(app.state() == event_state::in_flight);
}

TEST_CASE("transactional: an owner who asks for the transaction after being overtaken is told") {
    application app;
    transactional inside{app.store};
    auto late = inside.begin();
    const claim_token token = late.claim(by(1)).token;
    app.now += 10'000;
    auto next = inside.begin();
    const claim_token mine = next.claim(by(2)).token;
    pay(next.transaction());
    REQUIRE(next.complete(mine, {}).status == settle_status::ok);
    pay(late.transaction());
    REQUIRE(late.complete(token, {}).status == settle_status::stale);
    REQUIRE(app.ledger() == "1");
}

TEST_CASE("transactional: nothing is locked before the handler asks for its transaction") {
    application app;
    transactional inside{app.store};
    auto one = inside.begin();
    (void)one.claim(by(1));
    app.db.run("BEGIN IMMEDIATE");
    REQUIRE(one.transaction() == nullptr); // the application has the lock now
    app.db.run("COMMIT");
    REQUIRE(one.transaction() != nullptr);
}

TEST_CASE("transactional: a handler that got no transaction is not taken to have done its work") {
    application app;
    transactional inside{app.store};
    auto one = inside.begin();
    const claim_token token = one.claim(by(1)).token;
    app.db.run("BEGIN IMMEDIATE");
    REQUIRE(one.transaction() == nullptr);
    app.db.run("COMMIT");
    REQUIRE(one.complete(token, {}).status == settle_status::undone);
    REQUIRE(app.state() == event_state::in_flight);
}

TEST_CASE("transactional: a transaction that SQLite rolled back by itself is not completed") {
    application app;
    app.db.run("CREATE TABLE once (event TEXT UNIQUE ON CONFLICT ROLLBACK); INSERT INTO once VALUES ('a')");
    for (const bool claims_inside : {false, true}) {
        const auto examine = [&](auto one, std::uint64_t nonce) {
            const claim_token token = one.claim(by(nonce)).token;
            pay(one.transaction());
            REQUIRE_THROWS(database::run(one.transaction(), "INSERT INTO once VALUES ('a')"));
            REQUIRE(one.complete(token, {}).status == settle_status::undone);
            REQUIRE(app.ledger() == "0");
            REQUIRE(app.state() != event_state::done);
            (void)one.release(token, earlier::released);
        };
        if (claims_inside)
            examine(claiming_inside(app.store).begin(), 2);
        else
            examine(transactional{app.store}.begin(), 1);
    }
}

TEST_CASE("transactional: a session that goes away leaves nothing of its work, and its claim to the lease") {
    application app;
    {
        auto one = transactional{app.store}.begin();
        (void)one.claim(by(1));
        pay(one.transaction());
    }
    REQUIRE(app.ledger() == "0");
    REQUIRE(app.state() == event_state::in_flight);
    app.now += 10'000;
    {
        auto one = claiming_inside(app.store).begin();
        REQUIRE(one.claim(by(2)).status == claim_status::granted);
        pay(one.transaction());
        REQUIRE(app.store.claim(by(3)).status != claim_status::done);
    }
    REQUIRE(app.ledger() == "0");
    REQUIRE(app.store.claim(by(4)).status == claim_status::granted);
}

TEST_CASE("transactional: a delivery that nobody finished is rolled back") {
    application app;
    const auto stripe = stripe_delivery::verifier();
    transactional inside{app.store};
    receiver rx{stripe, inside};
    {
        auto delivery = rx.open(paid.request());
        REQUIRE(delivery);
        pay(delivery.context().transaction());
    }
    REQUIRE(app.ledger() == "0");
}

TEST_CASE("transactional: without the store nothing is handled, whatever the policy says") {
    application app;
    const auto stripe = stripe_delivery::verifier();
    transactional inside{app.store};
    receiver rx{stripe, inside, receiver_policy{.unavailable = receiver_policy::without_store::handle}};
    app.db.run("BEGIN IMMEDIATE");
    int calls = 0;
    REQUIRE(rx(paid.request(), [&](const auto&) { ++calls; }).why == reply_reason::store_unavailable);
    REQUIRE(calls == 0);
}

TEST_CASE("sqlite_store: claims and completes in the user's own transaction, and nowhere else") {
    application app;
    REQUIRE(app.store.claim_in(app.db.get(), by(1)).fault == store_fault::misconfigured);
    REQUIRE(app.store.claim_in(nullptr, by(1)).fault == store_fault::misconfigured);

    app.db.run("BEGIN IMMEDIATE");
    const claim_answer undone = app.store.claim_in(app.db.get(), by(1));
    REQUIRE(undone.status == claim_status::granted);
    REQUIRE(app.store.complete_in(app.db.get(), undone.token, {}).status == settle_status::ok);
    app.db.run("ROLLBACK");
    REQUIRE(app.state() == event_state::absent);

    const claim_token leased = app.store.claim(by(2)).token;
    app.db.run("BEGIN IMMEDIATE");
    pay(app.db.get());
    REQUIRE(app.store.complete_in(app.db.get(), leased, {ending::handled, 5}).status == settle_status::ok);
    app.db.run("COMMIT");
    REQUIRE(app.store.claim(by(3)).result == outcome{ending::handled, 5});
    app.db.run("BEGIN IMMEDIATE");
    REQUIRE(app.store.complete_in(app.db.get(), {.where = leased.where, .generation = 9}, {}).status
            == settle_status::stale);
    app.db.run("ROLLBACK");
}
