// SPDX-License-Identifier: MIT
// Descriptions of providers that ask much of a description, against a few vectors of each. Where a vector comes from
// stands in its second column; "self-made" ones were computed by an independent implementation.
#include "schemes/drafts.hpp"

#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/testing.hpp>

#include "core/print.hpp"
#include "schemes/at_run_time.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <deque>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

using namespace hookseal;
namespace drafts = hookseal_tests::drafts;

namespace {

constexpr std::int64_t no_clock = -1;

struct delivery {
    std::string method;
    std::string url;
    hookseal_tests::header_list headers;
    std::string body;
};

struct published_vector {
    std::string id;
    std::string source;
    delivery sent;
    std::vector<std::string> secrets;
    std::string public_key;
    std::pair<std::string, std::string> option;
    std::int64_t now;
    int tolerance; ///< in seconds; negative: the scheme's
    bool accepted;
};

template <provider Draft>
void verify_all(const std::vector<published_vector>& vectors) {
    static constexpr scheme_info info = detail::sound(Draft::scheme.info());
    REQUIRE(vectors.size() >= 2);
    for (const published_vector& v : vectors) {
        INFO(v.id << ": " << v.source);
        std::deque<secret> secrets;
        std::deque<public_key> public_keys;
        std::vector<key_material> keys;
        for (const std::string& s : v.secrets)
            keys.emplace_back(secrets.emplace_back(s));
        if (!v.public_key.empty()) keys.emplace_back(public_keys.emplace_back(v.public_key));

        const option_value option{v.option.first, v.option.second};
        verifier_settings settings;
        if (!v.option.first.empty()) settings.options = {&option, 1};
        if (v.now == no_clock)
            settings.tolerance = freshness::unchecked;
        else if (v.tolerance >= 0)
            settings.tolerance = std::chrono::seconds(v.tolerance);

        const auto made = dynamic_verifier<testing::manual_clock>::make(
            scheme_ref(Draft::scheme, info), std::span<const key_material>(keys),
            hookseal_tests::all_weaknesses, settings, testing::manual_clock{v.now});
        REQUIRE(made.error() == error::none);
        const auto event =
            made->verify(request{v.sent.headers, v.sent.body}.at(v.sent.url).with_method(v.sent.method));
        CHECK(event.has_value() == v.accepted);
        if (v.accepted) CHECK(event.error() == error::none);
    }
}

} // namespace

TEST_CASE("draft: mercado_pago") {
    verify_all<drafts::mercado_pago>({
        {"mercado_pago#1",
         "inputs from official mercadopago/sdk-nodejs src/utils/webhook/webhook.spec.ts (hash computed at "
         "run time there) case 2 uppercase id kept [self-made]",
         {.method = "POST",
          .url = "https://example.com/hook?data.id=ORD01JQ4S4KY8HWQ6NA5PXB65B3D3&type=order",
          .headers =
              {{"x-signature",
                "ts=1742505638683,v1=fb15ae6472eb449173c556793205d77787d58f384d183bb5bc3b724c27bd103c"},
               {"x-request-id", "2066ca19-c6f1-498a-be75-1923005edd06"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1742505638,
         -1,
         true},
        {"mercado_pago#2",
         "inputs from official mercadopago/sdk-nodejs src/utils/webhook/webhook.spec.ts (hash computed at "
         "run time there) ts in seconds within tolerance [self-made]",
         {.method = "POST",
          .url = "https://example.com/hook?data.id=ord01jq4s4ky8hwq6na5pxb65b3d3&type=order",
          .headers = {{"x-signature",
                       "ts=1742505638,v1=54a399823d9c854195a604762dca8c672bb975eb0c8bb5c2486283eee2fa88e4"},
                      {"x-request-id", "2066ca19-c6f1-498a-be75-1923005edd06"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1742505668,
         -1,
         true},
        {"mercado_pago#3",
         "inputs from official mercadopago/sdk-nodejs src/utils/webhook/webhook.spec.ts (hash computed at "
         "run time there) case 8 stale [self-made]",
         {.method = "POST",
          .url = "https://example.com/hook?data.id=ord01jq4s4ky8hwq6na5pxb65b3d3&type=order",
          .headers = {{"x-signature",
                       "ts=1742505638,v1=54a399823d9c854195a604762dca8c672bb975eb0c8bb5c2486283eee2fa88e4"},
                      {"x-request-id", "2066ca19-c6f1-498a-be75-1923005edd06"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1742506238,
         -1,
         false},
        {"mercado_pago#4",
         "inputs from official mercadopago/sdk-nodejs src/utils/webhook/webhook.spec.ts (hash computed at "
         "run time there) case 9 no data.id [self-made]",
         {.method = "POST",
          .url = "https://example.com/hook",
          .headers =
              {{"x-signature",
                "ts=1742505638683,v1=8a7b0cc777a8217c3bab41a50c95dc92debbc6f8448f1c967dfe10ac1cb8b894"},
               {"x-request-id", "2066ca19-c6f1-498a-be75-1923005edd06"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1742505638,
         -1,
         true},
        {"mercado_pago#5",
         "inputs from official mercadopago/sdk-nodejs src/utils/webhook/webhook.spec.ts (hash computed at "
         "run time there) case 10 no request id [self-made]",
         {.method = "POST",
          .url = "https://example.com/hook?data.id=ord01jq4s4ky8hwq6na5pxb65b3d3&type=order",
          .headers =
              {{"x-signature",
                "ts=1742505638683,v1=a20c44820ab71562e89a7c9f64d5636efc8beba587b16c2f9bbbc3504892741a"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1742505638,
         -1,
         true},
        {"mercado_pago#9",
         "inputs from official mercadopago/sdk-nodejs src/utils/webhook/webhook.spec.ts (hash computed at "
         "run time there) case 5 no ts [self-made]",
         {.method = "POST",
          .url = "https://example.com/hook?data.id=ord01jq4s4ky8hwq6na5pxb65b3d3&type=order",
          .headers = {{"x-signature", "v1=633f91233312dd391ec75fa0bea539cfc2d6c4918873305b84a96cc1c58db71c"},
                      {"x-request-id", "2066ca19-c6f1-498a-be75-1923005edd06"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1742505638,
         -1,
         false},
        {"mercado_pago#10",
         "inputs from official mercadopago/sdk-nodejs src/utils/webhook/webhook.spec.ts (hash computed at "
         "run time there) case 6 no v1 [official]",
         {.method = "POST",
          .url = "https://example.com/hook?data.id=ord01jq4s4ky8hwq6na5pxb65b3d3&type=order",
          .headers = {{"x-signature", "ts=1742505638683"},
                      {"x-request-id", "2066ca19-c6f1-498a-be75-1923005edd06"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1742505638,
         -1,
         false},
        {"mercado_pago#12",
         "issue #459: multibyte v1 [official]",
         {.method = "POST",
          .url = "https://example.com/hook?data.id=ord01jq4s4ky8hwq6na5pxb65b3d3&type=order",
          .headers = {{"x-signature", "ts=1704908010,v1=\xc3\xa9"
                                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
                      {"x-request-id", "2066ca19-c6f1-498a-be75-1923005edd06"}},
          .body =
              R"({"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"})"},
         {"your_secret_key_here"},
         "",
         {"", ""},
         1704908010,
         -1,
         false},
    });
}

TEST_CASE("draft: mailgun") {
    verify_all<drafts::mailgun>({
        {"mailgun#1",
         "mailgun/mailgun-php tests/Api/WebhookTest.php: testVerifyWebhookGood as form fields [official]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body = "timestamp=1403645220&token=5egbgr1vjgqxtrnp65xfznchgdccwh5d6i09vijqi3whgowmn6&signature="
                  "9cfc5c41582e51246e73c88d34db3af0a3a2692a76fbab81492842f000256d33"},
         {"key-3ax6xnjp29jd6fds4gc373sgvjxteol0"},
         "",
         {"", ""},
         1403645220,
         -1,
         true},
        {"mailgun#2",
         "mailgun/mailgun-php tests/Api/WebhookTest.php: testVerifyWebhookBad (other token) [official]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"signature":{"timestamp":"1403645220","token":"owyldpe6nxhmrn78epljl6bj0orrki1u3d2v5e6cnlmmuox8jr","signature":"9cfc5c41582e51246e73c88d34db3af0a3a2692a76fbab81492842f000256d33"},"event-data":{"id":"G9Bn5sl1TC6nu79C8C0bwg","event":"delivered","timestamp":1403645220.5}})"},
         {"key-3ax6xnjp29jd6fds4gc373sgvjxteol0"},
         "",
         {"", ""},
         1403645220,
         -1,
         false},
        {"mailgun#4",
         "self-made with the constants of anymail/django-anymail tests/test_mailgun_webhooks.py (its "
         "signature is computed at run time) [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"signature":{"timestamp":"1234567890","token":"1234567890abcdef1234567890abcdef","signature":"3b754b7c269e4c08fb3f5f36b2b5f98e45245965522dc16ca4c9faa0b11b557d"},"event-data":{"id":"G9Bn5sl1TC6nu79C8C0bwg","event":"delivered","timestamp":1403645220.5}})"},
         {"TEST_WEBHOOK_SIGNING_KEY"},
         "",
         {"", ""},
         1234567890,
         -1,
         true},
        {"mailgun#6",
         "self-made: 16 minutes old with a 900 s tolerance [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"signature":{"timestamp":"1403645220","token":"5egbgr1vjgqxtrnp65xfznchgdccwh5d6i09vijqi3whgowmn6","signature":"9cfc5c41582e51246e73c88d34db3af0a3a2692a76fbab81492842f000256d33"},"event-data":{"id":"G9Bn5sl1TC6nu79C8C0bwg","event":"delivered","timestamp":1403645220.5}})"},
         {"key-3ax6xnjp29jd6fds4gc373sgvjxteol0"},
         "",
         {"", ""},
         1403646180,
         900,
         false},
    });
}

TEST_CASE("draft: adyen") {
    verify_all<drafts::adyen>({
        {"adyen#2",
         "Adyen/adyen-java-api-library src/test/java/com/adyen/util/HMACValidatorTest.java testValidateHMAC "
         "[official]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body = "{\n    \"additionalData\": {\n        \"hmacSignature\": "
                  "\"NuEkADFmlCC6VgX+wcoPAegIWxVPNBPCuKlM4Hzo5qc=\"\n    },\n    \"amount\": {\n        "
                  "\"currency\": \"EUR\",\n        \"value\": \"0\"\n    },\n    \"eventCode\": "
                  "\"REPORT_AVAILABLE\",\n    \"eventDate\": \"2019-11-20T14:35:36+01:00\",\n    "
                  "\"merchantAccountCode\": \"Magento2Rik\",\n    \"merchantReference\": "
                  "\"testMerchantRef1\",\n    \"pspReference\": \"test_REPORT_AVAILABLE\",\n    \"reason\": "
                  "\"will contain the url to the report\",\n    \"success\": \"true\"\n}"},
         {"9064450A8892A093D9E97EFCC9639DE31B74F3A7803135555A3C96F5A57915D6"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"adyen#4",
         R"(Adyen/adyen-node-api-library src/__tests__/hmacValidator.spec.ts "should have invalid hmac" [official])",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"live": "false", "notificationItems": [{"NotificationRequestItem": {"pspReference": "pspReference", "originalReference": "originalReference", "merchantAccountCode": "merchantAccount", "merchantReference": "reference", "amount": {"currency": "EUR", "value": 1000}, "eventCode": "REPORT_AVAILABLE", "eventDate": "2019-09-21T11:45:24.637Z", "paymentMethod": "VISA", "reason": "reason", "success": "true", "additionalData": {"hmacSignature": "notValidSign"}}}]})"},
         {"DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
        {"adyen#5",
         R"(Adyen/adyen-node-api-library src/__tests__/hmacValidator.spec.ts 44 x "A": same base64 length, decodes to 33 bytes; must return false, not throw [official])",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"live": "false", "notificationItems": [{"NotificationRequestItem": {"pspReference": "pspReference", "originalReference": "originalReference", "merchantAccountCode": "merchantAccount", "merchantReference": "reference", "amount": {"currency": "EUR", "value": 1000}, "eventCode": "REPORT_AVAILABLE", "eventDate": "2019-09-21T11:45:24.637Z", "paymentMethod": "VISA", "reason": "reason", "success": "true", "additionalData": {"hmacSignature": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}}]})"},
         {"DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: hubspot_v3") {
    verify_all<drafts::hubspot_v3>({
        {"hubspot_v3#0",
         "https://developers.hubspot.com/docs/api/webhooks (v3 worked example), quoted in "
         "SlopMaster2/webhook-verify src/providers/hubspot.rs [official]",
         {.method = "POST",
          .url = "https://webhook.site/335453f5-94b3-49d9-b684-a55354d4b8df",
          .headers = {{"X-HubSpot-Request-Timestamp", "1752613922216"},
                      {"X-HubSpot-Signature-v3", "gbj1XPRvUt0noT7i7fXfTzOD4sLzQmf0VT28ZYq0EYg="}},
          .body =
              R"([{"eventId":531833541,"subscriptionId":3923621,"portalId":48807704,"appId":16111050,"occurredAt":1752613920733,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":138017612137,"changeFlag":"CREATED","changeSource":"CRM_UI","sourceId":"userId:76023669"}])"},
         {"cfc68c0b-4b4e-4ef8-b764-95350e4ea479"},
         "",
         {"", ""},
         1752613922,
         -1,
         true},
        {"hubspot_v3#1",
         "SlopMaster2/webhook-verify src/providers/hubspot.rs: local [third-party]",
         {.method = "POST",
          .url = "https://example.com/webhook",
          .headers = {{"X-HubSpot-Request-Timestamp", "1700000000000"},
                      {"X-HubSpot-Signature-v3", "8R9Ufg3RZvGNdB71HcSGhGftUzKX6roNP8P3OSq2LvA="}},
          .body = R"({"event":1})"},
         {"hubspot-local-test-secret"},
         "",
         {"", ""},
         1700000000,
         -1,
         true},
        {"hubspot_v3#3",
         "SlopMaster2/webhook-verify src/providers/hubspot.rs: unicode body [third-party]",
         {.method = "POST",
          .url = "https://example.com/webhook",
          .headers = {{"X-HubSpot-Request-Timestamp", "1700000002000"},
                      {"X-HubSpot-Signature-v3", "pYtLRV8GRjVd3r5KlDc8OnyR1hcSlClLbH1FiIsTteo="}},
          .body = "h\xc3\xa9llo, \xf0\x9f\xa6\x80 world!"},
         {"hubspot-local-test-secret"},
         "",
         {"", ""},
         1700000002,
         -1,
         true},
        {"hubspot_v3#6",
         "SlopMaster2/webhook-verify src/providers/hubspot.rs: GET instead of POST [third-party]",
         {.method = "GET",
          .url = "https://example.com/webhook",
          .headers = {{"X-HubSpot-Request-Timestamp", "1700000000000"},
                      {"X-HubSpot-Signature-v3", "8R9Ufg3RZvGNdB71HcSGhGftUzKX6roNP8P3OSq2LvA="}},
          .body = R"({"event":1})"},
         {"hubspot-local-test-secret"},
         "",
         {"", ""},
         1700000000,
         -1,
         false},
        {"hubspot_v3#8",
         "self-made: official example 302 s later [self-made]",
         {.method = "POST",
          .url = "https://webhook.site/335453f5-94b3-49d9-b684-a55354d4b8df",
          .headers = {{"X-HubSpot-Request-Timestamp", "1752613922216"},
                      {"X-HubSpot-Signature-v3", "gbj1XPRvUt0noT7i7fXfTzOD4sLzQmf0VT28ZYq0EYg="}},
          .body =
              R"([{"eventId":531833541,"subscriptionId":3923621,"portalId":48807704,"appId":16111050,"occurredAt":1752613920733,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":138017612137,"changeFlag":"CREATED","changeSource":"CRM_UI","sourceId":"userId:76023669"}])"},
         {"cfc68c0b-4b4e-4ef8-b764-95350e4ea479"},
         "",
         {"", ""},
         1752614224,
         -1,
         false},
    });
}

TEST_CASE("draft: hubspot_v1") {
    verify_all<drafts::hubspot_v1>({
        {"hubspot_v1#0",
         "npm @hubspot/api-client lib/test/unit/signature.spec.js (same values as the docs): Validates v1 "
         "[official]",
         {.method = "POST",
          .url = "https://www.example.com/webhook_uri",
          .headers = {{"X-HubSpot-Signature",
                       "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"},
                      {"X-HubSpot-Signature-Version", "v1"}},
          .body =
              R"([{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}])"},
         {"yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"hubspot_v1#1",
         "self-made: tampered [self-made]",
         {.method = "POST",
          .url = "https://www.example.com/webhook_uri",
          .headers = {{"X-HubSpot-Signature",
                       "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"},
                      {"X-HubSpot-Signature-Version", "v1"}},
          .body =
              R"([{"eventId":1,"subscriptionId":12345,"portalId":62516,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}])"},
         {"yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: hubspot_v2") {
    verify_all<drafts::hubspot_v2>({
        {"hubspot_v2#1",
         "npm @hubspot/api-client lib/test/unit/signature.spec.js (same values as the docs): Validates v2 "
         "with body [official]",
         {.method = "POST",
          .url = "https://www.example.com/webhook_uri",
          .headers = {{"X-HubSpot-Signature",
                       "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"},
                      {"X-HubSpot-Signature-Version", "v2"}},
          .body = R"({"example_field":"example_value"})"},
         {"yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"hubspot_v2#2",
         "self-made: method changed [self-made]",
         {.method = "PUT",
          .url = "https://www.example.com/webhook_uri",
          .headers = {{"X-HubSpot-Signature",
                       "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"},
                      {"X-HubSpot-Signature-Version", "v2"}},
          .body = R"({"example_field":"example_value"})"},
         {"yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: trello") {
    verify_all<drafts::trello>({
        {"trello#0",
         "self [self-made]",
         {.method = "POST",
          .url = "https://example.com/webhooks/trello",
          .headers = {{"X-Trello-Webhook", "imgjtmLqY96d0Wd/CF/Uac2fyLQ="}},
          .body =
              R"({"action":{"id":"51f9424bcd6e040f3c002412","type":"updateCard"},"model":{"id":"4d5ea62fd76aa1136000000c"}})"},
         {"trello-secret"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"trello#1",
         "self, other URL [self-made]",
         {.method = "POST",
          .url = "https://example.com/webhooks/trello/",
          .headers = {{"X-Trello-Webhook", "imgjtmLqY96d0Wd/CF/Uac2fyLQ="}},
          .body =
              R"({"action":{"id":"51f9424bcd6e040f3c002412","type":"updateCard"},"model":{"id":"4d5ea62fd76aa1136000000c"}})"},
         {"trello-secret"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: square") {
    verify_all<drafts::square>({
        {"square#1",
         R"(square/square-nodejs-sdk tests/integration/webhooks.test.ts "unescaped chars" [official])",
         {.method = "POST",
          .url = "https://webhook.site/webhooks",
          .headers = {{"x-square-hmacsha256-signature", "W3FlCNk5IA3ZQ2LHTWoajvzfaDu/OwY2tNHIHC3IUOA="}},
          .body = R"({"data":{"type":"webhooks","id":"fake_id"}})"},
         {"signature-key"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"square#2",
         R"(square/square-nodejs-sdk tests/integration/webhooks.test.ts "escaped characters" [official])",
         {.method = "POST",
          .url = "https://webhook.site/webhooks",
          .headers = {{"x-square-hmacsha256-signature", "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U="}},
          .body = R"({"data":{"type":"webhooks","id":">id<"}})"},
         {"signature-key"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"square#3",
         "square/square-nodejs-sdk tests/integration/webhooks.test.ts url mismatch [official]",
         {.method = "POST",
          .url = "https://webhook.site/79a4f3a-dcfa-49ee-bac5-9d0edad886b9",
          .headers = {{"x-square-hmacsha256-signature", "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4="}},
          .body =
              R"({"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f","created_at":"2022-07-13T20:30:59.037339943Z","data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}})"},
         {"Ibxx_5AKakO-3qeNVR61Dw"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
        {"square#4",
         "square/square-nodejs-sdk tests/integration/webhooks.test.ts wrong key [official]",
         {.method = "POST",
          .url = "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9",
          .headers = {{"x-square-hmacsha256-signature", "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4="}},
          .body =
              R"({"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f","created_at":"2022-07-13T20:30:59.037339943Z","data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}})"},
         {"MCmhFRxGX82xMwg5FsaoQA"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: zoom") {
    verify_all<drafts::zoom>({
        {"zoom#0",
         "SlopMaster2/webhook-verify src/providers/zoom.rs [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-zm-request-timestamp", "1739923528"},
                      {"x-zm-signature",
                       "v0=71276689c37d865ee24535dab72c05883e9d083978e8d3161202634051b15404"}},
          .body = R"({"event":"meeting.started","event_ts":1626230691572})"},
         {"zoom_webhook_secret"},
         "",
         {"", ""},
         1739923528,
         -1,
         true},
        {"zoom#2",
         "SlopMaster2/webhook-verify src/providers/zoom.rs: unicode body [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-zm-request-timestamp", "1739923528"},
                      {"x-zm-signature",
                       "v0=acdb345ab730d87b815b7f8c6d280399029aec15304310a172224d016aa9dff5"}},
          .body = "h\xc3\xa9llo, \xf0\x9f\xa6\x80 world!"},
         {"zoom_webhook_secret"},
         "",
         {"", ""},
         1739923528,
         -1,
         true},
        {"zoom#5",
         "SlopMaster2/webhook-verify src/providers/zoom.rs: 301 s old [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-zm-request-timestamp", "1739923528"},
                      {"x-zm-signature",
                       "v0=71276689c37d865ee24535dab72c05883e9d083978e8d3161202634051b15404"}},
          .body = R"({"event":"meeting.started","event_ts":1626230691572})"},
         {"zoom_webhook_secret"},
         "",
         {"", ""},
         1739923829,
         -1,
         false},
        {"zoom#6",
         "SlopMaster2/webhook-verify src/providers/zoom.rs: 301 s in the future [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-zm-request-timestamp", "1739923528"},
                      {"x-zm-signature",
                       "v0=71276689c37d865ee24535dab72c05883e9d083978e8d3161202634051b15404"}},
          .body = R"({"event":"meeting.started","event_ts":1626230691572})"},
         {"zoom_webhook_secret"},
         "",
         {"", ""},
         1739923227,
         -1,
         false},
    });
}

TEST_CASE("draft: paddle_billing") {
    verify_all<drafts::paddle_billing>({
        {"paddle_billing#1",
         R"(PaddleHQ/paddle-node-sdk src/__tests__/notifications/webhooks-validator.node.test.ts "Valid signature with multiple hashes" [official])",
         {.method = "POST",
          .url = "",
          .headers = {{"Paddle-Signature",
                       "ts=1698796800;h1=28981e941fae76e53db32f3d2a83cb69db41476595e84e1970a1b5d98f62b261;h1="
                       "28981e941fae76e53db32f3d2a83cb69db41476595e84e1970a1b5d98f62b261;h2=RANDOM_HASH"}},
          .body = R"({"data": "value"})"},
         {"VALID_SECRET"},
         "",
         {"", ""},
         1698796800,
         -1,
         true},
        {"paddle_billing#2",
         "PaddleHQ/paddle-node-sdk src/__tests__/notifications/webhooks-validator.node.test.ts at max "
         "allowed time 5 s [official]",
         {.method = "POST",
          .url = "",
          .headers = {{"Paddle-Signature",
                       "ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9"}},
          .body = R"({"data": ["1", "2"]})"},
         {"VALID_SECRET"},
         "",
         {"", ""},
         1698796805,
         -1,
         true},
        {"paddle_billing#3",
         "PaddleHQ/paddle-node-sdk src/__tests__/notifications/webhooks-validator.node.test.ts more than 5 s "
         "[official]",
         {.method = "POST",
          .url = "",
          .headers = {{"Paddle-Signature",
                       "ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9"}},
          .body = R"({"data": ["1", "2"]})"},
         {"VALID_SECRET"},
         "",
         {"", ""},
         1698796806,
         -1,
         false},
        {"paddle_billing#4",
         R"(PaddleHQ/paddle-node-sdk src/__tests__/notifications/webhooks-validator.node.test.ts "Invalid secret" [official])",
         {.method = "POST",
          .url = "",
          .headers = {{"Paddle-Signature",
                       "ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9"}},
          .body = R"({"data": ["1", "2"]})"},
         {"INVALID_VALID_SECRET"},
         "",
         {"", ""},
         1698796800,
         -1,
         false},
        {"paddle_billing#11",
         "PaddleHQ/paddle-python-sdk tests/Unit/Notification/test_Verifier.py special characters payload "
         "[official]",
         {.method = "POST",
          .url = "",
          .headers = {{"Paddle-Signature",
                       "ts=1710498288;h1=38219b3ba1578184e625c29d201a27cd25bd69e2ec9c3ab87dcb90d87ff73a41"}},
          .body =
              R"({"data":{"id":"ctm_01hs0t94g83hs5jdw282ztqa4z","name":"\u00dc\u00c4\u00c5\u00e5\u00d6\u00dc\u00c4\u00c5\u00e5\u00d6","email":"blackhole+verification1@paddle.com","locale":"en","status":"active","created_at":"2024-03-15T10:24:48.136Z","updated_at":"2024-03-15T10:24:48.136Z","custom_data":null,"import_meta":null,"marketing_consent":false},"event_id":"evt_01hs0t94tjvtv62azjmkbeysz7","event_type":"customer.created","occurred_at":"2024-03-15T10:24:48.466759Z","notification_id":"ntf_01hs0t94ws0ay8keh5t4rq70ht"})"},
         {"pdl_ntfset_01hs0t3tw21j988db1pam5xg8m_GrOWLNef+vmtjJYq4mSnHNzvc8uWoJ1I"},
         "",
         {"", ""},
         1710498288,
         -1,
         true},
    });
}

TEST_CASE("draft: midtrans") {
    verify_all<drafts::midtrans>({
        {"midtrans#0",
         "Midtrans docs example (order Postman-1578568851, server key VT-server-HJMpl9HLr_ntOKt5mRONdmKj), "
         "quoted with its SHA-512 by independent test suites [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"transaction_time": "2020-01-09 18:27:19", "transaction_status": "capture", "transaction_id": "57d5293c-e65f-4a29-95e4-5959c3fa335b", "status_message": "midtrans payment notification", "status_code": "200", "signature_key": "e78e2223638cb60dbdbc88d23deb9b927ac41be7263ab38758605bac834dc25425705543707504bfef0802914cfa3f5f538fa308d1f9086211c420e7892ba2ba", "payment_type": "credit_card", "order_id": "Postman-1578568851", "gross_amount": "10000.00", "fraud_status": "accept", "currency": "IDR"})"},
         {"VT-server-HJMpl9HLr_ntOKt5mRONdmKj"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"midtrans#1",
         "docs sample with signature_key 16d6f84b... and the same server key: does not verify [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"transaction_time": "2020-01-09 18:27:19", "transaction_status": "capture", "transaction_id": "57d5293c-e65f-4a29-95e4-5959c3fa335b", "status_message": "midtrans payment notification", "status_code": "200", "signature_key": "16d6f84b2fb0468e2a9cf99a8ac4e5d803d42180347aaa70cb2a7abb13b5c6130458ca9c71956a962c0827637cd3bc7d40b21a8ae9fab12c7c3efe351b18d00a", "payment_type": "credit_card", "order_id": "Postman-1578568851", "gross_amount": "10000.00", "fraud_status": "accept", "currency": "IDR"})"},
         {"VT-server-HJMpl9HLr_ntOKt5mRONdmKj"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: twitch_eventsub") {
    verify_all<drafts::twitch_eventsub>({
        {"twitch_eventsub#1",
         "SlopMaster2/webhook-verify src/providers/twitch.rs [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"Twitch-Eventsub-Message-Id", "b2f45e9d-85a3-4b8c-91c1-7c03b6b6e4f2"},
                      {"Twitch-Eventsub-Message-Timestamp", "2026-01-01T00:00:00.000000000Z"},
                      {"Twitch-Eventsub-Message-Type", "notification"},
                      {"Twitch-Eventsub-Message-Retry", "0"},
                      {"Twitch-Eventsub-Subscription-Type", "channel.follow"},
                      {"Twitch-Eventsub-Message-Signature",
                       "sha256=2d32ac8112f5dac0c544d6f50241d69b0629635728f57ae69c92cb679e9083af"}},
          .body =
              R"({"subscription":{"id":"0f246fad-1356-49ee-b0a9-6a1c103fr0d1","type":"channel.follow","version":"1","status":"enabled","cost":0,"condition":{"broadcaster_user_id":"1337"},"transport":{"method":"webhook","callback":"https://example.com/webhooks/callback"}},"event":{"user_id":"666","user_login":"cool_user","user_name":"Cool_User","broadcaster_user_id":"1337","broadcaster_user_login":"cool_guy","broadcaster_user_name":"Cool_Guy","followed_at":"2020-07-15T18:16:11.17106713Z"}})"},
         {"twitch_webhook_secret"},
         "",
         {"", ""},
         1767225600,
         -1,
         true},
        {"twitch_eventsub#2",
         "SlopMaster2/webhook-verify src/providers/twitch.rs: empty body [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"Twitch-Eventsub-Message-Id", "b2f45e9d-85a3-4b8c-91c1-7c03b6b6e4f2"},
                      {"Twitch-Eventsub-Message-Timestamp", "2026-01-01T00:00:00.000000000Z"},
                      {"Twitch-Eventsub-Message-Type", "notification"},
                      {"Twitch-Eventsub-Message-Retry", "0"},
                      {"Twitch-Eventsub-Subscription-Type", "channel.follow"},
                      {"Twitch-Eventsub-Message-Signature",
                       "sha256=e7c313855bdef158089b3345f3958e11cbccb9eca8a12334b8634699233f7fac"}},
          .body = ""},
         {"twitch_webhook_secret"},
         "",
         {"", ""},
         1767225600,
         -1,
         true},
        {"twitch_eventsub#5",
         "SlopMaster2/webhook-verify src/providers/twitch.rs: timestamp re-spelled without fraction "
         "[third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"Twitch-Eventsub-Message-Id", "b2f45e9d-85a3-4b8c-91c1-7c03b6b6e4f2"},
                      {"Twitch-Eventsub-Message-Timestamp", "2026-01-01T00:00:00Z"},
                      {"Twitch-Eventsub-Message-Type", "notification"},
                      {"Twitch-Eventsub-Message-Retry", "0"},
                      {"Twitch-Eventsub-Subscription-Type", "channel.follow"},
                      {"Twitch-Eventsub-Message-Signature",
                       "sha256=2d32ac8112f5dac0c544d6f50241d69b0629635728f57ae69c92cb679e9083af"}},
          .body =
              R"({"subscription":{"id":"0f246fad-1356-49ee-b0a9-6a1c103fr0d1","type":"channel.follow","version":"1","status":"enabled","cost":0,"condition":{"broadcaster_user_id":"1337"},"transport":{"method":"webhook","callback":"https://example.com/webhooks/callback"}},"event":{"user_id":"666","user_login":"cool_user","user_name":"Cool_User","broadcaster_user_id":"1337","broadcaster_user_login":"cool_guy","broadcaster_user_name":"Cool_Guy","followed_at":"2020-07-15T18:16:11.17106713Z"}})"},
         {"twitch_webhook_secret"},
         "",
         {"", ""},
         1767225600,
         -1,
         false},
    });
}

TEST_CASE("draft: workos") {
    verify_all<drafts::workos>({
        {"workos#1",
         "SlopMaster2/webhook-verify src/providers/workos.rs comma-space [third-party]",
         {.method = "POST",
          .url = "",
          .headers =
              {{"WorkOS-Signature",
                "t=1720000000554, v1=23e474ffaeb30a5348100baedfd6eb4caa6edac509127e4bc603b8f8810710c1"}},
          .body =
              R"({"id":"evt_01JEMSQQQ5QHD2VQVP1ZWS2KX3","event":"dsync.user.created","created_at":"2024-07-03T09:46:40.554Z","data":{"id":"directory_user_01JEMSQQQ5QHD2VQVP1ZWS2KX4","email":"grace.hopper@example.com","username":"gracehopper","firstName":"Grace","lastName":"Hopper","state":"active","directoryId":"directory_01JEMSQQQ5QHD2VQVP1ZWS2KX5","organizationId":"org_01JEMSQQQ5QHD2VQVP1ZWS2KX6","groups":["group_01JEMSQQQ5QHD2VQVP1ZWS2KX7"]}})"},
         {"test_signing_secret_abcdef"},
         "",
         {"", ""},
         1720000000,
         -1,
         true},
        {"workos#2",
         "workos-node spec: t=\xe2\x80\xa6, v1=99999 [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"WorkOS-Signature", "t=1720000000554, v1=99999"}},
          .body =
              R"({"id":"evt_01JEMSQQQ5QHD2VQVP1ZWS2KX3","event":"dsync.user.created","created_at":"2024-07-03T09:46:40.554Z","data":{"id":"directory_user_01JEMSQQQ5QHD2VQVP1ZWS2KX4","email":"grace.hopper@example.com","username":"gracehopper","firstName":"Grace","lastName":"Hopper","state":"active","directoryId":"directory_01JEMSQQQ5QHD2VQVP1ZWS2KX5","organizationId":"org_01JEMSQQQ5QHD2VQVP1ZWS2KX6","groups":["group_01JEMSQQQ5QHD2VQVP1ZWS2KX7"]}})"},
         {"test_signing_secret_abcdef"},
         "",
         {"", ""},
         1720000000,
         -1,
         false},
    });
}

TEST_CASE("draft: sanity") {
    verify_all<drafts::sanity>({
        {"sanity#1",
         "sanity-io/webhook-toolkit@649f5ad test/signature.test.ts encodeSignatureHeader [official]",
         {.method = "POST",
          .url = "",
          .headers = {{"sanity-webhook-signature",
                       "t=1633518820676,v1=e7C9h2sfbFfc4V7TEz7PSOp4IoNzl0UdVsBV-1wgdeA"}},
          .body = R"({"title":"GROQ-Hooks are neat"})"},
         {"try-me"},
         "",
         {"", ""},
         1633518820,
         -1,
         true},
        {"sanity#2",
         "sanity-io/webhook-toolkit@649f5ad test/signature.test.ts timestamp [official]",
         {.method = "POST",
          .url = "",
          .headers = {{"sanity-webhook-signature",
                       "t=1633519811128,v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0"}},
          .body = R"({"_id":"resume"})"},
         {"test"},
         "",
         {"", ""},
         1633519811,
         -1,
         false},
    });
}

TEST_CASE("draft: knock") {
    verify_all<drafts::knock>({
        {"knock#0",
         "self-made: valid [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-knock-signature",
                       "t=1700000000000,s=zMkrPuSXx8ouMJvk558Cxf6xQSPbjXgxIyNDpQOdQTA="}},
          .body =
              R"({"type":"message.sent","data":{"id":"1rjI8XqgSU1YJcnbfwhWlUWjDFn"},"created_at":"2023-11-14T22:13:20Z"})"},
         {"knock_signing_secret"},
         "",
         {"", ""},
         1700000000,
         -1,
         true},
        {"knock#1",
         "self-made: tampered [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-knock-signature",
                       "t=1700000000000,s=zMkrPuSXx8ouMJvk558Cxf6xQSPbjXgxIyNDpQOdQTA="}},
          .body =
              R"({"type":"message.sent","data":{"id":"1rjI8XqgSU1YJcnbfwhWlUWjDFn"},"created_at":"2023-11-14T22:13:20Z"} )"},
         {"knock_signing_secret"},
         "",
         {"", ""},
         1700000000,
         -1,
         false},
    });
}

TEST_CASE("draft: fal") {
    verify_all<drafts::fal>({
        {"fal#0",
         R"(self (seed "fal-webhook-self-made-seed-00001") [self-made])",
         {.method = "POST",
          .url = "",
          .headers = {{"X-Fal-Webhook-Request-Id", "req-1"},
                      {"X-Fal-Webhook-User-Id", "user-1"},
                      {"X-Fal-Webhook-Timestamp", "1800000000"},
                      {"X-Fal-Webhook-Signature",
                       "1051f2402dec9201ebc50eb8a408b7a7632e7314c4f708dd6c0e7b3708b232a357b2c39df00d5c3bba4b2"
                       "9d7ce7898ecb61ca4a2953eed53fc2e0e0bc700320b"}},
          .body = R"({"request_id":"req-1","status":"OK"})"},
         {},
         R"({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "hP_IxOBEzexXIPYdCgTyO-J8gTZoz6IbEOwOZ_2solE"}]})",
         {"", ""},
         1800000000,
         -1,
         true},
        {"fal#1",
         "self [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"X-Fal-Webhook-Request-Id", "req-1"},
                      {"X-Fal-Webhook-User-Id", "user-1"},
                      {"X-Fal-Webhook-Timestamp", "1800000000"},
                      {"X-Fal-Webhook-Signature",
                       "1051f2402dec9201ebc50eb8a408b7a7632e7314c4f708dd6c0e7b3708b232a357b2c39df00d5c3bba4b2"
                       "9d7ce7898ecb61ca4a2953eed53fc2e0e0bc700320b"}},
          .body = R"({"request_id":"req-1","status":"ERROR"})"},
         {},
         R"({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "hP_IxOBEzexXIPYdCgTyO-J8gTZoz6IbEOwOZ_2solE"}]})",
         {"", ""},
         1800000000,
         -1,
         false},
    });
}

TEST_CASE("draft: sinch_voice") {
    verify_all<drafts::sinch_voice>({
        {"sinch_voice#0",
         "https://developers.sinch.com/docs/voice/api-reference/authentication/callback-signed-request "
         "worked example [official]",
         {.method = "POST",
          .url = "https://callbacks.yourdomain.com/sinch/callback/ace",
          .headers = {{"Authorization",
                       "application "
                       "669E367E-6BBA-48AB-AF15-266871C28135:Tg6fMyo8mj9pYfWQ9ssbx3Tc1BNC87IEygAfLbJqZb4="},
                      {"x-timestamp", "2014-09-24T10:59:41Z"},
                      {"Content-Type", "application/json"}},
          .body =
              R"({"event":"ace","callid":"822aa4b7-05b4-4d83-87c7-1f835ee0b6f6_257","timestamp":"2014-09-24T10:59:41Z","version":1})"},
         {"BeIukql3pTKJ8RGL5zo0DA=="},
         "",
         {"", ""},
         1411556381,
         -1,
         true},
        {"sinch_voice#4",
         "self-made: other path [self-made]",
         {.method = "POST",
          .url = "https://callbacks.yourdomain.com/sinch/callback/dice",
          .headers = {{"Authorization",
                       "application "
                       "669E367E-6BBA-48AB-AF15-266871C28135:Tg6fMyo8mj9pYfWQ9ssbx3Tc1BNC87IEygAfLbJqZb4="},
                      {"x-timestamp", "2014-09-24T10:59:41Z"},
                      {"Content-Type", "application/json"}},
          .body =
              R"({"event":"ace","callid":"822aa4b7-05b4-4d83-87c7-1f835ee0b6f6_257","timestamp":"2014-09-24T10:59:41Z","version":1})"},
         {"BeIukql3pTKJ8RGL5zo0DA=="},
         "",
         {"", ""},
         1411556381,
         -1,
         false},
    });
}

TEST_CASE("draft: sinch_conversation") {
    verify_all<drafts::sinch_conversation>({
        {"sinch_conversation#0",
         "sinch-sdk-node authorization.helper.test.ts / Sinch docs: valid [official]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-sinch-webhook-signature", "6bpJoRmFoXVjfJIVglMoJzYXxnoxRujzR4k2GOXewOE="},
                      {"x-sinch-webhook-signature-algorithm", "HmacSHA256"},
                      {"x-sinch-webhook-signature-nonce", "01FJA8B4A7BM43YGWSG9GBV067"},
                      {"x-sinch-webhook-signature-timestamp", "1634579353"}},
          .body =
              R"({"app_id":"","accepted_time":"2021-10-18T17:49:13.813615Z","project_id":"e2df3a34-a71b-4448-9db5-a8d2baad28e4","contact_create_notification":{"contact":{"id":"01FJA8B466Y0R2GNXD78MD9SM1","channel_identities":[{"channel":"SMS","identity":"48123456789","app_id":""}],"display_name":"New Test Contact","email":"new.contact@email.com","external_id":"","metadata":"","language":"EN_US"}},"message_metadata":""})"},
         {"foo_secret1234"},
         "",
         {"", ""},
         1634579353,
         -1,
         true},
        {"sinch_conversation#1",
         "sinch-sdk-node authorization.helper.test.ts / Sinch docs: header missing [official]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"app_id":"","accepted_time":"2021-10-18T17:49:13.813615Z","project_id":"e2df3a34-a71b-4448-9db5-a8d2baad28e4","contact_create_notification":{"contact":{"id":"01FJA8B466Y0R2GNXD78MD9SM1","channel_identities":[{"channel":"SMS","identity":"48123456789","app_id":""}],"display_name":"New Test Contact","email":"new.contact@email.com","external_id":"","metadata":"","language":"EN_US"}},"message_metadata":""})"},
         {"foo_secret1234"},
         "",
         {"", ""},
         1634579353,
         -1,
         false},
    });
}

TEST_CASE("draft: klaviyo") {
    verify_all<drafts::klaviyo>({
        {"klaviyo#0",
         "SlopMaster2/webhook-verify src/providers/klaviyo.rs [third-party]",
         {.method = "POST",
          .url = "",
          .headers =
              {{"Klaviyo-Signature", "5aa0e720d80b3a04ca04baf3c65cdfe31da57504af69fee8da29c35d45f0596b"},
               {"Klaviyo-Timestamp", "Thu, 04 Jan 2024 18:05:25 GMT"},
               {"Klaviyo-Webhook-Id", "a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb"}},
          .body =
              R"({"data":[{"external_id":"4L3cwQae2TX","topic":"event:klaviyo.sent_sms"}],"meta":{"klaviyo_webhook_id":"a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb"}})"},
         {"klaviyo-test-secret"},
         "",
         {"", ""},
         1704391525,
         -1,
         true},
        {"klaviyo#3",
         "SlopMaster2/webhook-verify src/providers/klaviyo.rs: example signature of the Klaviyo docs "
         "(body/secret unpublished: must parse, then mismatch) [third-party]",
         {.method = "POST",
          .url = "",
          .headers =
              {{"Klaviyo-Signature", "e6c00e313eaea50ca3b89a7de5a782a2014f96fb8315c065898c669d831912d1"},
               {"Klaviyo-Timestamp", "Thu, 04 Jan 2024 18:05:25 GMT"},
               {"Klaviyo-Webhook-Id", "a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb"}},
          .body =
              R"({"data":[{"external_id":"4L3cwQae2TX","topic":"event:klaviyo.sent_sms"}],"meta":{"klaviyo_webhook_id":"a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb"}})"},
         {"klaviyo-test-secret"},
         "",
         {"", ""},
         1704391525,
         -1,
         false},
    });
}

TEST_CASE("draft: tiktok_shop") {
    verify_all<drafts::tiktok_shop>({
        {"tiktok_shop#0",
         "self-made [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"Authorization", "4635b9f6719fb014b1de95f13b7786ec0bb9c6c22fea2b05110616e12d0ad211"}},
          .body =
              R"({"type":1,"tts_notification_id":"7327112393057371910","shop_id":"7494049642642441621","timestamp":1700000000,"data":{}})"},
         {"app_secret_x"},
         "",
         {"app_key", "app_key_1"},
         no_clock,
         -1,
         true},
        {"tiktok_shop#1",
         "self-made: app_key left out [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"Authorization", "e802ef13c8d72e461ec6b4947abf15026491c14f65e28ad912629ed0be1bef24"}},
          .body =
              R"({"type":1,"tts_notification_id":"7327112393057371910","shop_id":"7494049642642441621","timestamp":1700000000,"data":{}})"},
         {"app_secret_x"},
         "",
         {"app_key", "app_key_1"},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: paytr") {
    verify_all<drafts::paytr>({
        {"paytr#0",
         "self-made [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body = "merchant_oid=ORD123&status=success&total_amount=1099&hash=WzeTbVeCX3VE1C3sJ%"
                  "2FfGVR0hWPiD8uwjMtgR%2BIDIHu0%3D"},
         {"pt_key"},
         "",
         {"merchant_salt", "pt_salt"},
         no_clock,
         -1,
         true},
        {"paytr#1",
         "self-made amount changed [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body = "merchant_oid=ORD123&status=success&total_amount=1&hash=WzeTbVeCX3VE1C3sJ%"
                  "2FfGVR0hWPiD8uwjMtgR%2BIDIHu0%3D"},
         {"pt_key"},
         "",
         {"merchant_salt", "pt_salt"},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: box") {
    verify_all<drafts::box>({
        {"box#0",
         "box/box-python-sdk legacy test/unit/object/test_webhook.py: both keys [official]",
         {.method = "POST",
          .url = "",
          .headers = {{"BOX-DELIVERY-ID", "f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f"},
                      {"BOX-DELIVERY-TIMESTAMP", "2020-01-01T00:00:00-07:00"},
                      {"BOX-SIGNATURE-ALGORITHM", "HmacSHA256"},
                      {"BOX-SIGNATURE-VERSION", "1"},
                      {"BOX-SIGNATURE-PRIMARY", "6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI="},
                      {"BOX-SIGNATURE-SECONDARY", "v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo="}},
          .body =
              R"({"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}})"},
         {"SamplePrimaryKey", "SampleSecondaryKey"},
         "",
         {"", ""},
         1577862000,
         -1,
         true},
        {"box#3",
         "box/box-python-sdk legacy test/unit/object/test_webhook.py: both wrong [official]",
         {.method = "POST",
          .url = "",
          .headers = {{"BOX-DELIVERY-ID", "f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f"},
                      {"BOX-DELIVERY-TIMESTAMP", "2020-01-01T00:00:00-07:00"},
                      {"BOX-SIGNATURE-ALGORITHM", "HmacSHA256"},
                      {"BOX-SIGNATURE-VERSION", "1"},
                      {"BOX-SIGNATURE-PRIMARY", "6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI="},
                      {"BOX-SIGNATURE-SECONDARY", "v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo="}},
          .body =
              R"({"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}})"},
         {"WrongPrimaryKey", "WrongSecondaryKey"},
         "",
         {"", ""},
         1577862000,
         -1,
         false},
    });
}

TEST_CASE("draft: hookdeck") {
    verify_all<drafts::hookdeck>({
        {"hookdeck#0",
         "self [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-hookdeck-signature", "Jmq0jPtlYwFQ8mzWj3sBmirthk5MBNRa9UIrmDXR0iI="}},
          .body = R"({"type":"order.created"})"},
         {"hookdeck-signing-secret"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"hookdeck#2",
         "self [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"x-hookdeck-signature", "Jmq0jPtlYwFQ8mzWj3sBmirthk5MBNRa9UIrmDXR0iI="}},
          .body = R"({"type":"order.created"} )"},
         {"hookdeck-signing-secret"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: increase") {
    verify_all<drafts::increase>({
        {"increase#0",
         "increase-python SDK test class TestWebhooks, Stainless generated (older release; same vector in "
         "the increase-java SDK test; both found by exact-string search, so repository path not shown) "
         "[official]",
         {.method = "POST",
          .url = "",
          .headers = {{"Increase-Webhook-Signature",
                       "t=2022-01-31T23:59:59Z,v1="
                       "3f9c3dcc820ca3adfae8e196d05b09dfef63b91db5ce5ac1407090f2aa424a6f"}},
          .body = R"({"id":"event_123abc","created_at":"2020-01-31T23:59:59Z"})"},
         {"whsec_zlFsbBZ8Xcodlpcu6NDTdSzZRLSdhkst"},
         "",
         {"", ""},
         1643673599,
         -1,
         true},
        {"increase#1",
         "increase-python SDK test class TestWebhooks, Stainless generated (older release; same vector in "
         "the increase-java SDK test; both found by exact-string search, so repository path not shown) wrong "
         "secret [official]",
         {.method = "POST",
          .url = "",
          .headers = {{"Increase-Webhook-Signature",
                       "t=2022-01-31T23:59:59Z,v1="
                       "3f9c3dcc820ca3adfae8e196d05b09dfef63b91db5ce5ac1407090f2aa424a6f"}},
          .body = R"({"id":"event_123abc","created_at":"2020-01-31T23:59:59Z"})"},
         {"invalid secret"},
         "",
         {"", ""},
         1643673599,
         -1,
         false},
        {"increase#2",
         "derived: stale [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"Increase-Webhook-Signature",
                       "t=2022-01-31T23:59:59Z,v1="
                       "3f9c3dcc820ca3adfae8e196d05b09dfef63b91db5ce5ac1407090f2aa424a6f"}},
          .body = R"({"id":"event_123abc","created_at":"2020-01-31T23:59:59Z"})"},
         {"whsec_zlFsbBZ8Xcodlpcu6NDTdSzZRLSdhkst"},
         "",
         {"", ""},
         1643673900,
         -1,
         false},
    });
}

TEST_CASE("draft: grafana") {
    verify_all<drafts::grafana>({
        {"grafana#0",
         R"(grafana/alerting http/hmac_test.go "Valid signing without timestamp" (inputs official, digest computed) [self-made])",
         {.method = "POST",
          .url = "",
          .headers = {{"X-Grafana-Alerting-Signature",
                       "3bcebf43c85d20bba6e3b6ba278af1d2ba3ab0d57de271b0ad30b833e851c5a6"}},
          .body = "test message"},
         {"secret"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"grafana#1",
         R"(grafana/alerting http/hmac_test.go "Valid signing with timestamp" inputs, clock 1700000000 [self-made])",
         {.method = "POST",
          .url = "",
          .headers = {{"X-Grafana-Alerting-Signature",
                       "36fa366a807205a13fc507ea4413374566ad5808c7ca7653f94d121fe5e64c2d"},
                      {"X-Grafana-Alerting-Timestamp", "1700000000"}},
          .body = "test message"},
         {"secret"},
         "",
         {"", ""},
         1700000000,
         -1,
         true},
        {"grafana#2",
         "wrong separator (tern) [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"X-Grafana-Alerting-Signature",
                       "fa49078bef75246578ac1f29504dcc2b57f80e582c7558dddc2d461541a03b2d"},
                      {"X-Grafana-Alerting-Timestamp", "1700000000"}},
          .body = "test message"},
         {"secret"},
         "",
         {"", ""},
         1700000000,
         -1,
         false},
    });
}

TEST_CASE("draft: linkedin") {
    verify_all<drafts::linkedin>({
        {"linkedin#0",
         "self-made [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"X-LI-Signature", "b87f5ff38d13fdcbd83b02e48e252cd133bcef788e35a4806e743682d082cde5"}},
          .body =
              R"({"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:123","leadAction":"CREATED","occuredAt":1700000000000})"},
         {"linkedin-client-secret"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"linkedin#1",
         "self-made: signed without the literal prefix [self-made]",
         {.method = "POST",
          .url = "",
          .headers = {{"X-LI-Signature", "4e40b39cf38b3325de5ff55cb6ac83df6450dac894cc5a01c6f8b864c0cf4cd8"}},
          .body =
              R"({"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:123","leadAction":"CREATED","occuredAt":1700000000000})"},
         {"linkedin-client-secret"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: telnyx") {
    verify_all<drafts::telnyx>({
        {"telnyx#1",
         "self-made: now 300 s later [self-made]",
         {.method = "POST",
          .url = "",
          .headers =
              {{"Telnyx-Signature-Ed25519",
                "h8mgVW8ZTF/4a7JxTNZzlNEFBCM3fXzOi1SPVH14WlxCcU2UsMELDWIzy47sHU3sqUiBcI0jY31XPROHcagvCw=="},
               {"Telnyx-Timestamp", "1700000000"}},
          .body = "{\n    \"record_type\": \"event\",\n    \"id\": "
                  "\"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0\",\n    \"event_type\": \"call_initiated\"\n}"},
         {},
         "Fw1oBmnyYgkqoHzAn+DsWqdiIqqE67NMwEQf8faDVyk=",
         {"", ""},
         1700000300,
         -1,
         true},
        {"telnyx#2",
         "self-made: unicode body [self-made]",
         {.method = "POST",
          .url = "",
          .headers =
              {{"Telnyx-Signature-Ed25519",
                "Z5a+HvYUwSWCxOG+JglokDIbOCnS/jA/1x4d+7x0Tc+1xHQcnfQ/b2njAQhxldvoAlKDbBjZk4MGUkPXSLpjDw=="},
               {"Telnyx-Timestamp", "1700000000"}},
          .body = "h\xc3\xa9llo, \xf0\x9f\xa6\x80 world!"},
         {},
         "Fw1oBmnyYgkqoHzAn+DsWqdiIqqE67NMwEQf8faDVyk=",
         {"", ""},
         1700000000,
         -1,
         true},
        {"telnyx#3",
         "self-made: 301 s old [self-made]",
         {.method = "POST",
          .url = "",
          .headers =
              {{"Telnyx-Signature-Ed25519",
                "h8mgVW8ZTF/4a7JxTNZzlNEFBCM3fXzOi1SPVH14WlxCcU2UsMELDWIzy47sHU3sqUiBcI0jY31XPROHcagvCw=="},
               {"Telnyx-Timestamp", "1700000000"}},
          .body = "{\n    \"record_type\": \"event\",\n    \"id\": "
                  "\"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0\",\n    \"event_type\": \"call_initiated\"\n}"},
         {},
         "Fw1oBmnyYgkqoHzAn+DsWqdiIqqE67NMwEQf8faDVyk=",
         {"", ""},
         1700000301,
         -1,
         false},
    });
}

TEST_CASE("draft: dropbox_sign") {
    verify_all<drafts::dropbox_sign>({
        {"dropbox_sign#0",
         "hellosign/hellosign-openapi test_fixtures/EventCallbackHelper_AccountCallbacks.json: "
         "base_no_metadata [official]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"account_guid":"63522885f9261e2b04eea043933ee7313eb674fd","event":{"event_time":"1348177752","event_type":"unknown_error","event_hash":"c574f5d3090c2936360b4e36cf6835cf3e2206b84fdc6347e6b28ca721ae1371"}})"},
         {"324e3b0840f065eb51f3fd63231d0d33daa35d4ed10d27718839e81737065782"},
         "",
         {"", ""},
         1348177752,
         -1,
         true},
        {"dropbox_sign#5",
         "hellosign/hellosign-openapi test_fixtures/EventCallbackHelper_AccountCallbacks.json: account with "
         "reversed API key (SDK test) [official]",
         {.method = "POST",
          .url = "",
          .headers = {},
          .body =
              R"({"account_guid":"63522885f9261e2b04eea043933ee7313eb674fd","event":{"event_time":"1348177752","event_type":"account_confirmed","event_hash":"6dc5b7aad93cf54915e0089d6c31d61b3833f66f51459171c69f8fa211308848"}})"},
         {"28756073718e93881772d01de4d53aad33d0d13236df3f15be560f0480b3e423"},
         "",
         {"", ""},
         1348177752,
         -1,
         false},
    });
}

TEST_CASE("draft: gitea") {
    verify_all<drafts::gitea>({
        {"gitea#1",
         "go-playground/webhooks@02d182a gitea/gitea_test.go + testdata/gitea/delete-event.json "
         "[third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"X-Gitea-Event", "delete"},
                      {"X-Gitea-Signature",
                       "84307b509e663cd897bc719b2a564e64fa4af8716fda389488f18369139e0fdd"}},
          .body =
              "{\n  \"ref\": \"example3\",\n  \"ref_type\": \"branch\",\n  \"pusher_type\": \"user\",\n  "
              "\"repository\": {\n    \"id\": 1,\n    \"owner\": {\n      \"id\": 1,\n      \"login\": "
              "\"example\",\n      \"full_name\": \"\",\n      \"email\": \"example@example.com\",\n      "
              "\"avatar_url\": \"http://localhost:3000/avatar/23463b99b62a72f26ed677cc556c44e8\",\n      "
              "\"language\": \"\",\n      \"is_admin\": false,\n      \"last_login\": "
              "\"0001-01-01T00:00:00Z\",\n      \"created\": \"2022-03-09T16:14:22+09:00\",\n      "
              "\"restricted\": false,\n      \"active\": false,\n      \"prohibit_login\": false,\n      "
              "\"location\": \"\",\n      \"website\": \"\",\n      \"description\": \"\",\n      "
              "\"visibility\": \"public\",\n      \"followers_count\": 0,\n      \"following_count\": 0,\n   "
              "   \"starred_repos_count\": 0,\n      \"username\": \"example\"\n    },\n    \"name\": "
              "\"example\",\n    \"full_name\": \"example/example\",\n    \"description\": \"\",\n    "
              "\"empty\": false,\n    \"private\": false,\n    \"fork\": false,\n    \"template\": false,\n  "
              "  \"parent\": null,\n    \"mirror\": false,\n    \"size\": 114,\n    \"html_url\": "
              "\"http://localhost:3000/example/example\",\n    \"ssh_url\": "
              "\"git@localhost:example/example.git\",\n    \"clone_url\": "
              "\"http://localhost:3000/example/example.git\",\n    \"original_url\": \"\",\n    \"website\": "
              "\"\",\n    \"stars_count\": 0,\n    \"forks_count\": 1,\n    \"watchers_count\": 1,\n    "
              "\"open_issues_count\": 1,\n    \"open_pr_counter\": 1,\n    \"release_counter\": 1,\n    "
              "\"default_branch\": \"master\",\n    \"archived\": false,\n    \"created_at\": "
              "\"2022-03-09T16:14:29+09:00\",\n    \"updated_at\": \"2022-03-09T16:39:18+09:00\",\n    "
              "\"permissions\": {\n      \"admin\": false,\n      \"push\": false,\n      \"pull\": false\n  "
              "  },\n    \"has_issues\": true,\n    \"internal_tracker\": {\n      \"enable_time_tracker\": "
              "true,\n      \"allow_only_contributors_to_track_time\": true,\n      "
              "\"enable_issue_dependencies\": true\n    },\n    \"has_wiki\": false,\n    "
              "\"has_pull_requests\": true,\n    \"has_projects\": true,\n    "
              "\"ignore_whitespace_conflicts\": false,\n    \"allow_merge_commits\": true,\n    "
              "\"allow_rebase\": true,\n    \"allow_rebase_explicit\": true,\n    \"allow_squash_merge\": "
              "true,\n    \"default_merge_style\": \"merge\",\n    \"avatar_url\": \"\",\n    \"internal\": "
              "false,\n    \"mirror_interval\": \"\",\n    \"mirror_updated\": \"0001-01-01T00:00:00Z\",\n   "
              " \"repo_transfer\": null\n  },\n  \"sender\": {\n    \"id\": 1,\n    \"login\": "
              "\"example\",\n    \"full_name\": \"\",\n    \"email\": \"example@example.com\",\n    "
              "\"avatar_url\": \"http://localhost:3000/avatar/23463b99b62a72f26ed677cc556c44e8\",\n    "
              "\"language\": \"\",\n    \"is_admin\": false,\n    \"last_login\": "
              "\"0001-01-01T00:00:00Z\",\n    \"created\": \"2022-03-09T16:14:22+09:00\",\n    "
              "\"restricted\": false,\n    \"active\": false,\n    \"prohibit_login\": false,\n    "
              "\"location\": \"\",\n    \"website\": \"\",\n    \"description\": \"\",\n    \"visibility\": "
              "\"public\",\n    \"followers_count\": 0,\n    \"following_count\": 0,\n    "
              "\"starred_repos_count\": 0,\n    \"username\": \"example\"\n  }\n}"},
         {"IsWishesWereHorsesWedAllBeEatingSteak!"},
         "",
         {"", ""},
         no_clock,
         -1,
         true},
        {"gitea#3",
         "go-playground/webhooks gitea_test.go [third-party]",
         {.method = "POST",
          .url = "",
          .headers = {{"X-Gitea-Event", "push"}, {"X-Gitea-Signature", "111"}},
          .body = "{}"},
         {"IsWishesWereHorsesWedAllBeEatingSteak!"},
         "",
         {"", ""},
         no_clock,
         -1,
         false},
    });
}

TEST_CASE("draft: what each protects is what its documentation warns of") {
    using bp = body_protection;
    CHECK(drafts::mercado_pago::scheme.info().protects == protection{.timestamp = true});
    CHECK(drafts::mercado_pago::verbatim.protects() == protection{.timestamp = true, .event_id = true});
    CHECK(drafts::mailgun::scheme.info().protects == protection{.body = bp::some_fields, .timestamp = true});
    CHECK(drafts::adyen::scheme.info().protects == protection{.body = bp::some_fields, .event_id = true});
    CHECK(drafts::hubspot_v3::scheme.info().protects
          == protection{.body = bp::whole, .timestamp = true, .event_id = true, .url = true, .method = true});
    CHECK(drafts::hubspot_v1::scheme.info().protects == protection{.body = bp::whole, .plain_hash = true});
    CHECK(drafts::trello::scheme.info().protects
          == protection{.body = bp::whole, .event_id = true, .url = true});
    CHECK(drafts::midtrans::scheme.info().protects
          == protection{.body = bp::some_fields, .plain_hash = true});
    CHECK(drafts::twitch_eventsub::scheme.info().protects
          == protection{.body = bp::whole, .timestamp = true, .event_id = true});
    CHECK(drafts::dropbox_sign::scheme.info().protects
          == protection{.body = bp::some_fields, .timestamp = true});
    CHECK(drafts::paytr::scheme.info().protects == protection{.body = bp::some_fields, .event_id = true});
    CHECK(drafts::gitea::scheme.info().protects == protection{.body = bp::some_fields});
}
