// SPDX-License-Identifier: MIT
#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/scheme_ref.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

#include "core/print.hpp"
#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <map>
#include <string>

using namespace hookseal;
using hookseal_tests::spelled;

namespace {

constexpr signed_scheme by_hmac{
    .name = "first",
    .key = {.at_least = 16},
    .signature = header("x-sig").item("v1,", ' '),
    .timestamp = header("x-time"),
    .signed_content = "{method}{url}{event_id}.{timestamp}.{body}",
    .event_id = header("x-id"),
    .event_type = json("type"),
    .tolerance = seconds(5),
    .retry_window = hours(1),
};
constexpr signed_scheme by_ed25519{
    .name = "second",
    .proof = proof::ed25519,
    .encoding = encoding::base64,
    .signature = header("x-sig").item("v1a,", ' '),
    .signed_content = "{json:a}",
};
constexpr either both{by_hmac, by_ed25519};
static_assert(scheme<decltype(both)> && signable_scheme<decltype(both)>);

constexpr signed_scheme by_token{
    .name = "third", .proof = proof::token, .encoding = encoding::text, .signature = header("x-token")};
constexpr either all_three{both, by_token};

struct described_by_either {
    static constexpr auto scheme = both;
};
static_assert(provider<described_by_either>);

} // namespace

TEST_CASE(
    "either: is the first scheme with the keys and candidates of both, and protects what both protect") {
    constexpr scheme_info info = both.info();
    CHECK(info.name == "first");
    CHECK(info.event_id == by_hmac.event_id);
    CHECK(info.event_type == by_hmac.event_type);
    CHECK(info.tolerance == seconds(5));
    CHECK(info.retry_window == hours(1));
    CHECK(info.candidates == 2);
    CHECK(info.problem == description_problem::none);
    REQUIRE(info.key_formats == 2);
    CHECK(info.keys[0] == by_hmac.info().keys[0]);
    CHECK(info.keys[1] == by_ed25519.info().keys[0]);
    CHECK_FALSE(info.streams); // the second needs the whole body
    CHECK(info.protects == protection{.body = body_protection::some_fields});
    CHECK(either{by_hmac, by_hmac}.info().protects == by_hmac.protects());
    CHECK(either{by_ed25519, by_hmac}.info().protects == protection{.body = body_protection::some_fields});

    constexpr scheme_info three = all_three.info();
    CHECK(three.candidates == 3);
    REQUIRE(three.key_formats == 3);
    CHECK(three.keys[2] == by_token.info().keys[0]);
    CHECK(three.protects == protection{});
}

TEST_CASE("either: a plain hash on one side is one, and what is wrong with either is wrong") {
    constexpr signed_scheme hashed{
        .name = "h", .proof = proof::keyed_hash, .signature = header("s"), .signed_content = "{key}{body}"};
    constexpr signed_scheme wrong{.name = "w", .signature = header("s")};
    CHECK(either{by_hmac, hashed}.info().protects.plain_hash);
    CHECK(either{hashed, by_hmac}.info().protects.plain_hash);
    CHECK(either{by_hmac, wrong}.info().problem == description_problem::nothing_is_signed);
    CHECK(either{wrong, by_hmac}.info().problem == description_problem::nothing_is_signed);
}

TEST_CASE("either: names each kind of key once, as many as there is room for") {
    CHECK(either{both, both}.info().key_formats == 2);
    CHECK(either{both, both}.info().candidates == 4);

    constexpr auto of_length = [](std::size_t length) {
        signed_scheme s = by_hmac;
        s.key.at_least = length;
        return s;
    };
    const either four{either{of_length(1), of_length(2)}, either{of_length(3), of_length(4)}};
    CHECK(four.info().key_formats == 4);
    const either eight{four, either{either{of_length(5), of_length(6)}, either{of_length(7), of_length(8)}}};
    CHECK(eight.info().key_formats == max_key_formats);
}

TEST_CASE("either: streams while there are few enough candidates") {
    constexpr signed_scheme plain{.name = "p", .signature = header("s"), .signed_content = "{body}"};
    CHECK(either{plain, plain}.info().streams);
    CHECK_FALSE(either{plain, either{plain, plain}}.info().streams);
}

TEST_CASE("either: each candidate has its own id and type") {
    constexpr signed_scheme in_json{.name = "e",
                                    .signature = header("a"),
                                    .signed_content = "{body}",
                                    .event_id = json("id"),
                                    .event_type = json("type")};
    constexpr signed_scheme in_header{
        .name = "e", .signature = header("b"), .signed_content = "{body}", .event_id = header("x-id")};
    static constexpr either two{in_json, in_header};
    const std::map<std::string, std::string> headers{{"a", "1"}, {"b", "2"}};
    const request r{headers, "{}"};
    statement first;
    statement second;
    REQUIRE(two.read({r, {}, 0}, first) == error::none);
    REQUIRE(two.read({r, {}, 1}, second) == error::none);
    REQUIRE(first.event_id != nullptr);
    REQUIRE(second.event_id != nullptr);
    CHECK(*first.event_id == selector(json("id")));
    CHECK(*first.event_type == selector(json("type")));
    CHECK(*second.event_id == selector(header("x-id")));
    CHECK_FALSE(*second.event_type);
}

TEST_CASE("either: reads each candidate with its own scheme") {
    const std::map<std::string, std::string> headers{
        {"x-sig", "v1,a v1a,b"}, {"x-time", "17"}, {"x-id", "m"}, {"x-token", "t"}};
    const request r = request{headers, R"({"a":"x"})"}.at("/");
    const auto reading_of = [&](const auto& s, int candidate) {
        statement what;
        const error e = s.read({r, {}, candidate}, what);
        return e == error::none ? spelled(what, r) : std::string(name(e));
    };
    CHECK(reading_of(both, 0) == "<POST> </> <m> <.> <17> <.> body");
    CHECK(reading_of(both, 1) == "<x>");
    CHECK(reading_of(all_three, 0) == "<POST> </> <m> <.> <17> <.> body");
    CHECK(reading_of(all_three, 1) == "<x>");
    CHECK(reading_of(all_three, 2) == "");
    CHECK(reading_of(either{by_token, both}, 2) == "<x>");
}

TEST_CASE("either: says for each candidate where a sender writes") {
    CHECK(all_three.outgoing(0).signature == by_hmac.signature);
    CHECK(all_three.outgoing(1).signature == by_ed25519.signature);
    CHECK(all_three.outgoing(1).key.how == proof::ed25519);
    CHECK(all_three.outgoing(2).signature == by_token.signature);
}

TEST_CASE("scheme_ref: is the scheme it refers to, itself a scheme") {
    static_assert(scheme<scheme_ref> && signable_scheme<scheme_ref>);
    constexpr scheme_ref ref = scheme_ref::of<described_by_either>();
    CHECK(ref.info().name == "first");
    CHECK(ref.info().candidates == 2);
    CHECK(ref.outgoing(1).encoding == encoding::base64);

    const std::map<std::string, std::string> headers{
        {"x-sig", "v1,a v1a,b"}, {"x-time", "17"}, {"x-id", "m"}};
    const request r = request{headers, R"({"a":"x"})"}.at("/");
    statement what;
    REQUIRE(ref.read({r, {}, 1}, what) == error::none);
    CHECK(spelled(what, r) == "<x>");
    CHECK(what.how == proof::ed25519);

    // One description that only the program's run knows.
    const scheme_info at_run_time = by_token.info();
    const scheme_ref other(by_token, at_run_time);
    CHECK(&other.info() == &at_run_time);
}

TEST_CASE("outgoing_form: is where the scheme reads") {
    constexpr outgoing_form form = by_hmac.outgoing(0);
    CHECK(form.key == by_hmac.info().keys[0]);
    CHECK(form.encoding == encoding::hex);
    CHECK(form.signature == by_hmac.signature);
    CHECK(form.timestamp == by_hmac.timestamp);
    CHECK(form.timestamp_form == timestamp_form::unix_seconds);
}
