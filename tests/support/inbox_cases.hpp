// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_INBOX_CASES_HPP
#define HOOKSEAL_TESTS_INBOX_CASES_HPP

#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/inbox_worker.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/resume.hpp>
#include <hookseal/idempotency/tiered_store.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"
#include "support/process_cases.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// What every store's inbox has to do, and the workers that take events out of it.

namespace hookseal_tests {

using inbox_delivery = hookseal::testing::delivery<hookseal::providers::stripe>;
inline const auto inbox_verifier = inbox_delivery::verifier();

inline inbox_delivery paid(const std::string& id = "a") {
    return inbox_delivery{R"({"id":")" + id + R"(","type":"paid"})"};
}

inline const auto well = [](const hookseal::stored_event&) {};
inline const auto fails = [](const hookseal::stored_event&) { return false; };
inline const auto nobody = [](const hookseal::stored_event& event) { FAIL("handled " + event.id); };

/// A receiver and its inbox. A store's own mailbox adds `run(text)` and `ask(text)`, by which an application talks to the
/// database, `run_in(transaction, text)`, `pass(time)`, `refuse_rows()` until `take_rows()`, and `hold()`, by which
/// another one keeps all from writing until `let_go()`.
template <class Store>
struct mailbox_of {
    Store store;
    hookseal::receiver<decltype(inbox_verifier)&, Store&> rx{
        inbox_verifier, store, {.lease = std::chrono::seconds(10)}};

    template <class... Settings>
    explicit mailbox_of(const Settings&... settings) : store(settings...) {
        if (store.check()) throw std::runtime_error("the store is not there");
    }
    void take_in(const std::string& id = "a") { REQUIRE(rx.accept(paid(id).request()).status == 202); }
    [[nodiscard]] hookseal::event_state state(const std::string& id = "a") {
        return store.peek(operators_key(id)).state;
    }
};

template <class Subject>
struct inbox_case {
    const char* what;
    void (*examine)(Subject&);
};

template <class Mailbox>
void require_overtaken(Mailbox& with, bool slow_one_succeeds) {
    using namespace hookseal;
    using namespace std::chrono_literals;
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

template <class Mailbox>
[[nodiscard]] std::vector<inbox_case<Mailbox>> inbox_cases() {
    using namespace hookseal;
    using namespace std::chrono_literals;
    return {
        {"inbox: 202 says that the event is in the inbox, once, and the store knows it as accepted",
         [](Mailbox& with) {
             const auto event = paid();
             const reply answer = with.rx.accept(event.request());
             REQUIRE(answer.status == 202);
             REQUIRE(answer.why == reply_reason::accepted);
             REQUIRE(with.state() == event_state::accepted);
             REQUIRE(with.rx.accept(event.request()).why == reply_reason::accepted);
             REQUIRE(with.rx(event.request(), [](const auto&) { FAIL("handled"); }).why
                     == reply_reason::accepted);
             REQUIRE(with.rows() == "1");
         }},
        {"inbox: what cannot be kept is not accepted",
         [](Mailbox& with) {
             with.refuse_rows();
             const reply refused = with.rx.accept(paid().request());
             REQUIRE(refused.status == 503);
             REQUIRE(refused.why == reply_reason::store_unavailable);
             REQUIRE(with.state() == event_state::in_flight);
             REQUIRE(with.rows() == "0");
             with.take_rows();
             with.pass(10s);
             with.take_in();
             REQUIRE(with.rows() == "1");
         }},
        {"inbox: an event whose body is not here is not accepted",
         [](Mailbox& with) {
             const auto event = paid();
             const request whole = event.request();
             auto pieces = inbox_verifier.begin(whole);
             pieces.update(whole.body());
             const auto verified = std::move(pieces).finish();
             REQUIRE(verified);
             const auto key = event_key::of(paid("b").event());
             const claim_token token = with.store.claim({.key = *key, .nonce = 1}).token;
             REQUIRE(with.store.accept_into_inbox(token, *verified).fault == store_fault::misconfigured);
             REQUIRE(with.rows() == "0");
         }},
        {"inbox: a handler gets what was verified",
         [](Mailbox& with) {
             const std::string body = R"({"id":"evt_9","type":"charge","text":"\u00e9"})";
             const inbox_delivery event{body};
             const auto verified = inbox_verifier.verify(event.request());
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
         }},
        {"inbox: where no time is signed there is none; bodies may hold any byte",
         [](Mailbox& with) {
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
         }},
        {"inbox: an acceptance whose reply was lost is repeated without a second row",
         [](Mailbox& with) {
             const auto event = paid();
             const auto verified = inbox_verifier.verify(event.request());
             const claim_token token = with.store.claim({.key = key_of("a"), .nonce = 1}).token;
             REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::ok);
             REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::ok);
             REQUIRE(with.rows() == "1");
             inbox_worker worker{with.store};
             REQUIRE(worker.run_once(well).what == inbox_step::completed);
             REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::stale);
             REQUIRE(with.rows() == "0");
         }},
        {"inbox: who owns the event no more, or not any more, puts nothing in",
         [](Mailbox& with) {
             const auto event = paid();
             const auto verified = inbox_verifier.verify(event.request());
             const claim_token late =
                 with.store.claim({.key = key_of("a"), .lease = 1s, .keep = 1h, .nonce = 1}).token;
             with.pass(1s);
             const claim_token token =
                 with.store.claim({.key = key_of("a"), .lease = 1s, .keep = 1h, .nonce = 2}).token;
             REQUIRE(with.store.accept_into_inbox(late, *verified).status == settle_status::stale);
             with.pass(2h);
             REQUIRE(with.store.accept_into_inbox(token, *verified).status == settle_status::gone);
             REQUIRE(with.rows() == "0");
         }},
        {"inbox: what is in it is never swept away; what has left it goes in time",
         [](Mailbox& with) {
             with.take_in();
             with.pass(10'000h);
             REQUIRE(with.store.sweep(100).available);
             REQUIRE(with.rows() == "1");
             REQUIRE(with.state() == event_state::accepted);
             inbox_worker worker{with.store};
             REQUIRE(worker.run_once(well).what == inbox_step::completed);
             with.pass(10'000h);
             while (!with.store.sweep(100).is_round) {
             }
             REQUIRE(with.ask("SELECT count(*) FROM hookseal_events") == "0");
         }},
        {"inbox: names and notes may hold any byte",
         [](Mailbox& with) {
             const std::string bytes("n\\\0\xc3\xff'", 6);
             const auto event = paid();
             REQUIRE(with.rx.accept(inbox_verifier.verify(event.request()), bytes).status == 202);
             inbox_worker worker{with.store};
             const auto leaves_a_note = [&](const stored_event& stored, auto& context) {
                 REQUIRE(stored.tenant == bytes);
                 context.note(bytes);
                 return verdict::failed(1s);
             };
             REQUIRE(worker.run_once(leaves_a_note).what == inbox_step::postponed);
             with.pass(1s);
             REQUIRE(worker.run_once([&](const stored_event& stored) { REQUIRE(stored.note == bytes); }).what
                     == inbox_step::completed);
         }},
        {"inbox: a lease may be as long as there is time; none is a mistake",
         [](Mailbox& with) {
             with.take_in();
             const auto none = with.store.lease_from_inbox("", 0ms);
             REQUIRE(none.status == inbox_status::unavailable);
             REQUIRE(none.fault == store_fault::misconfigured);
             const auto longest = std::chrono::milliseconds::max();
             const auto mine = with.store.lease_from_inbox("", longest);
             REQUIRE(mine.status == inbox_status::leased);
             const auto others = with.store.lease_from_inbox("", longest);
             REQUIRE(others.status == inbox_status::empty);
             REQUIRE(others.wait > 1'000'000h);
             REQUIRE(with.store.complete_in_inbox(mine, {ending::handled, 4}).status == settle_status::ok);
             REQUIRE(with.store.complete_in_inbox(mine, {ending::handled, 4}).status == settle_status::ok);
             REQUIRE(with.store.complete_in_inbox(mine, {ending::handled, 5}).status == settle_status::stale);
             REQUIRE(with.rows() == "0");
         }},
        {"inbox_worker: first come, first served; an empty inbox has nothing to wait for",
         [](Mailbox& with) {
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
         }},
        {"inbox_worker: who has been due longest is served first, though it came first and was put off",
         [](Mailbox& with) {
             inbox_worker worker{with.store, {.first_pause = 10s}};
             with.take_in("a");
             REQUIRE(worker.run_once(fails).what == inbox_step::postponed);
             with.pass(5s);
             with.take_in("b");
             with.pass(5s);
             std::string order;
             for (int i = 0; i < 2; ++i)
                 (void)worker.run_once([&](const stored_event& event) { order += event.id; });
             REQUIRE(order == "ba");
         }},
        {"inbox_worker: what fails is tried again, after pauses that double up to the longest",
         [](Mailbox& with) {
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
         }},
        {"inbox_worker: a handler may say when, and leave a note",
         [](Mailbox& with) {
             with.take_in();
             inbox_worker worker{with.store};
             (void)worker.run_once([](const stored_event&, auto& context) {
                 context.note("the bank is closed");
                 return verdict::failed(99s);
             });
             REQUIRE(worker.run_once(nobody).wait == 99s);
             REQUIRE(with.ask("SELECT note FROM hookseal_inbox") == "the bank is closed");
             with.pass(99s);
             (void)worker.run_once([](const stored_event& event) {
                 REQUIRE(event.note == "the bank is closed");
                 return verdict::unknown();
             });
             REQUIRE(with.ask("SELECT note FROM hookseal_inbox")
                     == "the bank is closed"); // nobody said better
             with.pass(1h);
             (void)worker.run_once([](const stored_event&, const auto& context) {
                 REQUIRE(context.before() == earlier::unknown);
             });
         }},
        {"inbox_worker: what is put off is one event, and the others go on",
         [](Mailbox& with) {
             with.take_in("a");
             with.take_in("b");
             inbox_worker worker{with.store};
             const auto puts_off = [](const stored_event&, auto& context) {
                 context.note("not today");
                 return verdict::failed(24h);
             };
             REQUIRE(worker.run_once(puts_off).what == inbox_step::postponed);
             REQUIRE(worker
                         .run_once([](const stored_event& event) {
                             REQUIRE(event.id == "b");
                             REQUIRE(event.note.empty());
                         })
                         .what
                     == inbox_step::completed);
             REQUIRE(worker.run_once(nobody).wait == 24h);
             REQUIRE(with.rows() == "1");
         }},
        {"inbox_worker: each scope has its workers",
         [](Mailbox& with) {
             const receiver mail{inbox_verifier, with.store, {.scope = "mail"}};
             const auto event = paid();
             REQUIRE(mail.accept(event.request()).status == 202);
             inbox_worker mails{with.store, {.scope = "mail"}};
             inbox_worker others{with.store};
             const auto none = others.run_once(nobody);
             REQUIRE(none.what == inbox_step::empty);
             REQUIRE_FALSE(none.wait);
             with.take_in();
             REQUIRE(mails.run_once(well).what == inbox_step::completed);
             REQUIRE(mails.run_once(nobody).what == inbox_step::empty);
             REQUIRE(with.state() == event_state::accepted);
             REQUIRE(others.run_once(well).what == inbox_step::completed);
         }},
        {"inbox_worker: what was tried too often is parked if the hook takes it, or tried on",
         [](Mailbox& with) {
             struct letters {
                 std::vector<std::string>* kept;
                 bool takes;
                 bool dead_letter(const stored_event& event, std::uint32_t attempts) noexcept {
                     kept->push_back(event.id + std::to_string(attempts));
                     return takes;
                 }
             };
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
         }},
        {"inbox_worker: what a handler throws goes on, or to the hook; the event is tried again",
         [](Mailbox& with) {
             struct catching {
                 int* caught;
                 void failed(std::exception_ptr) noexcept { ++*caught; }
             };
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
         }},
        {"inbox_worker: a worker slower than its lease is overtaken, and its success changes nothing",
         [](Mailbox& with) { require_overtaken(with, true); }},
        {"inbox_worker: a worker slower than its lease is overtaken, and its failure changes nothing",
         [](Mailbox& with) { require_overtaken(with, false); }},
        {"inbox_worker: who asks for more time keeps the event",
         [](Mailbox& with) {
             with.take_in();
             inbox_worker slow{with.store, {.lease = 10s}};
             inbox_worker other{with.store};
             const auto run = slow.run_once([&](const stored_event&, auto& context) {
                 REQUIRE(context.extend(60s).status == settle_status::ok);
                 with.pass(20s);
                 const auto told =
                     other.run_once(nobody); // looks, and will come again when the lease is over
                 REQUIRE(told.what == inbox_step::empty);
                 REQUIRE(told.wait == 40s);
                 with.pass(39s);
             });
             REQUIRE(run.what == inbox_step::completed);
             REQUIRE(with.rows() == "0");
         }},
        {"inbox_worker: an event that was accepted anew after an operator forgot it is handled once",
         [](Mailbox& with) {
             with.take_in();
             REQUIRE(with.store.forget(operators_key("a")).status == settle_status::ok);
             with.take_in();
             REQUIRE(with.rows() == "2");
             inbox_worker worker{with.store};
             REQUIRE(worker.run_once(well).what == inbox_step::completed);
             REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
             REQUIRE(with.rows() == "0");
         }},
        {"inbox_worker: an event whose record is lost is handled all the same",
         [](Mailbox& with) {
             with.take_in();
             REQUIRE(with.store.forget(operators_key("a")).status == settle_status::ok);
             inbox_worker worker{with.store};
             REQUIRE(worker
                         .run_once([](const stored_event&, const auto& context) {
                             REQUIRE(context.before() == earlier::forgotten);
                         })
                         .what
                     == inbox_step::completed);
         }},
        {"inbox_worker: a row that nobody of ours wrote is told, and nothing is handled",
         [](Mailbox& with) {
             with.take_in();
             with.run("UPDATE hookseal_inbox SET ticket = 'x'");
             inbox_worker worker{with.store};
             const auto run = worker.run_once(nobody);
             REQUIRE(run.what == inbox_step::unavailable);
             REQUIRE(run.fault == store_fault::misconfigured);
         }},
        {"inbox_worker: a store that cannot be asked is told, and so is an outcome that is not stored",
         [](Mailbox& with) {
             with.take_in();
             inbox_worker worker{with.store, {.lease = 10s}};
             with.hold();
             REQUIRE(worker.run_once(nobody).what == inbox_step::unavailable);
             REQUIRE(worker.run_once(nobody).fault == store_fault::busy);
             with.let_go();
             const auto run = worker.run_once([&](const stored_event&) { with.hold(); });
             REQUIRE(run.what == inbox_step::not_stored);
             REQUIRE(run.fault == store_fault::busy);
             with.let_go();
             with.pass(10s);
             REQUIRE(worker.run_once(well).what == inbox_step::completed); // at least once
         }},
        {"inbox: the memory in front of the database takes in, too",
         [](Mailbox& with) {
             lru_ttl_store memory{100};
             tiered_store tiers{memory, with.store};
             const receiver rx{inbox_verifier, tiers};
             const auto event = paid();
             REQUIRE(rx.accept(event.request()).status == 202);
             REQUIRE(rx.accept(event.request()).status == 202);
             REQUIRE(with.rows() == "1");
         }},
        {"inbox_worker: in a transaction, a handler's work and the end of its event are one",
         [](Mailbox& with) {
             with.run("CREATE TABLE ledger (event TEXT)");
             const auto ledger = [&] { return with.ask("SELECT count(*) FROM ledger"); };
             const auto pay = [](const stored_event&, auto& context) {
                 Mailbox::run_in(context.transaction(), "INSERT INTO ledger VALUES ('a')");
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
                             Mailbox::run_in(context.transaction(),
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
         }},
    };
}

/// A store whose process dies before or after one of its calls.
template <class Store>
struct deadly_store {
    static constexpr hookseal::promises promised = Store::promised;
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
    hookseal::claim_answer claim(const hookseal::claim_request& request) noexcept {
        return around("claim", [&] { return behind->claim(request); });
    }
    hookseal::settle_answer complete(const hookseal::claim_token& token,
                                     const hookseal::outcome& result) noexcept {
        return behind->complete(token, result);
    }
    hookseal::settle_answer release(const hookseal::claim_token& token, hookseal::earlier reason) noexcept {
        return behind->release(token, reason);
    }
    hookseal::settle_answer accept_into_inbox(const hookseal::claim_token& token,
                                              const hookseal::verified_event& event) noexcept {
        return around("accept", [&] { return behind->accept_into_inbox(token, event); });
    }
    hookseal::inbox_lease lease_from_inbox(std::string_view scope, std::chrono::milliseconds lease) noexcept {
        return around("lease", [&] { return behind->lease_from_inbox(scope, lease); });
    }
    std::optional<hookseal::stored_event> read_from_inbox(const hookseal::inbox_lease& lease) {
        return around("read", [&] { return behind->read_from_inbox(lease); });
    }
    hookseal::settle_answer complete_in_inbox(const hookseal::inbox_lease& lease,
                                              const hookseal::outcome& result) noexcept {
        return around("complete", [&] { return behind->complete_in_inbox(lease, result); });
    }
    hookseal::settle_answer postpone_in_inbox(const hookseal::inbox_lease& lease, hookseal::earlier reason,
                                              std::chrono::milliseconds pause,
                                              std::string_view note) noexcept {
        return around("postpone", [&] { return behind->postpone_in_inbox(lease, reason, pause, note); });
    }
    auto transaction() noexcept requires requires(Store& store) { store.transaction(); }
    { return behind->transaction(); }
};

template <class Store>
deadly_store(Store*, std::string) -> deadly_store<Store>;

/// Sends until a receiver says that it has the event, as senders do.
template <class Shared>
void deliver(const Shared& all, const std::string& id) {
    const auto store = all.open();
    const hookseal::receiver rx{inbox_verifier, *store, {.lease = std::chrono::seconds(10)}};
    const auto event = paid(id);
    while (rx.accept(event.request()).status / 100 != 2)
        all.pass(std::chrono::seconds(10));
}

/// Of what several processes share: `open()` gives a store, by pointer; `pass(time)`, `ask(text)`, `run_in(transaction,
/// text)` as a mailbox's.
template <class Shared>
[[nodiscard]] std::vector<inbox_case<const Shared>> shared_inbox_cases() {
    using namespace hookseal;
    using namespace std::chrono_literals;
    return {
        {"inbox: a receiver that dies at any step loses nothing that it acknowledged, nor has it handled "
         "twice",
         [](const Shared& all) {
             int expected = 0;
             for (const std::string dies : {"before claim", "after claim", "before accept", "after accept"}) {
                 CAPTURE(dies);
                 const std::string id = "evt_" + std::to_string(++expected);
                 REQUIRE(child([&] {
                             const auto store = all.open();
                             deadly_store deadly{store.get(), dies};
                             const receiver rx{inbox_verifier, deadly, {.lease = 10s}};
                             const auto event = paid(id);
                             return rx.accept(event.request()).status;
                         }).wait()
                         == -1);
                 deliver(all, id);
                 const auto store = all.open();
                 inbox_worker worker{*store};
                 int handled = 0;
                 REQUIRE(worker.run_once([&](const stored_event& event) { handled += event.id == id; }).what
                         == inbox_step::completed);
                 REQUIRE(handled == 1);
                 REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
             }
         }},
        {"inbox_worker: a worker that dies at any step has the work done again only where it may be lost",
         [](const Shared& all) {
             shared_numbers<1> effects;
             int number = 0;
             for (const std::string dies :
                  {"before lease", "after lease", "before read", "after read", "in the handler",
                   "before complete", "after complete", "before postpone", "after postpone"}) {
                 CAPTURE(dies);
                 deliver(all, "evt_" + std::to_string(++number));
                 const bool fails_first = dies.find("postpone") != std::string::npos;
                 effects[0] = 0;
                 REQUIRE(child([&] {
                             const auto store = all.open();
                             deadly_store deadly{store.get(), dies};
                             inbox_worker worker{deadly, {.lease = 10s}};
                             (void)worker.run_once([&](const stored_event&) {
                                 deadly.at("in the handler");
                                 if (!fails_first) ++effects[0];
                                 return !fails_first;
                             });
                             return 0;
                         }).wait()
                         == -1);
                 const auto store = all.open();
                 inbox_worker worker{*store, {.lease = 10s}};
                 const auto work = [&](const stored_event&) { ++effects[0]; };
                 if (dies != "before lease" && dies != "after complete") {
                     REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
                     all.pass(10s);
                 }
                 REQUIRE(worker.run_once(work).what
                         == (dies == "after complete" ? inbox_step::empty : inbox_step::completed));
                 REQUIRE(effects[0] == (dies == "before complete" ? 2 : 1));
                 REQUIRE(worker.run_once(nobody).what == inbox_step::empty);
             }
         }},
        {"inbox_worker: in a transaction, a worker that dies at any step leaves its work once",
         [](const Shared& all) {
             REQUIRE_FALSE(all.open()->check());
             all.ask("CREATE TABLE ledger (event TEXT)");
             const auto ledger = [&] { return std::stoi(all.ask("SELECT count(*) FROM ledger")); };
             const auto pay = [](const stored_event&, auto& context) {
                 Shared::run_in(context.transaction(), "INSERT INTO ledger VALUES ('a')");
             };
             int number = 0;
             for (const std::string dies :
                  {"before lease", "after lease", "after read", "before complete", "after complete"}) {
                 CAPTURE(dies);
                 deliver(all, "evt_" + std::to_string(++number));
                 REQUIRE(child([&] {
                             const auto store = all.open();
                             auto session = transactional{*store}.begin();
                             deadly_store deadly{&session, dies};
                             inbox_worker worker{deadly, {.lease = 10s}};
                             (void)worker.run_once(pay);
                             return 0;
                         }).wait()
                         == -1);
                 all.pass(10s);
                 const auto store = all.open();
                 transactional inside{*store};
                 inbox_worker worker{inside};
                 while (worker.run_once(pay).what == inbox_step::completed) {
                 }
                 REQUIRE(ledger() == number);
                 REQUIRE(all.ask("SELECT count(*) FROM hookseal_inbox") == "0");
             }
         }},
        {"inbox_worker: processes that share an inbox handle each event once",
         [](const Shared& all) {
             constexpr std::size_t events = 40;
             shared_numbers<events> handled;
             for (std::size_t i = 0; i < events; ++i)
                 deliver(all, std::to_string(i));
             std::vector<child> workers;
             for (int i = 0; i < 3; ++i)
                 workers.emplace_back([&] {
                     const auto store = all.open();
                     inbox_worker worker{*store};
                     while (true) {
                         const auto run = worker.run_once(
                             [&](const stored_event& event) { ++handled[std::stoul(event.id)]; });
                         if (run.what == inbox_step::empty) return 0;
                         if (run.what != inbox_step::completed) return 1;
                     }
                 });
             for (child& each : workers)
                 REQUIRE(each.wait() == 0);
             for (std::size_t i = 0; i < events; ++i)
                 REQUIRE(handled[i] == 1);
         }},
    };
}

} // namespace hookseal_tests

#endif
