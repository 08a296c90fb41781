// SPDX-License-Identifier: MIT
#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/jwt_reader.hpp>
#include <hookseal/schemes/whole_url.hpp>

#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "support/catch.hpp"
#include "verifier/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

/// Everything that a token may have to say.
struct strict {
    static constexpr jwt_scheme scheme{
        .name = "strict",
        .signer = jwt_signer::kid,
        .token = header("authorization").after("Bearer "),
        .expires = jwt_time::required,
        .claims = {claim("iss").is("us", "them"), claim("aud").is(option("audience")),
                   claim("url").is_the_url(), claim("ok").is_true()},
        .body_digest = {.claim = "body"},
        .request_digest = {.claim = "url_hash", .of = &readers::whole_url},
        .event_id = json("id"),
    };
};

/// As little as a token can say.
struct lax {
    static constexpr jwt_scheme scheme{
        .name = "lax",
        .token = header("token"),
        .issued = jwt_time::optional,
        .body_digest = {.claim = "body", .encoding = encoding::base64url, .absent_if_empty = true},
    };
};

/// As some providers are: one token or another.
struct strict_or_lax {
    static constexpr either scheme{strict::scheme, lax::scheme};
};

const std::string body = R"({"id":"e1"})";
const std::string url = "https://us.example/hook?a=b";
const std::string key = "a secret that signs tokens";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

const std::string head = R"({"alg":"HS256","kid":"k1","typ":"JWT"})";
const std::string payload =
    R"({"iat":)" + std::to_string(now) + R"(,"exp":)" + std::to_string(now + 60)
    + R"(,"iss":"us","aud":"me","url":"https://us.example/hook?a=b","ok":true,"body":")"
    + hex_of(digest_of(EVP_sha256(), body)) + R"(","url_hash":")" + hex_of(digest_of(EVP_sha256(), url))
    + R"("})";

constexpr option_value options[] = {{"audience", "me"}};

/// The verdict on a delivery, which is the same in one go and in pieces.
error judge(const std::string& token, std::string_view of_body = body, std::string_view at = url) {
    const secret s(key);
    const key_material named = key_material(s).with_id("k1");
    const verifier<strict, testing::manual_clock> v(key_list({named}), {.options = options},
                                                    testing::manual_clock{now});
    const header_list headers{{"Authorization", "Bearer " + token}};
    const error whole = v.verify(request{headers, of_body}.at(at)).error();
    auto running = v.begin(request{headers}.at(at));
    auto moved = std::move(running); // what was decoded must move with it
    for (const char c : of_body)
        moved.update(std::string_view(&c, 1));
    CHECK(std::move(moved).finish().error() == whole);
    return whole;
}

error judge_with(std::string_view header, std::string_view claims) {
    return judge(hs256(key, header, claims));
}

error judge_lax(const std::string& token, std::string_view of_body) {
    const secret s(key);
    const verifier<lax, testing::manual_clock> v(s, {}, testing::manual_clock{now});
    const header_list headers{{"token", token}};
    return v.verify(request{headers, of_body}).error();
}

error judge_either(const std::string& header, const std::string& token, std::string_view of_body) {
    const secret s(key);
    const verifier<strict_or_lax, testing::manual_clock> v(key_list({key_material(s).with_id("k1")}),
                                                           {.options = options}, testing::manual_clock{now});
    const header_list headers{{header, token}};
    return v.verify(request{headers, of_body}.at(url)).error();
}

} // namespace

TEST_CASE("jwt: a token that says all it must is believed") {
    CHECK(judge_with(head, payload) == error::none);
    CHECK(judge_with(head, replaced(payload, R"("us")", R"("them")")) == error::none);
    CHECK(judge_with(head, replaced(payload, R"("me")", R"(["you","me"])")) == error::none);
    CHECK(judge_with(head, replaced(payload, "https://us", R"(https:\/\/us)")) == error::none);
    CHECK(judge_with(replaced(head, R"("typ":"JWT")", R"("typ":"x","x5t":"y")"), payload) == error::none);
}

TEST_CASE("jwt: one of two schemes has the room to read a token") {
    CHECK(judge_either("Authorization", "Bearer " + hs256(key, head, payload), body) == error::none);
    CHECK(judge_either("token", hs256(key, head, "{}"), "") == error::none);
}

TEST_CASE("jwt: what it signs is bound: body, URL, and every byte of the token") {
    const std::string token = hs256(key, head, payload);
    CHECK(judge(token, R"({"id":"e2"})") == error::content_mismatch);
    CHECK(judge(token, "") == error::content_mismatch);
    CHECK(judge(token, body, "https://us.example/hook?a=c") == error::claim_mismatch);
    CHECK(judge(token, body, "") == error::missing_option);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string other = token;
        other[i] = other[i] == 'A' ? 'B' : 'A';
        INFO(i);
        CHECK(judge(other) != error::none);
    }
    const std::string other_url =
        replaced(payload, hex_of(digest_of(EVP_sha256(), url)), std::string(64, '0'));
    CHECK(judge_with(head, other_url) == error::content_mismatch);
}

TEST_CASE("jwt: the key's algorithm is the algorithm, and no header brings another key") {
    for (const char* alg : {"none", "None", "HS384", "HS512", "RS256", "ES256", "hs256", "", "HS256 "}) {
        INFO(alg);
        CHECK(judge_with(replaced(head, "HS256", alg), payload) == error::unsupported_version);
    }
    for (const char* alg : {R"("alg":null)", R"("alg":["HS256"])", R"("alg":"HS\u003256")", R"("x":"HS256")",
                            R"("alg":"HS256","alg":"HS256")"})
        CHECK(judge_with(replaced(head, R"("alg":"HS256")", alg), payload) == error::malformed_signature);
    for (const char* member :
         {R"("crit":["exp"])", R"("crit":null)", R"("b64":true)", R"("zip":"DEF")", R"("jwk":{})",
          R"("jku":"https://x")", R"("x5u":"https://x")", R"("x5c":[])"}) {
        INFO(member);
        CHECK(judge_with(replaced(head, R"("typ":"JWT")", member), payload) == error::malformed_signature);
    }
}

TEST_CASE("jwt: a key is found by its exact id") {
    CHECK(judge_with(replaced(head, "k1", "k2"), payload) == error::unknown_key);
    CHECK(judge_with(replaced(head, "k1", "K1"), payload) == error::unknown_key);
    CHECK(judge_with(replaced(head, "k1", "k1 "), payload) == error::unknown_key);
    for (const char* kid : {R"("kid":"")", R"("kid":1)", R"("kid":["k1"])", R"("kid":"k\u0031")",
                            R"("x":"k1")", R"("kid":"k1","kid":"k1")"}) {
        INFO(kid);
        CHECK(judge_with(replaced(head, R"("kid":"k1")", kid), payload) == error::malformed_signature);
    }
    CHECK(judge_with(replaced(head, "k1", std::string(257, 'k')), payload) == error::malformed_signature);
}

TEST_CASE("jwt: times are whole seconds, once each, and what they say holds") {
    const auto with = [](std::string_view what, const std::string& by) {
        return judge_with(head, replaced(payload, what, by));
    };
    const std::string iat = R"("iat":)" + std::to_string(now);
    const std::string exp = R"("exp":)" + std::to_string(now + 60);
    const auto at = [](std::string_view name, std::int64_t time) {
        return '"' + std::string(name) + R"(":)" + std::to_string(time);
    };
    CHECK(with(iat, at("iat", now - 300)) == error::none);
    CHECK(with(iat, at("iat", now - 301)) == error::timestamp_too_old);
    CHECK(with(iat, at("iat", now + 301)) == error::timestamp_too_new);
    CHECK(with(exp, at("exp", now + 1)) == error::none);
    CHECK(with(exp, at("exp", now)) == error::timestamp_too_old);
    CHECK(with(exp, exp + "," + at("nbf", now + 30)) == error::none);
    CHECK(with(exp, exp + "," + at("nbf", now + 31)) == error::timestamp_too_new);
    CHECK(with(iat + ",", "") == error::missing_timestamp);
    CHECK(with(exp + ",", "") == error::missing_timestamp);
    for (const char* bad :
         {"null", "true", "\"1\"", "[1]", "{}", "-1", "1.5", "1e9", "1e400", "9999999999999", "01"}) {
        INFO(bad);
        CHECK(with(exp, std::string(R"("exp":)") + bad) != error::none);
    }
    CHECK(with(exp, exp + "," + exp) == error::malformed_timestamp);
}

TEST_CASE("jwt: a claim says exactly what it must, and once") {
    const auto with = [](std::string_view what, std::string_view by) {
        return judge_with(head, replaced(payload, what, by));
    };
    for (const char* iss :
         {R"("iss":"Us")", R"("iss":"us ")", R"("iss":["us"])", R"("iss":null)", R"("x":"us")"})
        CHECK(with(R"("iss":"us")", iss) == error::claim_mismatch);
    for (const char* aud : {R"("aud":"m")", R"("aud":"mee")", R"("aud":[])", R"("aud":["you"])",
                            R"("aud":[["me"]])", R"("aud":{"0":"me"})", R"("x":"me")"})
        CHECK(with(R"("aud":"me")", aud) == error::claim_mismatch);
    for (const char* ok : {R"("ok":false)", R"("ok":"true")", R"("ok":1)", R"("x":true)"})
        CHECK(with(R"("ok":true)", ok) == error::claim_mismatch);
    CHECK(with(R"("iss":"us")", R"("iss":"us","iss":"us")") == error::malformed_signature);
    CHECK(with(R"("body":)", R"("x":)") == error::claim_mismatch);
    CHECK(with(R"("body":)", R"("body":"","body":)") == error::malformed_signature);
    CHECK(with(R"("url_hash":)", R"("x":)") == error::claim_mismatch);
}

TEST_CASE("jwt: a token is three segments of canonical base64url that hold objects") {
    const std::string token = hs256(key, head, payload);
    const std::string content = token.substr(0, token.rfind('.'));
    for (const std::string& bad :
         {content, content + ".", token + ".", token + ".x", "." + token, token + "=", token + " ",
          " " + token, token + "\n", std::string(), std::string(".."), std::string(9000, 'a'), "x" + token}) {
        INFO(bad);
        CHECK(judge(bad) != error::none);
    }
    CHECK(judge_with("[]", payload) == error::malformed_signature);
    CHECK(judge_with(head, "[]") == error::malformed_signature);
    CHECK(judge_with(head, " " + payload) == error::malformed_signature);
    CHECK(judge_with(head, payload + "x") != error::none);
    CHECK(judge_with(head, R"({"a":)" + std::string(100, '[') + std::string(100, ']') + "}") != error::none);
}

TEST_CASE("jwt: a token without a digest is one for an empty body, where the scheme says so") {
    const auto with = [](std::string_view claims) { return hs256(key, R"({"alg":"HS256"})", claims); };
    const std::string digest = base64url_of(digest_of(EVP_sha256(), body));
    CHECK(judge_lax(with("{}"), "") == error::none);
    CHECK(judge_lax(with("{}"), "x") == error::content_mismatch);
    CHECK(judge_lax(with(R"({"body":")" + digest + R"("})"), body) == error::none);
    CHECK(judge_lax(with(R"({"body":")" + digest + R"(="})"), body) == error::none);
    CHECK(judge_lax(with(R"({"body":")" + digest + R"(==="})"), body) == error::content_mismatch);
    CHECK(judge_lax(with(R"({"body":null})"), "") == error::malformed_signature);
    CHECK(judge_lax(with(R"({"body":""})"), "") == error::content_mismatch);
}

TEST_CASE("jwt: what it protects follows from what it says") {
    constexpr protection all = strict::scheme.protects();
    STATIC_REQUIRE((all.body == body_protection::whole && all.url && all.timestamp && all.event_id));
    constexpr protection little =
        jwt_scheme{.name = "x", .token = header("t"), .issued = jwt_time::optional, .event_id = json("id")}
            .protects();
    STATIC_REQUIRE(
        (little.body == body_protection::none && !little.url && !little.timestamp && !little.event_id));
    STATIC_REQUIRE(little.has(weakness::body_not_signed));
}

TEST_CASE("jwt: an option that a claim needs is missed when the verifier is built") {
    const secret s(key);
    CHECK(verifier<strict>::make(s).error() == error::missing_option);
    constexpr option_value empty[] = {{"audience", ""}};
    CHECK(verifier<strict>::make(s, {.options = empty}).error() == error::missing_option);
}
