// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/adyen.hpp>
#include <hookseal/providers/asana.hpp>
#include <hookseal/providers/dropbox.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

using header_list = std::vector<std::pair<std::string, std::string>>;
using slack_delivery = testing::delivery<providers::slack>;

constexpr std::string_view url_verification =
    R"({"type":"url_verification","challenge":"3eZbrw1a","event_id":"Ev1"})";

/// Every claim is one too many.
struct untouched_store {
    static constexpr promises promised{.exclusive = true, .recovers = true, .fenced = true};
    int* calls;

    claim_answer claim(const claim_request&) noexcept { return ++*calls, claim_answer{}; }
    settle_answer complete(const claim_token&, const outcome&) noexcept { return ++*calls, settle_answer{}; }
    settle_answer release(const claim_token&, earlier) noexcept { return ++*calls, settle_answer{}; }
};

struct keeper {
    std::vector<std::string>* kept;
    void challenged(const challenge_answer& met) noexcept { kept->emplace_back(met.value); }
};

const auto no_handler = [](auto&) { FAIL("a challenge was handled"); };

} // namespace

TEST_CASE("receiver: a signed challenge is answered without handler or claim, each time") {
    int calls = 0;
    receiver rx{slack_delivery::verifier(), untouched_store{&calls}};
    const slack_delivery asks{url_verification};
    for (int i = 0; i < 2; ++i) {
        const reply answer = rx(asks.request(), no_handler);
        CHECK(answer.status == 200);
        CHECK(answer.why == reply_reason::challenge);
        CHECK(answer.error == error::none);
        CHECK(answer.body.view() == "3eZbrw1a");
        CHECK(answer.content_type == "text/plain");
    }
    CHECK(calls == 0);
}

TEST_CASE("receiver: a signed challenge that was verified elsewhere is answered too") {
    int calls = 0;
    receiver rx{slack_delivery::verifier(), untouched_store{&calls}};
    const slack_delivery asks{url_verification};
    const reply answer = rx(slack_delivery::verifier().verify(asks.request()), "tenant", no_handler);
    CHECK(answer.why == reply_reason::challenge);
    CHECK(answer.body.view() == "3eZbrw1a");
    CHECK(calls == 0);
}

TEST_CASE("receiver: a signed challenge that is forged or stale gets nothing back") {
    int calls = 0;
    receiver rx{slack_delivery::verifier(), untouched_store{&calls}};
    const slack_delivery asks{url_verification};
    const std::string forged(R"({"type":"url_verification","challenge":"4eZbrw1a","event_id":"Ev1"})");
    const reply answer = rx(request{asks.headers(), forged}, no_handler);
    CHECK(answer.status == 401);
    CHECK(answer.error == error::signature_mismatch);
    CHECK(answer.body.empty());
    CHECK(calls == 0);
}

TEST_CASE("receiver: a signed challenge whose value is no value is refused, not handled") {
    int calls = 0;
    receiver rx{slack_delivery::verifier(), untouched_store{&calls}};
    for (const char* const body :
         {R"({"type":"url_verification"})", R"({"type":"url_verification","challenge":"<b>"})"}) {
        const slack_delivery asks{body};
        const reply answer = rx(asks.request(), no_handler);
        CHECK(answer.status == 401);
        CHECK(answer.why == reply_reason::challenge);
        CHECK(answer.body.empty());
    }
    CHECK(calls == 0);
}

TEST_CASE("receiver: an event with a member called challenge is an event") {
    lru_ttl_store seen{10};
    receiver rx{slack_delivery::verifier(), seen};
    const slack_delivery event{R"({"type":"event_callback","challenge":"a","event_id":"Ev1"})"};
    int handled = 0;
    CHECK(rx(event.request(), [&](auto&) { ++handled; }).why == reply_reason::handled);
    CHECK(handled == 1);
}

TEST_CASE("receiver: an unsigned challenge is answered, and told to the hook") {
    int calls = 0;
    std::vector<std::string> kept;
    using delivery = testing::delivery<providers::asana>;
    receiver rx{delivery::verifier(), untouched_store{&calls}, receiver_policy{}, keeper{&kept}};
    const header_list headers{{"X-Hook-Secret", "b537207f20cb"}};
    const reply answer = rx(request{headers, "{}"}, no_handler);
    CHECK(answer.status == 200);
    CHECK(answer.why == reply_reason::challenge);
    header_list told;
    for_each_header(answer,
                    [&](std::string_view name, std::string_view value) { told.emplace_back(name, value); });
    CHECK(told == header_list{{"X-Hook-Secret", "b537207f20cb"}});
    CHECK(kept == std::vector<std::string>{"b537207f20cb"});

    const header_list twice{{"X-Hook-Secret", "b537207f20cb"}, {"X-Hook-Secret", "b537207f20cc"}};
    CHECK(rx(request{twice, "{}"}, no_handler).status == 401);
    const header_list bad{{"X-Hook-Secret", "b5372 07f20cb"}};
    CHECK(rx(request{bad, "{}"}, no_handler).status == 401);
    CHECK(kept.size() == 1);
    CHECK(calls == 0);
}

TEST_CASE("receiver: a challenge in the query is answered, and a request like it is not") {
    int calls = 0;
    using delivery = testing::delivery<providers::dropbox>;
    receiver rx{delivery::verifier(), untouched_store{&calls}};
    const header_list none;
    const request get = request{none}.with_method("GET");
    const reply answer = rx(get.with_target("/hook?challenge=abc"), no_handler);
    CHECK(answer.status == 200);
    CHECK(answer.body.view() == "abc");
    CHECK(rx(get.with_target("/hook"), no_handler).error == error::missing_signature);
    CHECK(rx(request{none}.with_target("/hook?challenge=abc"), no_handler).error == error::missing_signature);
    CHECK(calls == 0);
}

namespace {

struct acknowledging {
    static constexpr signed_scheme scheme{
        .name = "acknowledging", .signature = header("x-sig"), .signed_content = "{body}"};
    static constexpr acknowledgement acknowledged{.body = "[accepted]"};
};

} // namespace

TEST_CASE("receiver: what a provider wants to hear is the body of every 2xx and of nothing else") {
    CHECK(verifier<providers::adyen>::acknowledgement().body == "[accepted]");
    lru_ttl_store seen{10};
    using delivery = testing::delivery<acknowledging>;
    receiver rx{delivery::verifier(), seen};
    const delivery event{"{}"};

    const reply failed = rx(event.request(), [](auto&) { return false; });
    CHECK(failed.status == 500);
    CHECK(failed.body.empty());
    const reply handled = rx(event.request(), [](auto&) {});
    CHECK(handled.status == 200);
    CHECK(handled.body.view() == "[accepted]");
    CHECK(handled.content_type == "text/plain");
    const reply duplicate = rx(event.request(), no_handler);
    CHECK(duplicate.why == reply_reason::duplicate);
    CHECK(duplicate.body.view() == "[accepted]");
    const std::string other = "[]";
    const reply refused = rx(request{event.headers(), other}, no_handler);
    CHECK(refused.status == 401);
    CHECK(refused.body.empty());
}
