// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/inbox_worker.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/resume.hpp>
#include <hookseal/idempotency/sqlite_store.hpp>
#include <hookseal/idempotency/tiered_store.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "idempotency/keys.hpp"
#include "sqlite/database.hpp"
#include "sqlite/temporary_file.hpp"
#include "support/catch.hpp"
#include "support/process_cases.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

using tested_store = sqlite_store<test_ticks, ignore_store_errors, test_ticks>;
using stripe_delivery = testing::delivery<providers::stripe>;
const auto stripe = stripe_delivery::verifier();

stripe_delivery paid(const std::string& id = "a") {
    return stripe_delivery{R"({"id":")" + id + R"(","type":"paid"})"};
}

/// A receiver and its inbox.
struct mailbox {
    temporary_file file{};
    tick now = 1'800'000'000'000;
    tested_store store{file.path(), {.busy_timeout = 20ms}, test_ticks{&now}, {}, test_ticks{&now}};
    receiver<decltype(stripe)&, tested_store&> rx{stripe, store, {.lease = 10s}};
    database db{file.path()};

    mailbox() {
        if (store.check()) throw std::runtime_error("the store is not there");
    }
    void pass(std::chrono::milliseconds time) { now += time.count(); }
    void take_in(const std::string& id = "a") { REQUIRE(rx.accept(paid(id).request()).status == 202); }
    [[nodiscard]] std::string rows() { return db.ask("SELECT count(*) FROM hookseal_inbox"); }
    [[nodiscard]] event_state state(const std::string& id = "a") {
        return store.peek(operators_key(id)).state;
    }
};

const auto well = [](const stored_event&) {};
const auto fails = [](const stored_event&) { return false; };
const auto nobody = [](const stored_event& event) { FAIL("handled " + event.id); };

} // namespace

TEST_CASE("inbox: 202 says that the event is in the inbox, once, and the store knows it as accepted") {
    mailbox with;
    const auto event = paid();
    const reply answer = with.rx.accept(event.request());
    REQUIRE(answer.status == 202);
    REQUIRE(answer.why == reply_reason::accepted);
    REQUIRE(with.state() == event_state::accepted);
    REQUIRE(with.rx.accept(event.request()).why == reply_reason::accepted);
    REQUIRE(with.rx(event.request(), [](const auto&) { FAIL("handled"); }).why == reply_reason::accepted);
    REQUIRE(with.rows() == "1");
}

TEST_CASE("inbox: what cannot be kept is not accepted") {
    mailbox with;
    with.db.run("CREATE TRIGGER full BEFORE INSERT ON hookseal_inbox BEGIN SELECT RAISE(ABORT, 'full'); END");
    const reply refused = with.rx.accept(paid().request());
    REQUIRE(refused.status == 503);
    REQUIRE(refused.why == reply_reason::store_unavailable);
    REQUIRE(with.state() == event_state::in_flight);
    REQUIRE(with.rows() == "0");
    with.db.run("DROP TRIGGER full");
    with.pass(10s);
    with.take_in();
    REQUIRE(with.rows() == "1");
}

TEST_CASE("inbox: an event whose body is not here is not accepted") {
    mailbox with;
    const auto event = paid();
    const request whole = event.request();
    auto pieces = stripe.begin(whole);
    pieces.update(whole.body());
    const auto verified = std::move(pieces).finish();
    REQUIRE(verified);
    const auto key = event_key::of(paid("b").event());
    const claim_token token = with.store.claim({.key = *key, .nonce = 1}).token;
    REQUIRE(with.store.accept_into_inbox(token, *verified).fault == store_fault::misconfigured);
    REQUIRE(with.rows() == "0");
}

TEST_CASE("inbox: a handler gets what was verified") {
    mailbox with;
    const std::string body = R"({"id":"evt_9","type":"charge","text":"\u00e9"})";
    const stripe_delivery event{body};
    const auto verified = stripe.verify(event.request());
    REQUIRE(with.rx.accept(verified, "north").status == 202);
    inbox_worker worker{with.store};
    int calls = 0;
    REQUIRE(worker
                .run_once([&](const stored_event& stored, const auto& context) {
                    ++calls;
                    REQUIRE(stored.provider == "stripe");
                    REQUIRE(stored.tenant == "north");
                    REQUIRE(stored.id == "evt_9");
                    REQUIRE(stored.type == "charge");
                    REQUIRE(stored.body == body);
                    REQUIRE(stored.signed_at == verified->signed_at());
                    REQUIRE(stored.signed_at);
                    REQUIRE(stored.note.empty());
                    REQUIRE(context.attempt() == 1);
                    REQUIRE(context.before() == earlier::none);
                    REQUIRE(context.token().generation > 1);
                })
                .what
            == inbox_step::completed);
    REQUIRE(calls == 1);
    REQUIRE(with.rows() == "0");
    REQUIRE(with.rx(verified, "north", [](const auto&) {}).why == reply_reason::duplicate);
}

TEST_CASE("inbox: where no time is signed there is none; bodies may hold any byte") {
    mailbox with;
    using github_delivery = testing::delivery<providers::github>;
    const auto github = github_delivery::verifier();
    const receiver rx{github, with.store};
    const std::string body = "{\"text\":\"" + std::string(1, '\0') + "\"}";
    const github_delivery push{body};
    REQUIRE(rx.accept(push.request()).status == 202);
    inbox_worker worker{with.store};
    REQUIRE(worker
                .run_once([&](const stored_event& stored) {
                    REQUIRE(stored.provider == "github");
                    REQUIRE(stored.body == body);
                    REQUIRE_FALSE(stored.signed_at);
                })
                .what
            == inbox_step::completed);
}

TEST_CASE("inbox: an acceptance whose reply was lost is repeated without a second row") {
    mailbox with;
    const auto event = paid();
    const auto verified = stripe.verify(event.request());
    const claim_token token = with.store.claim({.key = key_of("a"), .nonce = 1}).token;
    REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::ok);
    REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::ok);
    REQUIRE(with.rows() == "1");
    inbox_worker worker{with.store};
    REQUIRE(worker.run_once(well).what == inbox_step::completed);
    REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::stale);
    REQUIRE(with.rows() == "0");
}

TEST_CASE("inbox_worker: first come, first served; an empty inbox has nothing to wait for") {
    mailbox with;
    inbox_worker worker{with.store};
    REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
    REQUIRE_FALSE(worker.run_once(nobody).wait);
    for (const char* id : {"c", "a", "b"})
        with.take_in(id);
    std::string order;
    while (worker.run_once([&](const stored_event& event) { order += event.id; }).what
           == inbox_step::completed) {
    }
    REQUIRE(order == "cab");
    REQUIRE(with.state("b") == event_state::done);
}

TEST_CASE("inbox_worker: what fails is tried again, after pauses that double up to the longest") {
    mailbox with;
    with.take_in();
    inbox_worker worker{with.store, {.first_pause = 10s, .longest_pause = 35s}};
    std::uint32_t attempt = 0;
    for (const std::chrono::milliseconds pause : {10s, 20s, 35s, 35s}) {
        const auto run = worker.run_once([&](const stored_event&, const auto& context) {
            REQUIRE(context.attempt() == ++attempt);
            REQUIRE(context.before() == (attempt == 1 ? earlier::none : earlier::released));
            return false;
        });
        REQUIRE(run.what == inbox_step::postponed);
        REQUIRE(worker.run_once(nobody).wait == pause);
        with.pass(pause - 1ms);
        const auto early = worker.run_once(nobody);
        REQUIRE(early.what == inbox_step::empty);
        REQUIRE(early.wait == 1ms);
        REQUIRE(with.rx.accept(paid().request()).why == reply_reason::accepted);
        with.pass(1ms);
    }
    REQUIRE(worker.run_once(well).what == inbox_step::completed);
    REQUIRE(with.rows() == "0");
}

TEST_CASE("inbox_policy: no number of attempts is too many for the pause") {
    const inbox_policy policy{.first_pause = 1s, .longest_pause = 1h};
    REQUIRE(policy.pause_after(0) == 1s);
    REQUIRE(policy.pause_after(12) == 2048s);
    REQUIRE(policy.pause_after(13) == 1h);
    REQUIRE(policy.pause_after(0xffff'ffff) == 1h);
    REQUIRE(inbox_policy{.first_pause = 2h, .longest_pause = 1h}.pause_after(1) == 1h);
    REQUIRE(inbox_policy{.longest_pause = std::chrono::milliseconds::max()}.pause_after(0xffff'ffff)
            == std::chrono::milliseconds::max());
    REQUIRE(inbox_policy{.first_pause = 0ms}.pause_after(0xff) == 0ms);
}

TEST_CASE("inbox_worker: a handler may say when, and leave a note") {
    mailbox with;
    with.take_in();
    inbox_worker worker{with.store};
    (void)worker.run_once([](const stored_event&, auto& context) {
        context.note("the bank is closed");
        return verdict::failed(99s);
    });
    REQUIRE(worker.run_once(nobody).wait == 99s);
    REQUIRE(with.db.ask("SELECT note FROM hookseal_inbox") == "the bank is closed");
    with.pass(99s);
    (void)worker.run_once([](const stored_event& event) {
        REQUIRE(event.note == "the bank is closed");
        return verdict::unknown();
    });
    REQUIRE(with.db.ask("SELECT note FROM hookseal_inbox") == "the bank is closed"); // nobody said better
    with.pass(1h);
    (void)worker.run_once(
        [](const stored_event&, const auto& context) { REQUIRE(context.before() == earlier::unknown); });
}

TEST_CASE("inbox_worker: each scope has its workers") {
    mailbox with;
    const receiver mail{stripe, with.store, {.scope = "mail"}};
    with.take_in();
    const auto event = paid();
    REQUIRE(mail.accept(event.request()).status == 202);
    inbox_worker mails{with.store, {.scope = "mail"}};
    REQUIRE(mails.run_once(well).what == inbox_step::completed);
    REQUIRE(mails.run_once(nobody).what == inbox_step::empty);
    REQUIRE(with.state() == event_state::accepted);
    inbox_worker others{with.store};
    REQUIRE(others.run_once(well).what == inbox_step::completed);
}

TEST_CASE("inbox_worker: what was tried too often is parked if the hook takes it, or tried on") {
    struct letters {
        std::vector<std::string>* kept;
        bool takes;
        bool dead_letter(const stored_event& event, std::uint32_t attempts) noexcept {
            kept->push_back(event.id + std::to_string(attempts));
            return takes;
        }
    };
    mailbox with;
    with.take_in();
    std::vector<std::string> kept;
    const inbox_policy policy{.first_pause = 1s, .longest_pause = 1s, .max_attempts = 2};
    inbox_worker refusing{with.store, policy, letters{&kept, false}};
    for (int attempt = 1; attempt <= 2; ++attempt, with.pass(1s))
        REQUIRE(refusing.run_once(fails).what == inbox_step::postponed);
    REQUIRE(kept.empty());
    REQUIRE(refusing.run_once(nobody).what == inbox_step::postponed);
    with.pass(1s);
    inbox_worker taking{with.store, policy, letters{&kept, true}};
    REQUIRE(taking.run_once(nobody).what == inbox_step::parked);
    REQUIRE(kept == std::vector<std::string>{"a2", "a3"});
    REQUIRE(with.rows() == "0");
    REQUIRE(with.rx(paid().request(), [](const auto&) {}).why == reply_reason::parked);
}

TEST_CASE("inbox_worker: what a handler throws goes on, or to the hook; the event is tried again") {
    struct catching {
        int* caught;
        void failed(std::exception_ptr) noexcept { ++*caught; }
    };
    mailbox with;
    with.take_in();
    const auto throwing = [](const stored_event&) { throw std::runtime_error("no"); };
    inbox_worker plain{with.store};
    REQUIRE_THROWS_AS(plain.run_once(throwing), std::runtime_error);
    REQUIRE(plain.run_once(nobody).wait == 10s);
    with.pass(10s);
    int caught = 0;
    inbox_worker hooked{with.store, {}, catching{&caught}};
    REQUIRE(hooked.run_once(throwing).what == inbox_step::postponed);
    REQUIRE(caught == 1);
    with.pass(20s);
    REQUIRE(hooked
                .run_once([](const stored_event&, const auto& context) {
                    REQUIRE(context.before() == earlier::unknown);
                    REQUIRE(context.attempt() == 3);
                })
                .what
            == inbox_step::completed);
}

TEST_CASE("inbox_worker: a worker slower than its lease is overtaken and changes nothing") {
    for (const bool slow_one_succeeds : {true, false}) {
        mailbox with;
        with.take_in();
        inbox_worker slow{with.store, {.lease = 10s}};
        inbox_worker quick{with.store, {.lease = 10s}};
        const auto run = slow.run_once([&](const stored_event&) {
            REQUIRE(quick.run_once(nobody).wait == 10s);
            with.pass(10s);
            REQUIRE(quick
                        .run_once([](const stored_event&, const auto& context) {
                            REQUIRE(context.before() == earlier::unknown);
                            return verdict::failed(5s);
                        })
                        .what
                    == inbox_step::postponed);
            return slow_one_succeeds;
        });
        REQUIRE(run.what == inbox_step::not_stored);
        REQUIRE(with.rows() == "1");
        REQUIRE(quick.run_once(nobody).wait == 5s);
    }
}

TEST_CASE("inbox_worker: who asks for more time keeps the event") {
    mailbox with;
    with.take_in();
    inbox_worker slow{with.store, {.lease = 10s}};
    inbox_worker other{with.store};
    const auto run = slow.run_once([&](const stored_event&, auto& context) {
        REQUIRE(context.extend(60s).status == settle_status::ok);
        with.pass(20s);
        const auto told = other.run_once(nobody); // looks, and will come again when the lease is over
        REQUIRE(told.what == inbox_step::empty);
        REQUIRE(told.wait == 40s);
        with.pass(39s);
    });
    REQUIRE(run.what == inbox_step::completed);
    REQUIRE(with.rows() == "0");
}

TEST_CASE("inbox_worker: an event that was accepted anew after an operator forgot it is handled once") {
    mailbox with;
    with.take_in();
    REQUIRE(with.store.forget(operators_key("a")).status == settle_status::ok);
    with.take_in();
    REQUIRE(with.rows() == "2");
    inbox_worker worker{with.store};
    REQUIRE(worker.run_once(well).what == inbox_step::completed);
    REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
    REQUIRE(with.rows() == "0");
}

TEST_CASE("inbox_worker: an event whose record is lost is handled all the same") {
    mailbox with;
    with.take_in();
    REQUIRE(with.store.forget(operators_key("a")).status == settle_status::ok);
    inbox_worker worker{with.store};
    REQUIRE(worker
                .run_once([](const stored_event&, const auto& context) {
                    REQUIRE(context.before() == earlier::forgotten);
                })
                .what
            == inbox_step::completed);
}

TEST_CASE("inbox_worker: a row that nobody of ours wrote is told, and nothing is handled") {
    mailbox with;
    with.take_in();
    with.db.run("UPDATE hookseal_inbox SET ticket = 'x'");
    inbox_worker worker{with.store};
    const auto run = worker.run_once(nobody);
    REQUIRE(run.what == inbox_step::unavailable);
    REQUIRE(run.fault == store_fault::misconfigured);
}

TEST_CASE("inbox_worker: a store that cannot be asked is told, and so is an outcome that is not stored") {
    mailbox with;
    with.take_in();
    inbox_worker worker{with.store, {.lease = 10s}};
    with.db.run("BEGIN IMMEDIATE");
    REQUIRE(worker.run_once(nobody).what == inbox_step::unavailable);
    REQUIRE(worker.run_once(nobody).fault == store_fault::busy);
    with.db.run("COMMIT");
    const auto run = worker.run_once([&](const stored_event&) { with.db.run("BEGIN IMMEDIATE"); });
    REQUIRE(run.what == inbox_step::not_stored);
    REQUIRE(run.fault == store_fault::busy);
    with.db.run("COMMIT");
    with.pass(10s);
    REQUIRE(worker.run_once(well).what == inbox_step::completed); // at least once
}

TEST_CASE("inbox: the memory in front of the database takes in, too") {
    mailbox with;
    lru_ttl_store memory{100};
    tiered_store tiers{memory, with.store};
    const receiver rx{stripe, tiers};
    const auto event = paid();
    REQUIRE(rx.accept(event.request()).status == 202);
    REQUIRE(rx.accept(event.request()).status == 202);
    REQUIRE(with.rows() == "1");
}

TEST_CASE("inbox: a file of the first version gets its inbox") {
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
    const receiver rx{stripe, later};
    const auto event = paid();
    REQUIRE(rx.accept(event.request()).status == 202);
}

TEST_CASE("inbox_worker: in a transaction, a handler's work and the end of its event are one") {
    mailbox with;
    with.db.run("CREATE TABLE ledger (event TEXT)");
    const auto ledger = [&] { return with.db.ask("SELECT count(*) FROM ledger"); };
    const auto pay = [](const stored_event&, auto& context) {
        database::run(context.transaction(), "INSERT INTO ledger VALUES ('a')");
    };
    transactional inside{with.store};
    inbox_worker worker{inside, {.lease = 10s}};

    with.take_in();
    REQUIRE(worker
                .run_once([&](const stored_event& event, auto& context) {
                    pay(event, context);
                    return false;
                })
                .what
            == inbox_step::postponed);
    REQUIRE(ledger() == "0");
    with.pass(10s);
    const auto throwing = [&](const stored_event& event, auto& context) {
        pay(event, context);
        throw std::runtime_error("half way");
    };
    REQUIRE_THROWS(worker.run_once(throwing));
    REQUIRE(ledger() == "0");
    with.pass(20s);
    // Overtaken (by another process: here the handler's transaction has the lock, so its row is written).
    REQUIRE(worker
                .run_once([&](const stored_event& event, auto& context) {
                    pay(event, context);
                    database::run(context.transaction(),
                                  "UPDATE hookseal_events SET generation = generation + 1");
                })
                .what
            == inbox_step::not_stored);
    REQUIRE(ledger() == "0");
    REQUIRE(with.rows() == "1");
    with.pass(10s);
    REQUIRE(worker.run_once(pay).what == inbox_step::completed);
    REQUIRE(ledger() == "1");
    REQUIRE(with.rows() == "0");
    with.take_in("b");
    REQUIRE(worker.run_once(well).what == inbox_step::completed); // one that asks for no transaction
    REQUIRE(with.rows() == "0");
}

namespace {

/// One clock for all processes.
struct shared_clock {
    const shared_numbers<1>* seconds;
    [[nodiscard]] tick now() const noexcept { return 1'800'000'000'000 + 1000 * (*seconds)[0]; }
};

struct file_of_all {
    temporary_file file{};
    shared_numbers<1> seconds{};

    [[nodiscard]] auto open() const {
        const shared_clock clock{&seconds};
        return sqlite_store(file.path(), sqlite_settings{.survives_power_cuts = false, .busy_timeout = 60s},
                            clock, ignore_store_errors{}, clock);
    }
};

/// A store whose process dies before or after one of its calls.
template <class Store>
struct deadly_store {
    static constexpr promises promised = Store::promised;
    Store* behind;
    std::string dies;

    void at(const char* where) const noexcept {
        if (dies == where) raise(SIGKILL);
    }
    template <class Call>
    auto around(const std::string& name, Call call) const noexcept {
        at(("before " + name).c_str());
        const auto answer = call();
        at(("after " + name).c_str());
        return answer;
    }
    claim_answer claim(const claim_request& request) noexcept {
        return around("claim", [&] { return behind->claim(request); });
    }
    settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return behind->complete(token, result);
    }
    settle_answer release(const claim_token& token, earlier reason) noexcept {
        return behind->release(token, reason);
    }
    settle_answer accept_into_inbox(const claim_token& token, const verified_event& event) noexcept {
        return around("accept", [&] { return behind->accept_into_inbox(token, event); });
    }
    inbox_lease lease_from_inbox(std::string_view scope, std::chrono::milliseconds lease) noexcept {
        return around("lease", [&] { return behind->lease_from_inbox(scope, lease); });
    }
    std::optional<stored_event> read_from_inbox(const inbox_lease& lease) {
        return around("read", [&] { return behind->read_from_inbox(lease); });
    }
    settle_answer complete_in_inbox(const inbox_lease& lease, const outcome& result) noexcept {
        return around("complete", [&] { return behind->complete_in_inbox(lease, result); });
    }
    settle_answer postpone_in_inbox(const inbox_lease& lease, earlier reason, std::chrono::milliseconds pause,
                                    std::string_view note) noexcept {
        return around("postpone", [&] { return behind->postpone_in_inbox(lease, reason, pause, note); });
    }
    auto transaction() noexcept requires requires(Store& store) { store.transaction(); }
    { return behind->transaction(); }
};

/// Sends until a receiver says that it has the event, as senders do.
void deliver(const file_of_all& all, const std::string& id) {
    auto store = all.open();
    const receiver rx{stripe, store, {.lease = 10s}};
    const auto event = paid(id);
    while (rx.accept(event.request()).status / 100 != 2)
        all.seconds[0] += 10;
}

} // namespace

TEST_CASE(
    "inbox: a receiver that dies at any step loses nothing that it acknowledged, nor has it handled twice") {
    const file_of_all all;
    int expected = 0;
    for (const std::string dies : {"before claim", "after claim", "before accept", "after accept"}) {
        CAPTURE(dies);
        const std::string id = "evt_" + std::to_string(++expected);
        REQUIRE(child([&] {
                    auto store = all.open();
                    deadly_store<decltype(store)> deadly{&store, dies};
                    const receiver rx{stripe, deadly, {.lease = 10s}};
                    const auto event = paid(id);
                    return rx.accept(event.request()).status;
                }).wait()
                == -1);
        deliver(all, id);
        auto store = all.open();
        inbox_worker worker{store};
        int handled = 0;
        REQUIRE(worker.run_once([&](const stored_event& event) { handled += event.id == id; }).what
                == inbox_step::completed);
        REQUIRE(handled == 1);
        REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
    }
}

TEST_CASE("inbox_worker: a worker that dies at any step has the work done again only where it may be lost") {
    const file_of_all all;
    shared_numbers<1> effects;
    int number = 0;
    for (const std::string dies :
         {"before lease", "after lease", "before read", "after read", "in the handler", "before complete",
          "after complete", "before postpone", "after postpone"}) {
        CAPTURE(dies);
        deliver(all, "evt_" + std::to_string(++number));
        const bool fails_first = dies.find("postpone") != std::string::npos;
        effects[0] = 0;
        REQUIRE(child([&] {
                    auto store = all.open();
                    deadly_store<decltype(store)> deadly{&store, dies};
                    inbox_worker worker{deadly, {.lease = 10s}};
                    (void)worker.run_once([&](const stored_event&) {
                        deadly.at("in the handler");
                        if (!fails_first) ++effects[0];
                        return !fails_first;
                    });
                    return 0;
                }).wait()
                == -1);
        auto store = all.open();
        inbox_worker worker{store, {.lease = 10s}};
        const auto work = [&](const stored_event&) { ++effects[0]; };
        if (dies != "before lease" && dies != "after complete") {
            REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
            all.seconds[0] += 10;
        }
        REQUIRE(worker.run_once(work).what
                == (dies == "after complete" ? inbox_step::empty : inbox_step::completed));
        REQUIRE(effects[0] == (dies == "before complete" ? 2 : 1));
        REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
    }
}

TEST_CASE("inbox_worker: in a transaction, a worker that dies at any step leaves its work once") {
    const file_of_all all;
    auto watching = all.open();
    REQUIRE_FALSE(watching.check());
    database(all.file.path()).run("CREATE TABLE ledger (event TEXT)");
    const auto ledger = [&] {
        return std::stoi(database(all.file.path()).ask("SELECT count(*) FROM ledger"));
    };
    const auto pay = [](const stored_event&, auto& context) {
        database::run(context.transaction(), "INSERT INTO ledger VALUES ('a')");
    };
    int number = 0;
    for (const std::string dies :
         {"before lease", "after lease", "after read", "before complete", "after complete"}) {
        CAPTURE(dies);
        deliver(all, "evt_" + std::to_string(++number));
        REQUIRE(child([&] {
                    auto store = all.open();
                    auto session = transactional{store}.begin();
                    deadly_store<decltype(session)> deadly{&session, dies};
                    inbox_worker worker{deadly, {.lease = 10s}};
                    (void)worker.run_once(pay);
                    return 0;
                }).wait()
                == -1);
        all.seconds[0] += 10;
        auto store = all.open();
        transactional inside{store};
        inbox_worker worker{inside};
        while (worker.run_once(pay).what == inbox_step::completed) {
        }
        REQUIRE(ledger() == number);
        REQUIRE(database(all.file.path()).ask("SELECT count(*) FROM hookseal_inbox") == "0");
    }
}

TEST_CASE("inbox_worker: processes that share an inbox handle each event once") {
    constexpr std::size_t events = 40;
    const file_of_all all;
    shared_numbers<events> handled;
    for (std::size_t i = 0; i < events; ++i)
        deliver(all, std::to_string(i));
    std::vector<child> workers;
    for (int i = 0; i < 3; ++i)
        workers.emplace_back([&] {
            auto store = all.open();
            inbox_worker worker{store};
            while (true) {
                const auto run =
                    worker.run_once([&](const stored_event& event) { ++handled[std::stoul(event.id)]; });
                if (run.what == inbox_step::empty) return 0;
                if (run.what != inbox_step::completed) return 1;
            }
        });
    for (child& each : workers)
        REQUIRE(each.wait() == 0);
    for (std::size_t i = 0; i < events; ++i)
        REQUIRE(handled[i] == 1);
}
