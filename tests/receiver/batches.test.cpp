// SPDX-License-Identifier: MIT
#include <hookseal/core/event_parts.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/adyen.hpp>
#include <hookseal/providers/hubspot_v3.hpp>
#include <hookseal/providers/line.hpp>
#include <hookseal/providers/mandrill.hpp>
#include <hookseal/providers/sendgrid_event_webhook.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "support/catch.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

using header_list = std::vector<std::pair<std::string, std::string>>;
using sendgrid = testing::delivery<providers::sendgrid_event_webhook>;
using line = testing::delivery<providers::line>;

template <class Delivery>
std::vector<std::string> ids_of(const Delivery& delivered) {
    std::vector<std::string> all;
    const auto parts = delivered.event().parts();
    REQUIRE(parts);
    for (const verified_event& part : *parts)
        all.push_back(part.id().str());
    REQUIRE(all.size() == parts->size());
    return all;
}

template <class Delivery>
error error_of(const Delivery& delivered) {
    return delivered.event().parts().error();
}

/// What docs/batches.md shows.
template <class Receiver, class Handler>
int handle_each(const Receiver& rx, const result<verified_event>& event, Handler&& handler) {
    if (!event) return http_status(event.error());
    const auto parts = event->parts();
    if (!parts) return http_status(parts.error());
    for (const verified_event& part : *parts)
        if (const reply said = rx(part, {}, handler); said.status / 100 != 2) return said.status;
    return 200;
}

constexpr std::string_view three_of_sendgrid = R"([
  {"sg_event_id":"a","event":"processed","x":{"sg_event_id":"inner"}},
  {"sg_event_id":"b\u002f","event":"delivered"} , {"sg_event_id":"a","event":"processed again"}
])"
                                               "\r\n";

} // namespace

TEST_CASE("batch: each event has its own id, type and body, and what was verified of all") {
    const sendgrid delivered{three_of_sendgrid};
    CHECK(delivered.event().id().empty());
    CHECK(ids_of(delivered) == std::vector<std::string>{"a", "b/", "a"});
    const auto parts = delivered.event().parts();
    std::vector<std::string> types;
    for (const verified_event& part : *parts) {
        types.push_back(part.type().str());
        CHECK(part.provider() == "sendgrid_event_webhook");
        CHECK(part.signed_at() == delivered.event().signed_at());
        CHECK(part.key_index() == 0);
        CHECK(part.retry_window() == delivered.event().retry_window());
        CHECK(part.protects().event_id);
        CHECK(part.protects().body == body_protection::whole);
        CHECK(part.has_body());
        CHECK(part.body().front() == '{');
        CHECK(part.body().back() == '}');
        CHECK(part.owned().id() == part.id().view());
    }
    CHECK(types == std::vector<std::string>{"processed", "delivered", "processed again"});
    CHECK_FALSE(delivered.event().protects().event_id);
}

TEST_CASE("batch: parts are keyed by their own id, or by their own body where they have none") {
    const sendgrid delivered{R"([{"sg_event_id":"a"},{"event":"x"},{"event":"y"},{"event":"x"}])"};
    std::vector<event_key> keys;
    const auto parts = delivered.event().parts();
    for (const verified_event& part : *parts)
        keys.push_back(*event_key::of(part));
    REQUIRE(keys.size() == 4);
    CHECK(keys[0].source() == key_source::signed_id);
    CHECK(keys[0].id() == "a");
    CHECK(keys[1].source() == key_source::body);
    CHECK(keys[1].digest() == keys[3].digest());
    CHECK(keys[1].digest() != keys[2].digest());
    CHECK(event_key::of(delivered.event())->source() == key_source::body);
}

TEST_CASE("batch: an empty list has no parts") {
    CHECK(ids_of(line{R"({"destination":"x","events":[]})"}).empty());
    CHECK(ids_of(sendgrid{"[]"}).empty());
}

TEST_CASE("batch: a delivery without a list is its own only part") {
    const testing::delivery<providers::stripe> paid{R"({"id":"evt_1"})"};
    CHECK(ids_of(paid) == std::vector<std::string>{"evt_1"});
    CHECK(ids_of(line{R"({"webhookEventId":"not this","events":{"0":{}}})"}) == std::vector<std::string>{""});
    CHECK(ids_of(sendgrid{R"({"sg_event_id":"not this"})"}) == std::vector<std::string>{""});
    const auto parts = paid.event().parts();
    const auto again = (*parts->begin()).parts();
    REQUIRE(again);
    CHECK(again->size() == 1);
}

TEST_CASE("batch: a list that is not one of events is refused, as a whole") {
    CHECK(error_of(sendgrid{R"([{"sg_event_id":"a"},1])"}) == error::malformed_field);
    CHECK(error_of(sendgrid{R"([[{"sg_event_id":"a"}]])"}) == error::malformed_field);
    CHECK(error_of(sendgrid{R"([{"sg_event_id":"a"},])"}) == error::malformed_field);
    CHECK(error_of(sendgrid{R"([{"sg_event_id":"a"}] x)"}) == error::malformed_field);
    CHECK(error_of(sendgrid{"no JSON"}) == error::malformed_field);
    CHECK(error_of(line{R"({"events":[{}],"events":[]})"}) == error::malformed_field);
    CHECK(error_of(line{R"({"events":[{}],"e\u0076ents":[]})"}) == error::malformed_field);
}

TEST_CASE("batch: an id that stands twice in its event is no id") {
    CHECK(ids_of(sendgrid{R"([{"sg_event_id":"a","sg_event_id":"b"}])"}) == std::vector<std::string>{""});
}

TEST_CASE("batch: a list is as long as the limit and no longer") {
    std::string list = "[{}";
    for (std::size_t i = 1; i < max_parts; ++i)
        list += ",{}";
    CHECK(ids_of(sendgrid{list + "]"}).size() == max_parts);
    CHECK(error_of(sendgrid{list + ",{}]"}) == error::too_large);
}

TEST_CASE("batch: an event whose body is not here has no parts") {
    const auto verifier = sendgrid::verifier();
    const sendgrid delivered{three_of_sendgrid};
    auto running = verifier.begin(request{delivered.headers()});
    running.update(delivered.body());
    const auto event = std::move(running).finish();
    REQUIRE(event);
    CHECK(event->parts().error() == error::whole_body_needed);
}

TEST_CASE("batch: events inside a form are parts too") {
    // mandrill_events=[{"event":"send","ts":1,"_id":"m+1"},{"event":"open","ts":2,"_id":"m+1"}]
    const std::string form =
        "mandrill_events=%5B%7B%22event%22%3A%22send%22%2C%22ts%22%3A1%2C%22_id%22%3A%22m%2B1%22%7D%2C+"
        "%7B%22event%22%3A%22open%22%2C%22ts%22%3A2%2C%22_id%22%3A%22m%2B1%22%7D%5D";
    const testing::delivery<providers::mandrill> delivered{form};
    CHECK(ids_of(delivered) == std::vector<std::string>{"m+1:send:1", "m+1:open:2"});
    auto parts = delivered.event().parts();
    const auto moved = *std::move(parts);
    for (const verified_event& part : moved) {
        CHECK(part.body().starts_with(R"({"event":")"));
        CHECK_FALSE(part.protects().event_id); // names and values touch: nothing says where the list ends
        CHECK(event_key::of(part)->source() == key_source::body);
    }
    CHECK(error_of(testing::delivery<providers::mandrill>{"mandrill_events=%5B1%5D"})
          == error::malformed_field);
    CHECK(error_of(testing::delivery<providers::mandrill>{"mandrill_events=%5B"}) == error::malformed_field);
    CHECK(ids_of(testing::delivery<providers::mandrill>{"mandrill_events=%5B%5D"}).empty());
}

TEST_CASE("batch: a receiver handles each part once, however batches overlap") {
    lru_ttl_store seen{100};
    receiver rx{sendgrid::verifier(), seen};
    std::map<std::string, int> handled;
    const auto count = [&](auto& event) { ++handled[event.id().str()]; };
    const sendgrid first{three_of_sendgrid};
    const sendgrid second{R"([{"sg_event_id":"b/"},{"sg_event_id":"c"}])"};
    CHECK(handle_each(rx, first.event(), count) == 200);
    CHECK(handle_each(rx, first.event(), count) == 200);
    CHECK(handle_each(rx, second.event(), count) == 200);
    CHECK(handled == std::map<std::string, int>{{"a", 1}, {"b/", 1}, {"c", 1}});
}

TEST_CASE("batch: when a part fails the batch comes again, and what was done is not done again") {
    lru_ttl_store seen{100};
    receiver rx{sendgrid::verifier(), seen};
    std::vector<std::string> handled;
    bool broken = true;
    const auto handler = [&](auto& event) {
        if (broken && event.id() == "b/") return false;
        handled.push_back(event.id().str());
        return true;
    };
    const sendgrid delivered{R"([{"sg_event_id":"a"},{"sg_event_id":"b/"},{"sg_event_id":"c"}])"};
    CHECK(handle_each(rx, delivered.event(), handler) == 500);
    broken = false;
    CHECK(handle_each(rx, delivered.event(), handler) == 200);
    CHECK(handled == std::vector<std::string>{"a", "b/", "c"});
}

// Adyen signs each item by itself. The first signature is that of Adyen's documentation, the others are computed with
// Python's hmac.

namespace {

constexpr std::string_view adyen_key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

std::string adyen_item(std::string_view psp, std::string_view signature) {
    return R"({"NotificationRequestItem":{"amount":{"value":1130,"currency":"EUR"},"pspReference":")"
           + std::string(psp)
           + R"(","eventCode":"AUTHORISATION","merchantAccountCode":"TestMerchant",)"
             R"("merchantReference":"TestPayment-1407325143704","success":"true","additionalData":{"hmacSignature":")"
           + std::string(signature) + R"("}}})";
}
const std::string item_84 = adyen_item("7914073381342284", "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=");
const std::string item_85 = adyen_item("7914073381342285", "J1vjCc3D8VTUTcA2TitYjbgJmO5EOEs9UshMrfNeKRU=");
const std::string item_86 = adyen_item("7914073381342286", "uMx5GPtvKiMHnqDlDgX45e5pG/d5lNpW8VX8bEYT2+Q=");
const std::string forged = adyen_item("7914073381342287", "uMx5GPtvKiMHnqDlDgX45e5pG/d5lNpW8VX8bEYT2+Q=");

std::string adyen_body(const std::vector<std::string>& items) {
    std::string all = R"({"live":"false","notificationItems":[)";
    for (const std::string& item : items)
        all += (all.back() == '[' ? "" : ",") + item;
    return all + "]}";
}

error adyen_verdict(const std::string& body) {
    static const verifier<providers::adyen> adyen{secret(adyen_key)};
    const header_list none;
    return adyen.verify(request{none, body}).error();
}

} // namespace

TEST_CASE("batch: of items that are signed one by one all must hold") {
    CHECK(adyen_verdict(adyen_body({item_84})) == error::none);
    CHECK(adyen_verdict(adyen_body({item_84, item_85})) == error::none);
    CHECK(adyen_verdict(adyen_body({item_86, item_85, item_84})) == error::none);
    for (std::size_t bad = 0; bad < 3; ++bad) {
        CAPTURE(bad);
        std::vector<std::string> items{item_84, item_85, item_86};
        items[bad] = forged;
        CHECK(adyen_verdict(adyen_body(items)) == error::signature_mismatch);
        for (const char* const junk : {"1", "{}", "[]", "null", R"({"NotificationRequestItem":{}})"}) {
            items[bad] = junk;
            CHECK(adyen_verdict(adyen_body(items)) != error::none);
        }
        items[bad] = item_84.substr(0, item_84.size() - 1); // not JSON any more
        CHECK(adyen_verdict(adyen_body(items)) != error::none);
    }
    CHECK(adyen_verdict(adyen_body({})) != error::none);
}

TEST_CASE("batch: items that are signed one by one are bounded in number") {
    std::vector<std::string> items(64, item_84);
    CHECK(adyen_verdict(adyen_body(items)) == error::none);
    items.push_back(item_84);
    CHECK(adyen_verdict(adyen_body(items)) == error::too_large);
}

TEST_CASE("batch: every item may be signed under another of the keys") {
    const secret other("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF");
    const secret own(adyen_key);
    const verifier<providers::adyen> both{{other, own}};
    const verifier<providers::adyen> neither{other};
    const header_list none;
    const std::string body = adyen_body({item_84, item_85});
    const auto event = both.verify(request{none, body});
    REQUIRE(event);
    CHECK(event->key_index() == 1);
    CHECK(neither.verify(request{none, body}).error() == error::signature_mismatch);
}

TEST_CASE("batch: several signed items are no event with the first one's id") {
    const verifier<providers::adyen> adyen{secret(adyen_key)};
    const header_list none;
    const std::string one = adyen_body({item_84});
    const std::string two = adyen_body({item_84, item_85});
    const auto single = adyen.verify(request{none, one});
    const auto several = adyen.verify(request{none, two});
    REQUIRE((single && several));
    CHECK(single->id() == "AUTHORISATION:7914073381342284");
    CHECK(several->id().empty());
    std::vector<std::string> ids;
    const auto parts = several->parts();
    REQUIRE(parts);
    for (const verified_event& part : *parts) {
        CHECK(part.protects().event_id);
        ids.push_back(part.id().str());
    }
    CHECK(ids
          == std::vector<std::string>{"AUTHORISATION:7914073381342284", "AUTHORISATION:7914073381342285"});

    lru_ttl_store seen{100};
    receiver rx{adyen, seen};
    int handled = 0;
    const auto count = [&](auto&) { ++handled; };
    CHECK(rx(request{none, one}, count).body.view() == "[accepted]");
    CHECK(handle_each(rx, several, count) == 200);
    CHECK(handled == 2);
}

TEST_CASE("batch: HubSpot's events are told apart by more than their id") {
    const testing::delivery<providers::hubspot_v3> delivered{
        R"([{"eventId":1,"subscriptionId":7,"occurredAt":5,"subscriptionType":"contact.creation"},)"
        R"({"eventId":1,"subscriptionId":8,"occurredAt":5,"subscriptionType":"deal.creation"}])"};
    CHECK(ids_of(delivered) == std::vector<std::string>{"1:7:5", "1:8:5"});
}
