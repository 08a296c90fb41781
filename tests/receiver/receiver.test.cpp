// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/gitlab.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace hookseal;
using hookseal_tests::test_ticks;
using namespace std::chrono_literals;

namespace {

using stripe_delivery = testing::delivery<providers::stripe>;

stripe_delivery paid(std::string_view id = "evt_1") {
    return stripe_delivery{R"({"id":")" + std::string(id) + R"("})"};
}

/// A store that answers what it is told to, and writes down what it is asked.
struct scripted_store {
    static constexpr promises promised{.exclusive = true,
                                       .tells_in_flight = true,
                                       .recovers = true,
                                       .fenced = true,
                                       .repeatable = true,
                                       .counts_attempts = true};
    struct settled {
        claim_token token;
        std::optional<outcome> completed;
        std::optional<earlier> released;
    };

    std::deque<claim_answer> claim_answers{};
    std::deque<settle_answer> settle_answers{};
    std::vector<claim_request> claims{};
    std::vector<settled> settles{};

    static claim_answer granted(earlier before = earlier::none, std::uint32_t attempt = 1) {
        claim_answer answer;
        answer.status = claim_status::granted;
        answer.before = before;
        answer.token.generation = 5;
        answer.token.attempt = attempt;
        return answer;
    }

    claim_answer claim(const claim_request& request) noexcept {
        claims.push_back(request);
        return next(claim_answers, granted());
    }
    settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        settles.push_back({token, result, std::nullopt});
        return next(settle_answers, settle_answer::of(settle_status::ok));
    }
    settle_answer release(const claim_token& token, earlier reason) noexcept {
        settles.push_back({token, std::nullopt, reason});
        return next(settle_answers, settle_answer::of(settle_status::ok));
    }

private:
    template <class Answer>
    static Answer next(std::deque<Answer>& from, Answer otherwise) {
        if (from.empty()) return otherwise;
        const Answer answer = from.front();
        from.pop_front();
        return answer;
    }
};

struct unrepeatable_store : scripted_store {
    static constexpr promises promised{.exclusive = true, .recovers = true, .fenced = true};
};

struct transactional_store : scripted_store {
    static constexpr promises promised{
        .exclusive = true, .recovers = true, .fenced = true, .effect_inside = true};
};

/// In memory, and every completion fails, until it is not down any more.
class forgetful_completions {
public:
    static constexpr promises promised = lru_ttl_store<test_ticks>::promised;
    bool is_down = true;

    explicit forgetful_completions(const tick* now) : events_(100, test_ticks{now}) {}
    claim_answer claim(const claim_request& request) noexcept { return events_.claim(request); }
    settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return is_down ? settle_answer::failure(store_fault::down) : events_.complete(token, result);
    }
    settle_answer release(const claim_token& token, earlier reason) noexcept {
        return events_.release(token, reason);
    }

private:
    lru_ttl_store<test_ticks> events_;
};

struct notes {
    std::vector<receiver_note> all{};
    void note(const receiver_note& what) noexcept { all.push_back(what); }

    [[nodiscard]] std::size_t count(receiver_note::kind what) const {
        std::size_t n = 0;
        for (const receiver_note& note : all)
            n += note.what == what;
        return n;
    }
};

const auto stripe = stripe_delivery::verifier();

} // namespace

TEST_CASE("receiver: an event is handled once") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen};
    const stripe_delivery delivery = paid();
    int handled = 0;
    const auto handler = [&](auto& event) {
        REQUIRE(event.id() == "evt_1");
        ++handled;
    };

    const reply first = rx(delivery.request(), handler);
    REQUIRE(first.status == 200);
    REQUIRE(first.why == reply_reason::handled);
    const reply second = rx(delivery.request(), handler);
    REQUIRE(second.status == 200);
    REQUIRE(second.why == reply_reason::duplicate);
    REQUIRE(handled == 1);
    REQUIRE(rx(paid("evt_2").request(), [](auto&) {}).why == reply_reason::handled);
}

TEST_CASE("receiver: what is not genuine reaches neither store nor handler") {
    scripted_store store;
    receiver rx{stripe, store};
    const stripe_delivery delivery = paid();
    const std::string forged = R"({"id":"evt_2"})";
    const reply answer = rx(delivery.request().with_body(forged), [](auto&) { FAIL("handled"); });
    REQUIRE(answer.status == 401);
    REQUIRE(answer.why == reply_reason::rejected);
    REQUIRE(answer.error == error::signature_mismatch);
    REQUIRE(store.claims.empty());
}

TEST_CASE("receiver: while an event is handled, its twin is told to come again") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen};
    const stripe_delivery delivery = paid();
    const reply outer = rx(delivery.request(), [&](auto&) {
        const reply twin = rx(delivery.request(), [](auto&) { FAIL("handled twice"); });
        REQUIRE(twin.status == 503);
        REQUIRE(twin.why == reply_reason::in_flight);
        REQUIRE(twin.retry_after == 60s);
    });
    REQUIRE(outer.status == 200);
}

TEST_CASE("receiver: a handler says how it went with nothing, bool, has_value or a verdict") {
    const stripe_delivery delivery = paid();
    const auto with = [&](auto handler) {
        scripted_store store;
        receiver rx{stripe, store};
        const reply answer = rx(delivery.request(), handler);
        REQUIRE(store.settles.size() == 1);
        return std::pair(answer, store.settles.front());
    };
    {
        const auto [answer, settled] = with([](auto&) {});
        REQUIRE(answer.status == 200);
        REQUIRE(settled.completed == outcome{ending::handled});
    }
    {
        const auto [answer, settled] = with([](auto&) { return true; });
        REQUIRE(settled.completed == outcome{ending::handled});
    }
    {
        const auto [answer, settled] = with([](auto&) { return false; });
        REQUIRE(answer.status == 500);
        REQUIRE(answer.why == reply_reason::failed);
        REQUIRE(settled.released == earlier::released);
    }
    {
        const auto [answer, settled] = with([](auto&) { return std::optional<int>(0); });
        REQUIRE(settled.completed == outcome{ending::handled});
    }
    {
        const auto [answer, settled] = with([](auto&) -> result<int> { return error::internal_failure; });
        REQUIRE(settled.released == earlier::released);
    }
    {
        const auto [answer, settled] = with([](auto&) { return verdict::ignored(7); });
        REQUIRE(answer.why == reply_reason::ignored);
        REQUIRE(settled.completed == outcome{ending::ignored, 7});
    }
    {
        const auto [answer, settled] = with([](auto&) { return verdict::parked(); });
        REQUIRE(settled.completed == outcome{ending::parked});
    }
    {
        const auto [answer, settled] = with([](auto&) { return verdict::unknown(30s); });
        REQUIRE(answer.status == 500);
        REQUIRE(answer.retry_after == 30s);
        REQUIRE(settled.released == earlier::unknown);
    }
}

TEST_CASE("receiver: a failed event is handled when it is delivered again, and the handler is told") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen};
    const stripe_delivery delivery = paid();
    REQUIRE(rx(delivery.request(), [](auto&) { return false; }).status == 500);
    const reply second = rx(delivery.request(), [](auto&, const delivery_context& context) {
        REQUIRE(context.attempt == 2);
        REQUIRE(context.before == earlier::released);
        REQUIRE(context.token.generation != 0);
        return verdict::unknown();
    });
    REQUIRE(second.status == 500);
    const reply third = rx(delivery.request(), [](auto&, auto& context) {
        REQUIRE(context.attempt == 3);
        REQUIRE(context.before == earlier::unknown);
    });
    REQUIRE(third.status == 200);
}

TEST_CASE("receiver: handlers may be functions, mutable, moved in, and overloaded") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen};
    struct functor {
        int& calls;
        void operator()(const verified_event&) { ++calls; }
        void operator()(const verified_event&, const delivery_context&) { calls += 10; }
    };
    int calls = 0;
    REQUIRE(rx(paid("a").request(), functor{calls}).status == 200);
    REQUIRE(calls == 10); // who can take the context gets it
    REQUIRE(rx(paid("b").request(), [n = 0](const verified_event&) mutable { return ++n == 1; }).status
            == 200);
    bool (*const function)(const verified_event&) = [](const verified_event& event) {
        return event.id() == "c";
    };
    REQUIRE(rx(paid("c").request(), function).status == 200);
}

#ifdef __cpp_exceptions
TEST_CASE("receiver: an exception goes on to the caller, and the event is free with its outcome unknown") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen};
    const stripe_delivery delivery = paid();
    REQUIRE_THROWS_AS(rx(delivery.request(), [](auto&) { throw std::runtime_error("database"); }),
                      std::runtime_error);
    const reply again = rx(delivery.request(), [](auto&, auto& context) {
        REQUIRE(context.before == earlier::unknown);
        REQUIRE(context.attempt == 2);
    });
    REQUIRE(again.status == 200);
}

TEST_CASE("receiver: a hook may take what a handler threw") {
    struct hooks {
        std::string& told;
        void failed(std::exception_ptr thrown) noexcept {
            try {
                std::rethrow_exception(thrown);
            } catch (const std::exception& e) {
                told = e.what();
            }
        }
    };
    scripted_store store;
    std::string told;
    receiver rx{stripe, store, {}, hooks{told}};
    const reply answer = rx(paid().request(), [](auto&) { throw std::runtime_error("database"); });
    REQUIRE(answer.status == 500);
    REQUIRE(answer.why == reply_reason::failed);
    REQUIRE(told == "database");
    REQUIRE(store.settles.size() == 1);
    REQUIRE(store.settles.front().released == earlier::unknown);
}
#endif

TEST_CASE("receiver: in two steps, with the handling in between") {
    scripted_store store;
    receiver rx{stripe, store};
    const stripe_delivery delivery = paid();
    auto opened = rx.open(delivery.request());
    REQUIRE(opened);
    REQUIRE(opened.event().id() == "evt_1");
    REQUIRE(opened.context().attempt == 1);
    REQUIRE(opened.reply().status == 503); // nobody has said how it went
    REQUIRE(store.settles.empty());

    REQUIRE(opened.finish(verdict::handled()).status == 200);
    REQUIRE_FALSE(opened);
    REQUIRE(opened.reply().status == 200);
    REQUIRE(opened.finish(verdict::failed()).status == 200); // finished once
    REQUIRE(store.settles.size() == 1);
}

TEST_CASE("receiver: what there is nothing to handle of has its reply at once") {
    scripted_store store;
    receiver rx{stripe, store};
    claim_answer done;
    done.status = claim_status::done;
    store.claim_answers = {done};
    const stripe_delivery delivery = paid();
    auto opened = rx.open(delivery.request());
    REQUIRE_FALSE(opened);
    REQUIRE(opened.reply().why == reply_reason::duplicate);
    REQUIRE(opened.finish(verdict::handled()).why == reply_reason::duplicate);
    REQUIRE(store.settles.empty());
}

TEST_CASE("receiver: a delivery that goes away unfinished is left to its lease, and told") {
    scripted_store store;
    notes told;
    receiver rx{stripe, store, {}, told};
    const stripe_delivery delivery = paid();
    {
        auto opened = rx.open(delivery.request());
        auto moved = std::move(opened);
        REQUIRE(moved);
        REQUIRE_FALSE(opened); // NOLINT: moved from, and empty
    }
    REQUIRE(store.settles.empty());
    REQUIRE(told.count(receiver_note::kind::unfinished) == 1);
    REQUIRE(told.all.back().provider == "stripe");
}

TEST_CASE("receiver: work that ends elsewhere finishes with the token alone") {
    lru_ttl_store seen{100};
    notes told;
    receiver rx{stripe, seen, {}, told};
    const stripe_delivery delivery = paid();
    claim_token token;
    {
        auto opened = rx.open(delivery.request());
        token = opened.leave();
        REQUIRE_FALSE(opened);
    }
    REQUIRE(told.count(receiver_note::kind::unfinished) == 0);
    REQUIRE(rx.open(delivery.request()).reply().why == reply_reason::in_flight);
    REQUIRE(rx.finish(token, verdict::handled()).status == 200);
    REQUIRE(rx.open(delivery.request()).reply().why == reply_reason::duplicate);
    REQUIRE(rx.finish(token, verdict::failed()).status == 500);
    REQUIRE(told.all.back().why == reply_reason::failed);
    REQUIRE(told.count(receiver_note::kind::not_stored) == 1); // stale: it was finished otherwise
}

TEST_CASE("receiver: a claim whose reply was lost is made again with its nonce, twice at most") {
    const claim_answer lost = claim_answer::failure(store_fault::timeout, true);
    const claim_answer refused = claim_answer::failure(store_fault::busy, false);
    const stripe_delivery delivery = paid();
    {
        scripted_store store;
        store.claim_answers = {lost, lost, scripted_store::granted()};
        receiver rx{stripe, store};
        REQUIRE(rx(delivery.request(), [](auto&) {}).status == 200);
        REQUIRE(store.claims.size() == 3);
        REQUIRE(store.claims[0].nonce != 0);
        REQUIRE(store.claims[0].nonce == store.claims[2].nonce);
        REQUIRE(rx(delivery.request(), [](auto&) {}).status == 200);
        REQUIRE(store.claims[3].nonce != store.claims[0].nonce);
    }
    {
        scripted_store store;
        store.claim_answers = {lost, lost, lost, scripted_store::granted()};
        receiver rx{stripe, store};
        REQUIRE(rx(delivery.request(), [](auto&) { FAIL("handled"); }).status == 503);
        REQUIRE(store.claims.size() == 3);
    }
    {
        scripted_store store;
        store.claim_answers = {refused, scripted_store::granted()};
        receiver rx{stripe, store};
        const reply answer = rx(delivery.request(), [](auto&) { FAIL("handled"); });
        REQUIRE(answer.status == 503);
        REQUIRE(answer.why == reply_reason::store_unavailable);
        REQUIRE(store.claims.size() == 1); // it is certain that nothing was applied
    }
}

TEST_CASE("receiver: an outcome whose storing got lost is stored again; the answer stands either way") {
    const settle_answer lost = settle_answer::failure(store_fault::timeout, true);
    const stripe_delivery delivery = paid();
    {
        scripted_store store;
        store.settle_answers = {lost, lost, settle_answer::of(settle_status::ok)};
        notes told;
        receiver rx{stripe, store, {}, told};
        REQUIRE(rx(delivery.request(), [](auto&) {}).status == 200);
        REQUIRE(store.settles.size() == 3);
        REQUIRE(told.count(receiver_note::kind::not_stored) == 0);
    }
    {
        scripted_store store;
        store.settle_answers = {lost, lost, lost};
        notes told;
        receiver rx{stripe, store, {}, told};
        // The work is done. Releasing the event, or answering 5xx, could only have it done twice.
        REQUIRE(rx(delivery.request(), [](auto&) {}).status == 200);
        REQUIRE(store.settles.size() == 3);
        REQUIRE(store.settles.back().completed);
        REQUIRE(told.count(receiver_note::kind::not_stored) == 1);
    }
    {
        scripted_store store;
        store.settle_answers = {settle_answer::of(settle_status::stale)};
        notes told;
        receiver rx{stripe, store, {}, told};
        REQUIRE(rx(delivery.request(), [](auto&) {}).status == 200);
        REQUIRE(store.settles.size() == 1);
        REQUIRE(told.all.front().settled == settle_status::stale);
    }
}

TEST_CASE(
    "receiver: what was handled and could not be stored is not handled again before its lease is over") {
    tick now = 0;
    forgetful_completions store{&now};
    receiver rx{stripe, store};
    const stripe_delivery delivery = paid();
    int handled = 0;
    const auto deliver = [&] {
        return rx(delivery.request(),
                  [&](auto&, auto& context) {
                      REQUIRE(context.before == (handled == 0 ? earlier::none : earlier::unknown));
                      ++handled;
                  })
            .why;
    };
    REQUIRE(deliver() == reply_reason::handled);
    now += default_lease.count() - 1;
    REQUIRE(deliver() == reply_reason::in_flight);
    REQUIRE(handled == 1);
    now += 1;
    store.is_down = false;
    REQUIRE(deliver() == reply_reason::handled); // it may have been done, and the handler is told so
    REQUIRE(deliver() == reply_reason::duplicate);
    REQUIRE(handled == 2);
}

TEST_CASE("receiver: a store that cannot repeat is asked once, and spared the nonce") {
    unrepeatable_store store;
    store.claim_answers = {claim_answer::failure(store_fault::timeout, true)};
    receiver rx{stripe, store};
    REQUIRE(rx(paid().request(), [](auto&) {}).status == 503);
    REQUIRE(store.claims.size() == 1);
    REQUIRE(store.claims.front().nonce == 0);
}

TEST_CASE(
    "receiver: where the work is in the store's transaction, an unconfirmed commit is delivered again") {
    for (const settle_status status :
         {settle_status::stale, settle_status::undone, settle_status::unavailable}) {
        transactional_store store;
        store.settle_answers = {settle_answer::of(status)};
        receiver rx{stripe, store};
        REQUIRE(rx(paid().request(), [](auto&) {}).status == 503);
    }
}

TEST_CASE("receiver: claims for as long as the policy says, or the provider delivers") {
    const stripe_delivery delivery = paid();
    {
        scripted_store store;
        receiver rx{stripe, store};
        (void)rx(delivery.request(), [](auto&) {});
        REQUIRE(store.claims.front().lease == 60s);
        REQUIRE(store.claims.front().keep == std::chrono::hours(96)); // Stripe retries for three days
        REQUIRE(store.claims.front().key.scope().empty());
        REQUIRE(store.claims.front().key.fingerprint() == 0);
        REQUIRE(store.claims.front().handed_over == nullptr);
    }
    {
        scripted_store store;
        receiver rx{
            stripe,
            store,
            {.scope = "orders", .tenant = "acme", .lease = 5s, .keep = 30min, .compare_content = true}};
        (void)rx(delivery.request(), [](auto&) {});
        REQUIRE(store.claims.front().lease == 5s);
        REQUIRE(store.claims.front().keep == 30min);
        REQUIRE(store.claims.front().key.scope() == "orders");
        REQUIRE(store.claims.front().key.tenant() == "acme");
        REQUIRE(store.claims.front().key.fingerprint() != 0);
    }
}

TEST_CASE("receiver: two consumers of one store each get every event") {
    lru_ttl_store seen{100};
    receiver orders{stripe, seen, {.scope = "orders"}};
    receiver mail{stripe, seen, {.scope = "mail"}};
    const stripe_delivery delivery = paid();
    REQUIRE(orders(delivery.request(), [](auto&) {}).why == reply_reason::handled);
    REQUIRE(mail(delivery.request(), [](auto&) {}).why == reply_reason::handled);
    REQUIRE(mail(delivery.request(), [](auto&) {}).why == reply_reason::duplicate);
}

TEST_CASE("receiver: deliveries verified elsewhere, in chunks or for a tenant, are claimed alike") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen};
    const stripe_delivery delivery = paid();

    auto running = stripe.begin(request{delivery.headers()});
    running.update(delivery.body());
    REQUIRE(rx(std::move(running).finish(delivery.body()), "acme", [](auto&) {}).why
            == reply_reason::handled);
    REQUIRE(rx.open(stripe.verify(delivery.request()), "acme").reply().why == reply_reason::duplicate);
    REQUIRE(rx(stripe.verify(delivery.request()), "other", [](auto&) {}).why == reply_reason::handled);
    REQUIRE(rx(result<verified_event>(error::unknown_key), "acme", [](auto&) { FAIL("handled"); }).status
            == 401);
}

TEST_CASE("receiver: an event without id, body and digest is an error of our own") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen};
    const stripe_delivery delivery = paid();
    auto running = stripe.begin(request{delivery.headers()});
    running.update(delivery.body());
    const reply answer = rx(std::move(running).finish(), "", [](auto&) { FAIL("handled"); });
    REQUIRE(answer.status == 500);
    REQUIRE(answer.error == error::whole_body_needed);
}

TEST_CASE("receiver: a replayed body under another unsigned id is a duplicate") {
    using github_delivery = testing::delivery<providers::github>;
    const auto github = github_delivery::verifier();
    lru_ttl_store seen{100};
    receiver rx{github, seen};
    const github_delivery first{R"({"a":1})", "delivery-1"};
    const github_delivery replayed{R"({"a":1})", "delivery-2"};
    REQUIRE(rx(first.request(), [](auto&) {}).why == reply_reason::handled);
    REQUIRE(rx(replayed.request(), [](auto&) {}).why == reply_reason::duplicate);
}

TEST_CASE("receiver: other content under a known id is noticed on demand, and refused on demand") {
    using gitlab_delivery = testing::delivery<providers::gitlab>;
    const auto gitlab = gitlab_delivery::verifier();
    const gitlab_delivery first{R"({"a":1})", "key-1"};
    const gitlab_delivery other{R"({"a":2})", "key-1"};
    {
        lru_ttl_store seen{100};
        notes told;
        receiver rx{gitlab, seen, {.compare_content = true}, told};
        REQUIRE(rx(first.request(), [](auto&) {}).status == 200);
        REQUIRE(rx(other.request(), [](auto&) {}).why == reply_reason::duplicate);
        REQUIRE(told.count(receiver_note::kind::other_content) == 1);
        REQUIRE(rx(first.request(), [](auto&) {}).why == reply_reason::duplicate);
        REQUIRE(told.count(receiver_note::kind::other_content) == 1);
    }
    {
        lru_ttl_store seen{100};
        receiver rx{
            gitlab, seen, {.compare_content = true, .different = receiver_policy::other_content::is_refused}};
        REQUIRE(rx(first.request(), [](auto&) {}).status == 200);
        REQUIRE(rx(other.request(), [](auto&) {}).status == 422);
    }
}

TEST_CASE("receiver: an event that the store had to forget is handled, and told") {
    scripted_store store;
    store.claim_answers = {scripted_store::granted(earlier::forgotten)};
    notes told;
    receiver rx{stripe, store, {}, told};
    const reply answer =
        rx(paid().request(), [](auto&, auto& context) { REQUIRE(context.before == earlier::forgotten); });
    REQUIRE(answer.status == 200);
    REQUIRE(told.count(receiver_note::kind::forgotten) == 1);
}

TEST_CASE("receiver: while the store is down events wait, unless their handler does no harm twice") {
    const stripe_delivery delivery = paid();
    scripted_store store;
    store.claim_answers = {claim_answer::failure(store_fault::down),
                           claim_answer::failure(store_fault::down)};
    {
        notes told;
        receiver rx{stripe, store, {}, told};
        const reply answer = rx(delivery.request(), [](auto&) { FAIL("handled"); });
        REQUIRE(answer.status == 503);
        REQUIRE(answer.retry_after == 10s);
        REQUIRE(told.all.back().fault == store_fault::down);
    }
    {
        notes told;
        receiver rx{stripe, store, {.unavailable = receiver_policy::without_store::handle}, told};
        const reply answer =
            rx(delivery.request(), [](auto&, auto& context) { REQUIRE(context.attempt == 0); });
        REQUIRE(answer.status == 200);
        REQUIRE(told.count(receiver_note::kind::without_store) == 1);
        REQUIRE(told.all.front().fault == store_fault::down);
    }
    REQUIRE(store.settles.empty());
}

TEST_CASE("receiver: what was tried too often is put aside by the hook, or tried again") {
    struct hooks {
        bool takes;
        std::vector<std::uint32_t> asked{};
        bool dead_letter(const verified_event& event, const delivery_context& context) noexcept {
            if (event.id() == "evt_1") asked.push_back(context.attempt);
            return takes;
        }
    };
    const stripe_delivery delivery = paid();
    lru_ttl_store seen{100};
    hooks takes{true};
    hooks refuses{false};
    receiver parking{stripe, seen, {.max_attempts = 2}, takes};
    receiver trying{stripe, seen, {.max_attempts = 2}, refuses};
    const auto fails = [](auto&) { return false; };
    REQUIRE(parking(delivery.request(), fails).why == reply_reason::failed);
    REQUIRE(parking(delivery.request(), fails).why == reply_reason::failed);
    REQUIRE(takes.asked.empty());

    REQUIRE(trying(delivery.request(), [](auto&) { FAIL("handled"); }).why == reply_reason::failed);
    REQUIRE(refuses.asked == std::vector<std::uint32_t>{3});
    const reply parked = parking(delivery.request(), [](auto&) { FAIL("handled"); });
    REQUIRE(parked.status == 200);
    REQUIRE(parked.why == reply_reason::parked);
    REQUIRE(takes.asked == std::vector<std::uint32_t>{4});
    REQUIRE(parking(delivery.request(), fails).why == reply_reason::parked);
    REQUIRE(takes.asked.size() == 1);
}

TEST_CASE("receiver: without a hook that takes it nothing is given up") {
    lru_ttl_store seen{100};
    receiver rx{stripe, seen, {.max_attempts = 1}};
    const stripe_delivery delivery = paid();
    for (std::uint32_t attempt = 1; attempt < 5; ++attempt)
        REQUIRE(
            rx(delivery.request(), [&](auto&, auto& context) { return context.attempt != attempt; }).status
            == 500);
}

TEST_CASE("receiver: every reply is told to the metrics") {
    lru_ttl_store seen{100};
    notes told;
    receiver rx{stripe, seen, {}, told};
    const stripe_delivery delivery = paid();
    (void)rx(delivery.request().with_body("{}"), [](auto&) {});
    (void)rx(delivery.request(), [](auto&) { return false; });
    (void)rx(delivery.request(), [](auto&) {});
    (void)rx(delivery.request(), [](auto&) {});
    REQUIRE(told.all.size() == 4);
    REQUIRE(told.count(receiver_note::kind::replied) == 4);
    REQUIRE(told.all[0].why == reply_reason::rejected);
    REQUIRE(told.all[0].error == error::signature_mismatch);
    REQUIRE(told.all[1].why == reply_reason::failed);
    REQUIRE(told.all[1].attempt == 1);
    REQUIRE(told.all[2].why == reply_reason::handled);
    REQUIRE(told.all[2].attempt == 2);
    REQUIRE(told.all[3].why == reply_reason::duplicate);
    REQUIRE(told.all[3].provider == "stripe");
}

TEST_CASE("receiver: what is given by name is referred to, what is temporary is owned") {
    std::set<std::string> handled;
    receiver rx{stripe_delivery::verifier(),
                callback_store{[&](std::string_view key) { return handled.contains(std::string(key)); },
                               [&](std::string_view key) { handled.emplace(key); }},
                accepting<risk::concurrent_twins>};
    const stripe_delivery delivery = paid();
    REQUIRE(rx(delivery.request(), [](auto&) {}).why == reply_reason::handled);
    REQUIRE(rx(delivery.request(), [](auto&) {}).why == reply_reason::duplicate);
    REQUIRE(handled.size() == 1);

    lru_ttl_store seen{10};
    receiver named{stripe, seen};
    STATIC_REQUIRE(std::is_same_v<decltype(named), receiver<decltype(stripe)&, lru_ttl_store<>&>>);
}

TEST_CASE("receiver: of eight threads that get one event at the same moment one handles it") {
    constexpr std::size_t threads = 8;
    constexpr std::size_t events = 500;
    std::deque<stripe_delivery> all;
    for (std::size_t i = 0; i < events; ++i)
        all.emplace_back(R"({"id":"evt_)" + std::to_string(i) + R"("})");
    lru_ttl_store seen{events};
    receiver rx{stripe, seen};
    std::barrier together(threads);
    std::vector<std::atomic<int>> handled(events);
    std::atomic<int> odd = 0;
    {
        std::vector<std::jthread> all_threads;
        for (std::size_t t = 0; t < threads; ++t)
            all_threads.emplace_back([&] {
                for (std::size_t i = 0; i < events; ++i) {
                    together.arrive_and_wait();
                    const reply answer = rx(all[i].request(), [&](auto&) { ++handled[i]; });
                    if (answer.status != 200 && answer.status != 503) ++odd;
                }
            });
    }
    REQUIRE(odd == 0);
    for (const auto& times : handled)
        REQUIRE(times == 1);
}
