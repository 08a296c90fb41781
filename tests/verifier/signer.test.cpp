// SPDX-License-Identifier: MIT
#include <hookseal/signer.hpp>

#include <hookseal/testing.hpp>

#include "core/print.hpp"
#include "schemes/at_run_time.hpp"
#include "support/catch.hpp"
#include "verifier/toys.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

using namespace hookseal;
using namespace hookseal_tests;
using testing::manual_clock;

namespace {

const std::string body = R"({"id":"evt_1","type":"a.b"})";
constexpr std::chrono::sys_seconds signed_at{std::chrono::seconds(now)};

signed_scheme describe(std::string_view content, const std::function<void(signed_scheme&)>& otherwise = {}) {
    signed_scheme s;
    s.name = "shape";
    s.signature = header("x-sig");
    s.signed_content = content_of(content);
    s.event_id = header("x-id");
    s.event_type = header("x-type");
    if (s.signed_content.has(content_op::kind::timestamp)) s.timestamp = header("x-time");
    if (otherwise) otherwise(s);
    return s;
}

outgoing_delivery outgoing() {
    return {.body = body,
            .event_id = "evt_1",
            .event_type = "a.b",
            .at = signed_at,
            .method = "PUT",
            .url = "https://example.com/hook?a=b"};
}

std::string value_of(const signed_headers& headers, std::string_view name) {
    for (const auto& [n, value] : headers)
        if (n == name) return value;
    return "(none)";
}

/// The error of signing, as text, or "ok".
std::string signs(const signed_scheme& s, const outgoing_delivery& what) {
    const at_run_time described(s);
    const auto made = basic_signer::make(described.ref(), secret("key"));
    if (!made) return std::string(name(made.error()));
    const auto headers = made->sign(what);
    return headers ? "ok" : std::string(name(headers.error()));
}

} // namespace

TEST_CASE("signer: writes what OpenSSL computes over the content written by hand") {
    const signer<toys::timed> timed{secret("key")};
    const auto headers = timed.sign({.body = body, .at = signed_at});
    REQUIRE(headers);
    CHECK(value_of(*headers, "x-sig") == timed_header("key", body));

    const signer<toys::plain> plain{secret("key")};
    CHECK(value_of(*plain.sign({.body = body}), "x-sig") == hmac_sha256_hex("key", body));
    const signer<toys::token> token{secret("key")};
    CHECK(value_of(*token.sign({.body = body}), "x-token") == "key");
    const signer<toys::hashed> hashed{secret("key")};
    CHECK(value_of(*hashed.sign({.body = body}), "x-sig") == hex_of(digest_of(EVP_sha256(), "key" + body)));
    const signer<toys::open> open{secret(private_key)};
    const std::string time = std::to_string(now);
    CHECK(value_of(*open.sign({.body = body, .at = signed_at}), "x-sig") == ed25519_signature(time + body));
}

TEST_CASE("signer: what it writes in every shape is verified by the same scheme") {
    const signed_scheme shapes[] = {
        describe("{body}"),
        describe("v0:{timestamp}:{body}"),
        describe("{event_id}.{timestamp}.{body}"),
        describe("{method}{url}{body}{timestamp}"),
        describe("{path}?{query_string}{query:a}{body}"),
        describe("{json:id}:{json:type}"),
        describe("{body|sha256}{body|md5|base64}{body|crc32}"),
        describe("[{header:x-id}.][{header:none}.]{body}"),
        describe("{body}", [](auto& s) { s.signature = header("x-sig").after("sha256="); }),
        describe("{body}", [](auto& s) { s.signature = header("x-sig").or_header("sig"); }),
        describe("{body}", [](auto& s) { s.signature = header("x-sig").item("v1,", ' '); }),
        describe("{timestamp}.{body}",
                 [](auto& s) {
                     s.signature = header("x-sig").item("v1=", ',');
                     s.timestamp = header("x-sig").item("t=", ',');
                 }),
        describe("{timestamp}:{body}",
                 [](auto& s) {
                     s.signature = header("x-sig").item("h1=", ';');
                     s.timestamp = header("x-sig").item("ts=", ';');
                 }),
        describe("{timestamp}.{body}", [](auto& s) { s.timestamp_form = timestamp_form::unix_milliseconds; }),
        describe("{timestamp}.{body}",
                 [](auto& s) { s.timestamp_form = timestamp_form::unix_seconds_or_milliseconds; }),
        describe("{timestamp}.{body}", [](auto& s) { s.timestamp_form = timestamp_form::rfc3339; }),
        describe("{timestamp}.{body}", [](auto& s) { s.timestamp_form = timestamp_form::http_date; }),
        describe("{timestamp}.{body}", [](auto& s) { s.timestamp = header("x-time").after("at="); }),
        describe("{body}", [](auto& s) { s.digest = digest::sha1; }),
        describe("{body}", [](auto& s) { s.digest = digest::sha384; }),
        describe("{body}", [](auto& s) { s.digest = digest::sha512; }),
        describe("{body}", [](auto& s) { s.encoding = encoding::base64; }),
        describe("{body}", [](auto& s) { s.encoding = encoding::base64url; }),
        describe("{body}", [](auto& s) { s.encoding = encoding::hex_any_case; }),
        describe("{key}{body}{key}", [](auto& s) { s.proof = proof::keyed_hash; }),
        describe("",
                 [](auto& s) {
                     s.proof = proof::token;
                     s.encoding = encoding::text;
                 }),
    };
    for (const signed_scheme& s : shapes) {
        INFO(s.signed_content.text());
        const at_run_time described(s);
        REQUIRE(described.info().problem == description_problem::none);
        const auto made = basic_signer::make(described.ref(), secret("key"));
        REQUIRE(made);
        const auto headers = made->sign(outgoing());
        REQUIRE(headers.error() == error::none);
        const request delivered =
            request{*headers, body}.at("https://example.com/hook?a=b").with_method("PUT");
        const auto v = described.verifier(secret("key"), now);
        const auto other = described.verifier(secret("kez"), now);
        const auto event = v.verify(delivered);
        CHECK(event.error() == error::none);
        if (event) CHECK(event->id() == "evt_1");
        if (event) CHECK(event->type() == "a.b");
        CHECK(other.verify(delivered).error() == error::signature_mismatch);
    }
}

TEST_CASE("signer: signs each candidate for which it has the key") {
    const signer<toys::two_kinds> by_secret{secret("key")};
    const auto headers = by_secret.sign({.body = body, .at = signed_at});
    CHECK(value_of(*headers, "x-sig") == "v1," + hmac_sha256_hex("key", std::to_string(now) + body));
    CHECK(value_of(*headers, "x-open-sig") == "(none)");
}

TEST_CASE("signer: keys that cannot be used are refused") {
    CHECK_THROWS_AS(signer<toys::plain>{secret("")}, configuration_error);
    CHECK(signer<toys::plain>::make(secret("")).error() == error::empty_secret);
    CHECK(signer<toys::plain>::make(secret("key ")).error() == error::secret_has_white_space);
    CHECK(signer<toys::open>::make(secret("00")).error() == error::unsuitable_key);
    CHECK(signer<toys::open>::make(secret("zz")).error() == error::malformed_secret);
}

TEST_CASE("signer: refuses what it cannot write") {
    // A signature within the body would change what it signs.
    CHECK(signer<toys::in_body>::make(secret("key")).error() == error::cannot_sign);
    CHECK_THROWS_AS(signer<toys::in_body>{secret("key")}, configuration_error);
    CHECK(signs(describe("{body}", [](auto& s) { s.signature = query("sig"); }), outgoing())
          == "cannot_sign");

    CHECK(signs(describe("{header:x-other}{body}"), outgoing()) == "missing_field");
    CHECK(signs(describe("{option:o}{body}"), outgoing()) == "missing_option");
    outgoing_delivery without_url = outgoing();
    without_url.url = "";
    CHECK(signs(describe("{url}{body}"), without_url) == "missing_option");
    outgoing_delivery without_id = outgoing();
    without_id.event_id = "";
    CHECK(signs(describe("{event_id}{body}"), without_id) == "missing_field");
    CHECK(signs(describe("{body}"), without_id) == "ok");
    outgoing_delivery movable = outgoing();
    movable.event_id = "a.b";
    CHECK(signs(describe("{event_id}.{body}"), movable) == "malformed_field");
    outgoing_delivery not_json = outgoing();
    not_json.body = "x";
    CHECK(signs(describe("{json:id}"), not_json) == "malformed_field");
    CHECK(signs(describe("{timestamp}{body}", [](auto& s) { s.timestamp = json("t"); }), outgoing())
          == "missing_timestamp");
}

TEST_CASE("signer: does not sign with a time that no receiver would read") {
    outgoing_delivery before_time = outgoing();
    before_time.at = std::chrono::sys_seconds(std::chrono::seconds(-1));
    CHECK(signs(describe("{timestamp}{body}"), before_time) == "malformed_timestamp");
    CHECK(signs(describe("{timestamp}{body}", [](auto& s) { s.timestamp_form = timestamp_form::rfc3339; }),
                before_time)
          == "missing_timestamp");
    outgoing_delivery far = outgoing();
    far.at = std::chrono::sys_seconds(std::chrono::seconds(1'000'000'000'000));
    CHECK(signs(describe("{timestamp}{body}"), far) == "malformed_timestamp");
}

TEST_CASE("signer: may sign again and again, and from several threads' point of view it is constant") {
    const signer<toys::timed> timed{secret("key")};
    const auto first = timed.sign({.body = body, .at = signed_at});
    const auto second = timed.sign({.body = body, .at = signed_at});
    CHECK(*first == *second);
    const auto other = timed.sign({.body = "other", .at = signed_at});
    CHECK(value_of(*other, "x-sig") == timed_header("key", "other"));
}
