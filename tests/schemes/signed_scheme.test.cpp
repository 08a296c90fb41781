// SPDX-License-Identifier: MIT
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

#include "core/print.hpp"
#include "schemes/at_run_time.hpp"
#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::content_of;
using hookseal_tests::header_list;
using hookseal_tests::signatures_of;
using hookseal_tests::spelled;

namespace {

/// A description with nothing in it but a name, a signature header and what is signed.
signed_scheme toy(std::string_view content, field signature = header("x-sig")) {
    signed_scheme s;
    s.name = "toy";
    s.signature = signature;
    s.signed_content = content_of(content);
    return s;
}

signed_scheme with_time(signed_scheme s, field at, timestamp_form form = timestamp_form::unix_seconds) {
    s.timestamp = at;
    s.timestamp_form = form;
    return s;
}

signed_scheme with_id(signed_scheme s, selector id) {
    s.event_id = id;
    return s;
}

/// How a request reads: the error, or its content as pieces.
std::string reading_of(const signed_scheme& s, const request& from, options with = {}) {
    statement what;
    const error e = s.read({from, with}, what);
    return e == error::none ? spelled(what, from) : std::string(name(e));
}

constexpr auto unsigned_headers = [](header_list headers) {
    headers.emplace_back("x-sig", "ab");
    return headers;
};

} // namespace

TEST_CASE("signed_scheme: content is read piece by piece as it would be written by hand") {
    const header_list headers = unsigned_headers(
        {{"x-time", "1767225600"}, {"X-Id", "msg_1"}, {"Content-Type", "text/plain; charset=utf-8"}});
    const std::string body = R"({"a":{"b":"\u00e4 \"x\""},"n":12.50,"yes":true,"empty":"","nothing":null})";
    const std::string url = "https://Example.com:8443/Hook/7?a=x%20y&b=+z&A=2#top";
    const option_value values[] = {{"webhook_id", "8PT"}};
    const request r = request{headers, body}.at(url).with_method("Put");

    struct row {
        std::string_view content;
        std::string_view pieces;
    };
    const row rows[] = {
        {"{body}", "body"},
        {"v0:{timestamp}:{body}", "<v0:> <1767225600> <:> body"},
        {"{event_id}.{timestamp}.{body}", "<msg_1> <.> <1767225600> <.> body"},
        {"{timestamp}{body}", "<1767225600> body"},
        {"{body}{timestamp}", "body <1767225600>"},
        {"{method}\n{url}\n{body}",
         "<Put> <\n> <https://Example.com:8443/Hook/7?a=x%20y&b=+z&A=2#top> <\n> body"},
        {"{method|lower} {url|lower}", "<put> < > <https://example.com:8443/hook/7?a=x%20y&b=+z&a=2#top>"},
        {"{path}?{query_string}", "</Hook/7> <?> <a=x%20y&b=+z&A=2>"},
        {"{path|lower}?{query_string|lower}", "</hook/7> <?> <a=x%20y&b=+z&a=2>"},
        {"{query:a}{query:b}{query:A}", "<x y> < z> <2>"},
        {"{query:a|raw}{query:b|raw}", "<x%20y> <+z>"},
        {"{header:content-type}", "<text/plain; charset=utf-8>"},
        {"{header:x-id|lower}", "<msg_1>"},
        {"{json:a.b}", "<\xC3\xA4 \"x\">"},
        {"{json:a.b|raw}", R"(<\u00e4 \"x\">)"},
        {"{json:n}:{json:yes}", "<12.50> <:> <true>"},
        {"{option:webhook_id}", "<8PT>"},
        {"{json:empty?}|{json:nothing?}|{json:other?}", "<|> <|>"},
        {"{header:other?}{query:other?}{option:other?}{body}", "body"},
        {"{body|sha1}{body|sha256}{body|sha384}{body|sha512}",
         "sha1(body) in hex sha256(body) in hex sha384(body) in hex sha512(body) in hex"},
        {"{body|md5}{body|md5|base64}{body|sha256|base64}{body|crc32}",
         "md5(body) in hex md5(body) in base64 sha256(body) in base64 crc32(body) in decimal"},
        {"{key}{body}{key}", "key body key"},
        {"{{{timestamp}}}[[{body}]]", "<{> <1767225600> <}> <[> body <]>"},
        {"[id:{query:a};]ts:{timestamp};", "<id:> <x y> <;> <ts:> <1767225600> <;>"},
        {"[id:{query:other};]ts:{timestamp};", "<ts:> <1767225600> <;>"},
        {"[{query:a}{query:other}]{body}", "body"},
        {"[{option:other}!]{body}[{json:empty}]", "body"},
        {"[{json:n}][{json:yes}]", "<12.50> <true>"},
    };
    for (const row& r_ : rows) {
        INFO(r_.content);
        const auto s = with_id(with_time(toy(r_.content), header("x-time")), header("x-id"));
        CHECK(reading_of(s, r, {values, 1}) == r_.pieces);
    }
}

TEST_CASE("signed_scheme: a form's fields are read decoded") {
    const header_list headers = unsigned_headers({});
    const request r{headers, "timestamp=1767225600&token=a%2Bb&x=1"};
    CHECK(reading_of(with_time(toy("{timestamp}{form:token}"), form("timestamp")), r)
          == "<1767225600> <a+b>");
    CHECK(reading_of(toy("{form:token|raw}"), r) == "<a%2Bb>");
}

TEST_CASE("signed_scheme: what is not there, or twice, or broken, is an error of the request") {
    const auto read_with = [](std::string_view content, const header_list& more, std::string_view body,
                              std::string_view url = "https://example.com/") {
        const header_list headers = unsigned_headers(more);
        return reading_of(toy(content), request{headers, body}.at(url));
    };
    CHECK(read_with("{header:a}", {}, "") == "missing_field");
    CHECK(read_with("{header:a}", {{"a", ""}}, "") == "missing_field");
    CHECK(read_with("{header:a}", {{"a", "1"}, {"A", "1"}}, "") == "repeated_header");
    CHECK(read_with("{header:a?}", {{"a", "1"}, {"A", "1"}}, "") == "repeated_header");
    CHECK(read_with("[{header:a}]", {{"a", "1"}, {"A", "1"}}, "") == "repeated_header");
    CHECK(read_with("{header:a}", {{"a", std::string(8193, 'a')}}, "") == "too_large");
    CHECK(read_with("[{header:a}]", {{"a", std::string(8193, 'a')}}, "") == "too_large");
    CHECK(read_with("{json:a}", {}, "{}") == "missing_field");
    CHECK(read_with("{json:a}", {}, "[") == "malformed_field");
    CHECK(read_with("{json:a?}", {}, "[") == "malformed_field");
    CHECK(read_with("[{json:a}]", {}, "[") == "malformed_field");
    CHECK(read_with("{json:a}", {}, R"({"a":{}})") == "malformed_field");
    CHECK(read_with("{json:a}", {}, R"({"a":1,"a":1})") == "malformed_field");
    CHECK(read_with("{query:a}", {}, "", "https://example.com/?a=1&a=2") == "repeated_header");
    CHECK(read_with("{query:a}", {}, "", "https://example.com/?a=%zz") == "malformed_field");
    CHECK(read_with("{form:a}", {}, "b=1") == "missing_field");
    CHECK(read_with("{url}", {}, "", "") == "missing_option");
    CHECK(read_with("{path}", {}, "", "") == "missing_option");
    CHECK(read_with("{query_string}", {}, "", "") == "missing_option");
    CHECK(read_with("{option:a}", {}, "") == "missing_option");
    CHECK(read_with("{query_string}", {}, "") == "<>");
}

TEST_CASE("signed_scheme: what a request must show first is its signature, then its time") {
    const auto s =
        with_time(toy("{timestamp}.{header:a}.{body}", header("x-sig").after("v0=")), header("x-time"));
    const auto read_with = [&](const header_list& headers) { return reading_of(s, request{headers, ""}); };
    CHECK(read_with({}) == "missing_signature");
    CHECK(read_with({{"x-sig", ""}, {"x-time", "oops"}}) == "missing_signature");
    CHECK(read_with({{"x-sig", "v0=a"}, {"x-sig", "v0=a"}, {"x-time", "oops"}}) == "repeated_header");
    CHECK(read_with({{"x-sig", "v1=ab"}, {"x-time", "oops"}}) == "unsupported_version");
    CHECK(read_with({{"x-sig", "V0=ab"}, {"x-time", "oops"}}) == "unsupported_version");
    CHECK(read_with({{"x-sig", " v0=ab"}, {"x-time", "oops"}}) == "unsupported_version");
    CHECK(read_with({{"x-sig", "v0="}, {"x-time", "oops"}}) == "malformed_signature");
    CHECK(read_with({{"x-sig", std::string(8193, 'v')}}) == "too_large");
    CHECK(read_with({{"x-sig", "v0=ab"}}) == "missing_timestamp");
    CHECK(read_with({{"x-sig", "v0=ab"}, {"x-time", ""}}) == "missing_timestamp");
    CHECK(read_with({{"x-sig", "v0=ab"}, {"x-time", "1"}, {"x-time", "1"}}) == "repeated_header");
    CHECK(read_with({{"x-sig", "v0=ab"}, {"x-time", "oops"}}) == "malformed_timestamp");
    CHECK(read_with({{"x-sig", "v0=ab"}, {"x-time", "1"}}) == "missing_field");
    CHECK(read_with({{"x-sig", "v0=ab"}, {"x-time", "1"}, {"a", "\x01"}}) == "malformed_field");
    CHECK(read_with({{"x-sig", "v0=ab"}, {"x-time", "1"}, {"a", "7"}}) == "<1> <.> <7> <.> body");
}

TEST_CASE("signed_scheme: statements carry what the description says of key and signature") {
    signed_scheme s = toy("{body}");
    s.proof = proof::ed25519;
    s.digest = digest::sha512;
    s.encoding = encoding::base64url;
    const header_list headers = unsigned_headers({});
    const request r{headers, ""};
    statement what;
    REQUIRE(s.read({r}, what) == error::none);
    CHECK(what.how == proof::ed25519);
    CHECK(what.hash == digest::sha512);
    CHECK(what.form == encoding::base64url);
    CHECK(what.signer.what == key_hint::kind::any);
    CHECK_FALSE(what.signed_at.present);
    CHECK_FALSE(what.not_before.present);
    CHECK_FALSE(what.expires.present);
    CHECK(what.bindings.size() == 0);

    // Also where the request is refused: which keys come into question is settled first.
    statement refused;
    const header_list none;
    CHECK(s.read({request{none, ""}}, refused) == error::missing_signature);
    CHECK(refused.how == proof::ed25519);
}

TEST_CASE("signed_scheme: one signature is the whole value, less its prefix") {
    struct row {
        field at;
        std::string value;
        std::string_view presented;
    };
    const row rows[] = {
        {header("x-sig"), "ab", "<ab>"},
        {header("x-sig"), " ab ", "< ab >"},
        {header("x-sig"), "a,b", "<a,b>"},
        {header("x-sig").after("sha256="), "sha256=ab", "<ab>"},
        {header("x-sig").after("sha256="), "sha256==ab", "<=ab>"},
        {header("x-sig").after("HMAC "), "HMAC ab", "<ab>"},
    };
    for (const row& r : rows) {
        INFO(r.value);
        const header_list headers{{"X-Sig", r.value}};
        const request from{headers, ""};
        statement what;
        REQUIRE(toy("{body}", r.at).read({from}, what) == error::none);
        CHECK(signatures_of(what, from) == r.presented);
    }
}

TEST_CASE("signed_scheme: a signature in the body is read as its application reads it") {
    const header_list none;
    const request in_json{none, R"({"s":{"sig":"a\u0062"},"n":7})"};
    statement what;
    REQUIRE(toy("{json:n}", json("s.sig")).read({in_json}, what) == error::none);
    CHECK(signatures_of(what, in_json) == "<ab>");
    CHECK(reading_of(toy("{json:n}", json("s")), in_json) == "malformed_signature");
    CHECK(reading_of(toy("{json:n}", json("other")), in_json) == "missing_signature");

    const request in_form{none, "sig=a%62&n=7"};
    statement from_form;
    REQUIRE(toy("{form:n}", form("sig")).read({in_form}, from_form) == error::none);
    CHECK(signatures_of(from_form, in_form) == "<ab>");
}

TEST_CASE("signed_scheme: a list gives the elements of its version, in order") {
    struct row {
        field at;
        std::string value;
        std::string_view expected;
    };
    const auto commas = header("x-sig").item("v1=", ',');
    const auto spaced = commas.with_spaces();
    const auto spaces = header("x-sig").item("v1,", ' ');
    const auto semicolons = header("x-sig").item("h1=", ';');
    const row rows[] = {
        {commas, "v1=ab", "<ab>"},
        {commas, "t=1,v1=ab,v1=cd,v0=ef", "<ab> <cd>"},
        {commas, "v1=ab=cd", "<ab=cd>"},
        {commas, "v1=", "<>"},
        {commas, "v0=ab", "unsupported_version"},
        {commas, "V1=ab", "unsupported_version"},
        {commas, "v11=ab", "unsupported_version"},
        {commas, "ab", "unsupported_version"},
        {commas, "t=1, v1=ab", "malformed_signature"},
        {commas, "t=1,\tv1=ab", "malformed_signature"},
        {commas, "t=1 ,v1=ab", "malformed_signature"},
        {commas, " v1=ab", "malformed_signature"},
        {commas, "v1=ab ", "malformed_signature"},
        {commas, "v1=ab,", "malformed_signature"},
        {commas, ",v1=ab", "malformed_signature"},
        {commas, "v1=ab,,v1=cd", "malformed_signature"},
        {commas, ",", "malformed_signature"},
        {commas, "v1=ab;v1=cd", "<ab;v1=cd>"},
        {spaced, "t=1, v1=ab, v1=cd", "<ab> <cd>"},
        {spaced, "t=1,v1=ab", "<ab>"},
        {spaced, "t=1,  v1=ab", "malformed_signature"},
        {spaced, " t=1,v1=ab", "malformed_signature"},
        {spaces, "v1,ab v1,cd v1a,ef v2,gh", "<ab> <cd>"},
        {spaces, "  v1,ab   v1,cd ", "<ab> <cd>"},
        {spaces, "v1,ab\tv1,cd", "<ab\tv1,cd>"},
        {spaces, "v1,ab\t", "malformed_signature"},
        {spaces, " ", "unsupported_version"},
        {spaces, "v1", "unsupported_version"},
        {semicolons, "ts=1;h1=ab;h1=cd;h2=ef", "<ab> <cd>"},
        {semicolons, "ts=1,h1=ab", "malformed_signature"},
        {semicolons, "ts=1;h2=ab", "unsupported_version"},
    };
    for (const row& r : rows) {
        INFO(r.value);
        const header_list headers{{"x-sig", r.value}};
        const request from{headers, ""};
        statement what;
        const error e = toy("{body}", r.at).read({from}, what);
        CHECK((e == error::none ? signatures_of(what, from) : std::string(name(e))) == r.expected);
    }
}

TEST_CASE("signed_scheme: a list has up to 32 elements, counted before they are looked at") {
    const auto list_of = [](int size, std::string_view element) {
        std::string list(element);
        for (int i = 1; i < size; ++i)
            list.append(",").append(element);
        return list;
    };
    for (const std::string_view element : {"v1=ab", "v0=ab"}) {
        const header_list fits{{"x-sig", "v1=ab," + list_of(31, element)}};
        const header_list too_long{{"x-sig", "v1=ab," + list_of(32, element)}};
        const auto s = toy("{body}", header("x-sig").item("v1=", ','));
        CHECK(reading_of(s, request{fits, ""}) == "body");
        CHECK(reading_of(s, request{too_long, ""}) == "too_large");
    }
}

TEST_CASE("signed_scheme: a list holds one time and not two") {
    struct row {
        std::string value;
        std::string_view expected;
    };
    const row rows[] = {
        {"t=17,v1=ab", "<17> <.> body"},
        {"v1=ab,t=17", "<17> <.> body"},
        {"v1=ab", "missing_timestamp"},
        {"v1=ab,T=17", "missing_timestamp"},
        {"t=17,t=17,v1=ab", "malformed_timestamp"},
        {"t=17,v1=ab,t=18", "malformed_timestamp"},
        {"t=,v1=ab", "malformed_timestamp"},
        {"t=017,v1=ab", "malformed_timestamp"},
        {"t=17.0,v1=ab", "malformed_timestamp"},
        {"t=17,v1=bad, t=18,v1=ab", "malformed_signature"}, // two headers, joined on the way
        {"tt=1,t=17,v1=ab", "<17> <.> body"},
    };
    const auto s = with_time(toy("{timestamp}.{body}", header("x-sig").item("v1=", ',')),
                             header("x-sig").item("t=", ','));
    for (const row& r : rows) {
        INFO(r.value);
        const header_list headers{{"x-sig", r.value}};
        CHECK(reading_of(s, request{headers, ""}) == r.expected);
    }
}

TEST_CASE("signed_scheme: a time stands in a header, a list, JSON, a form or a query, in its form") {
    struct row {
        field at;
        timestamp_form form;
        std::string_view text;
        std::int64_t seconds;
    };
    const row rows[] = {
        {header("x-time"), timestamp_form::unix_seconds, "1767225600", 1'767'225'600},
        {header("x-time"), timestamp_form::unix_milliseconds, "1767225600999", 1'767'225'600},
        {header("x-time"), timestamp_form::unix_seconds_or_milliseconds, "1767225600999", 1'767'225'600},
        {header("x-time"), timestamp_form::unix_seconds_or_milliseconds, "1767225600", 1'767'225'600},
        {header("x-time"), timestamp_form::rfc3339, "2026-01-01T00:00:00.5Z", 1'767'225'600},
        {header("x-time"), timestamp_form::http_date, "Thu, 01 Jan 2026 00:00:00 GMT", 1'767'225'600},
    };
    for (const row& r : rows) {
        INFO(r.text);
        const header_list headers = unsigned_headers({{"x-time", std::string(r.text)}});
        const request from{headers, ""};
        const auto s = with_time(toy("{timestamp}.{body}"), r.at, r.form);
        statement what;
        REQUIRE(s.read({from}, what) == error::none);
        CHECK(what.signed_at.present);
        CHECK(what.signed_at.unix_seconds == r.seconds);
        CHECK(spelled(what, from) == "<" + std::string(r.text) + "> <.> body");
    }
    const header_list headers = unsigned_headers({{"x-time", "at 17"}});
    const auto prefixed = with_time(toy("{timestamp}.{body}"), header("x-time").after("at "));
    CHECK(reading_of(prefixed, request{headers, ""}) == "<17> <.> body");
    const header_list without = unsigned_headers({{"x-time", "17"}});
    CHECK(reading_of(prefixed, request{without, ""}) == "malformed_timestamp");

    const header_list plain = unsigned_headers({});
    const auto in_json = with_time(toy("{timestamp}.{body}"), json("t"));
    CHECK(reading_of(in_json, request{plain, R"({"t":"17"})"}) == "<17> <.> body");
    CHECK(reading_of(in_json, request{plain, R"({"t":17})"}) == "<17> <.> body");
    CHECK(reading_of(in_json, request{plain, R"({"t":"\u0031\u0037"})"}) == "malformed_timestamp");
    CHECK(reading_of(in_json, request{plain, R"({"t":{}})"}) == "malformed_timestamp");
    CHECK(reading_of(in_json, request{plain, R"({})"}) == "missing_timestamp");
    const auto in_query = with_time(toy("{timestamp}.{body}"), query("t"));
    CHECK(reading_of(in_query, request{plain, ""}.at("/?t=17")) == "<17> <.> body");
    CHECK(reading_of(in_query, request{plain, ""}.at("/?t=%31%37")) == "malformed_timestamp");
}

TEST_CASE("signed_scheme: its headers are read under one of two sets of names") {
    auto s = with_time(toy("{event_id}.{timestamp}.{body}", header("x-sig").or_header("sig").after("v1,")),
                       header("x-time").or_header("time"));
    s.event_id = header("x-id").or_header("id");
    const auto read_with = [&](const header_list& headers) { return reading_of(s, request{headers, ""}); };
    CHECK(read_with({{"x-sig", "v1,a"}, {"x-time", "17"}, {"x-id", "m"}}) == "<m> <.> <17> <.> body");
    CHECK(read_with({{"sig", "v1,a"}, {"time", "17"}, {"id", "m"}}) == "<m> <.> <17> <.> body");
    CHECK(read_with({{"x-sig", "v1,a"}, {"time", "17"}, {"x-id", "m"}}) == "missing_timestamp");
    CHECK(read_with({{"x-sig", "v1,a"}, {"x-time", "17"}, {"id", "m"}}) == "missing_field");
    CHECK(read_with({{"sig", "v1,a"}, {"sig", "v1,a"}, {"time", "17"}, {"id", "m"}}) == "repeated_header");
    CHECK(read_with({{"x-sig", "v1,a"}, {"sig", "v1,a"}, {"x-time", "17"}, {"x-id", "m"}})
          == "repeated_header");
    CHECK(read_with({{"x-sig", "v1,a"}, {"x-time", "17"}, {"time", "17"}, {"x-id", "m"}})
          == "repeated_header");
    CHECK(read_with({{"x-sig", "v1,a"}, {"x-time", "17"}, {"x-id", "m"}, {"id", "m"}}) == "repeated_header");
}

TEST_CASE("signed_scheme: a header's text cannot be moved across the seam to what follows it") {
    const auto with_header = [](std::string_view content, const std::string& value) {
        const header_list headers = unsigned_headers({{"id", value}, {"other", "o"}, {"time", "17"}});
        const auto s = with_id(with_time(toy(content), header("time")), header("id"));
        return reading_of(s, request{headers, "b"}.at("https://example.com/?q=1"));
    };
    for (const std::string_view content : {"{header:id}.{body}", "{event_id}.{timestamp}"}) {
        INFO(content);
        CHECK(with_header(content, "msg_1").starts_with("<msg_1> <.>"));
        CHECK(with_header(content, "with a space").starts_with("<with a space> <.>"));
        CHECK(with_header(content, "a.b") == "malformed_field");
        CHECK(with_header(content, ".") == "malformed_field");
        CHECK(with_header(content, "a\nb") == "malformed_field");
        CHECK(with_header(content, std::string("a\0b", 3)) == "malformed_field");
        CHECK(with_header(content, "\x7f") == "malformed_field");
        CHECK(with_header(content, "\xC3\xA4") == "malformed_field");
    }
    // Only the first character of what follows counts, and the last value of all is followed by nothing.
    CHECK(with_header("{header:id};v1={body}", "v1=") == "<v1=> <;v1=> body");
    CHECK(with_header("{body}.{header:id}", "a.b") == "body <.> <a.b>");
    // A literal that is left out with its group does not follow, and the one behind it does.
    CHECK(with_header("{header:id}[;{query:none}].{body}", "a;b") == "<a;b> <.> body");
    CHECK(with_header("{header:id}[;{query:none}].{body}", "a.b") == "malformed_field");
    CHECK(with_header("{header:id}[;{query:q}].{body}", "a;b") == "malformed_field");
    CHECK(with_header("{header:id}{header:none?}.{body}", "a.b") == "malformed_field");
    // In lower case it is what is signed that counts.
    CHECK(with_header("{header:id|lower}x{body}", "aXb") == "malformed_field");
    CHECK(with_header("{header:id|lower}X{body}", "aXb") == "<axb> <X> body");
}

TEST_CASE("signed_scheme: nor can a query's or a form's, spelled plainly or in escapes") {
    const header_list headers = unsigned_headers({});
    const auto of_query = [&](std::string_view content, const std::string& value) {
        const std::string url = "https://example.com/?id=" + value;
        return reading_of(with_id(toy(content), query("id")), request{headers, "b"}.at(url));
    };
    const auto of_form = [&](std::string_view content, const std::string& value) {
        const std::string body = "id=" + value;
        return reading_of(with_id(toy(content), form("id")), request{headers, body});
    };
    for (const std::string_view content : {"id:{query:id};", "id:{event_id};"}) {
        INFO(content);
        CHECK(of_query(content, "7") == "<id:> <7> <;>");
        CHECK(of_query(content, "7%20+") == "<id:> <7  > <;>");
        CHECK(of_query(content, "7;request-id:8") == "malformed_field");
        CHECK(of_query(content, "7%3Brequest-id:8") == "malformed_field");
    }
    CHECK(of_query("id:{query:id|raw};", "7%3B") == "<id:> <7%3B> <;>");
    CHECK(of_query("id:{query:id|raw};", "7;") == "malformed_field");
    for (const std::string_view content : {"{form:id}.", "{event_id}."}) {
        INFO(content);
        CHECK(of_form(content, "7") == "<7> <.>");
        CHECK(of_form(content, "7.8") == "malformed_field");
        CHECK(of_form(content, "7%2E8") == "malformed_field");
    }
}

TEST_CASE("signed_scheme: JSON values, times and options may hold what follows them") {
    // Adyen signs amounts and references joined with colons, some of which hold colons.
    const header_list headers = unsigned_headers({{"time", "2026-01-01T00:00:00.5Z"}});
    const option_value values[] = {{"o", "a.b"}};
    const request r{headers, R"({"a":"x:y.z"})"};
    CHECK(reading_of(toy("{json:a}:{body}"), r) == "<x:y.z> <:> body");
    const auto timed = with_time(toy("{timestamp}.{body}"), header("time"), timestamp_form::rfc3339);
    CHECK(reading_of(timed, r) == "<2026-01-01T00:00:00.5Z> <.> body");
    CHECK(reading_of(toy("{option:o}.{body}"), r, {values, 1}) == "<a.b> <.> body");
}

TEST_CASE("signed_scheme: what is protected follows from what is signed") {
    using bp = body_protection;
    struct row {
        std::string_view content;
        selector id;
        protection expected;
    };
    const row rows[] = {
        {"{body}", {}, {.body = bp::whole}},
        {"{body}", json("id"), {.body = bp::whole, .event_id = true}},
        {"{body}", form("id"), {.body = bp::whole, .event_id = true}},
        {"{body}", header("id"), {.body = bp::whole}},
        {"{body}", query("id"), {.body = bp::whole}},
        {"{body}", option("id"), {.body = bp::whole, .event_id = true}},
        {"{body}", selector(json("id"), header("id")), {.body = bp::whole}},
        {"{body}", selector(json("id"), json("x")), {.body = bp::whole, .event_id = true}},
        {"{body|sha256}", json("id"), {.body = bp::whole, .event_id = true}},
        {"{body|crc32}", json("id"), {.body = bp::checksum}},
        {"{header:id}|{body|crc32}", header("id"), {.body = bp::checksum, .event_id = true}},
        {"{timestamp}.{body}", {}, {.body = bp::whole, .timestamp = true}},
        {"{event_id}.{timestamp}.{body}",
         header("id"),
         {.body = bp::whole, .timestamp = true, .event_id = true}},
        {"{header:id}.{body}", header("id"), {.body = bp::whole, .event_id = true}},
        {"{header:other}.{body}", header("id"), {.body = bp::whole}},
        {"{method}{url}{body}",
         query("id"),
         {.body = bp::whole, .event_id = true, .url = true, .method = true}},
        {"{path}{query_string}", query("id"), {.event_id = true}},
        {"[id:{query:data.id};]ts:{timestamp};", query("data.id"), {.timestamp = true, .event_id = true}},
        {"{timestamp}{json:token}", json("id"), {.body = bp::some_fields, .timestamp = true}},
        {"{json:id}:{json:amount}", json("id"), {.body = bp::some_fields, .event_id = true}},
        {"{form:id}", form("id"), {.body = bp::some_fields, .event_id = true}},
        {"{event_id}", json("id"), {.body = bp::none, .event_id = true}},
        {"{json:id}{body|crc32}", {}, {.body = bp::checksum}},
        {"{body}{json:id}", {}, {.body = bp::whole}},
    };
    for (const row& r : rows) {
        INFO(r.content);
        auto s = with_id(toy(r.content), r.id);
        if (s.signed_content.has(content_op::kind::timestamp)) s.timestamp = header("time");
        CHECK(s.protects() == r.expected);
        CHECK(s.info().protects == r.expected);
    }

    signed_scheme token = toy("");
    token.proof = proof::token;
    token.event_id = header("id");
    CHECK(token.protects() == protection{});

    signed_scheme hashed = toy("{key}{body}");
    hashed.proof = proof::keyed_hash;
    CHECK(hashed.protects() == protection{.body = bp::whole, .plain_hash = true});
}

TEST_CASE("signed_scheme: what may be left out of the signed content is not counted as protected") {
    // A delivery that was signed without the group verifies still when what is outside the signature is changed, as
    // long as one part of the group stays away.
    const auto optional_id = with_id(toy("[{header:id}{header:other}]{body}"), header("id"));
    CHECK_FALSE(optional_id.protects().event_id);
    const auto optional_body = toy("{timestamp}[{header:a}{body}]");
    CHECK(optional_body.protects().body == body_protection::none);
    const auto optional_time = with_time(toy("[{header:a}{timestamp}]{body}"), header("time"));
    CHECK_FALSE(optional_time.protects().timestamp);
    CHECK_FALSE(toy("[{header:a}{url}]{body}").protects().url);
    CHECK_FALSE(toy("[{header:a}{method}]{body}").protects().method);
}

TEST_CASE("signed_scheme: an id that is signed in lower case is not bound as it is read") {
    // Else the same delivery with a capital in its id would be another event, and as genuine.
    CHECK(with_id(toy("{query:id}"), query("id")).protects().event_id);
    CHECK_FALSE(with_id(toy("{query:id|lower}"), query("id")).protects().event_id);
    CHECK_FALSE(with_id(toy("{header:id|lower}{body}"), header("id")).protects().event_id);
    CHECK_FALSE(with_id(toy("{event_id|lower}{body}"), header("id")).protects().event_id);
    CHECK_FALSE(with_id(toy("{url|lower}{body}"), query("id")).protects().event_id);
    CHECK_FALSE(with_id(toy("{query_string|lower}"), query("id")).protects().event_id);
    CHECK(with_id(toy("{header:id|lower}{body}"), json("id")).protects().event_id);
}

TEST_CASE("signed_scheme: a body may come in pieces when it is wanted once and for nothing else") {
    struct row {
        std::string_view content;
        field signature;
        bool streams;
    };
    const row rows[] = {
        {"{body}", header("s"), true},
        {"{timestamp}.{body}", header("s"), true},
        {"{body}{url}", header("s"), true},
        {"{method}{url}{body}{header:a}", header("s"), true},
        {"{body|sha256}.{header:a}", header("s"), true},
        {"{header:a}", header("s"), true},
        {"{json:a}", header("s"), false},
        {"{form:a}{body}", header("s"), false},
        {"{body}{body}", header("s"), false},
        {"{body}{body|sha256}", header("s"), false},
        {"{header:a}", json("s"), false},
        {"{header:a}", form("s"), false},
        {"{body}", query("s"), true},
    };
    for (const row& r : rows) {
        INFO(r.content);
        auto s = toy(r.content, r.signature);
        if (s.signed_content.has(content_op::kind::timestamp)) s.timestamp = header("time");
        CHECK(s.info().streams == r.streams);
    }
    CHECK_FALSE(with_time(toy("{timestamp}{body}"), json("t")).info().streams);
    CHECK_FALSE(with_id(toy("{event_id}{body}"), json("id")).info().streams);
    CHECK(with_id(toy("{event_id}{body}"), header("id")).info().streams);
    CHECK(with_id(toy("{body}"), json("id")).info().streams);
}

TEST_CASE("signed_scheme: its description says the rest") {
    signed_scheme s = toy("{body}");
    s.key = {.encoding = encoding::base64, .prefix = "whsec_", .prefix_required = true, .at_least = 16};
    s.digest = digest::sha512;
    s.event_id = json("id");
    s.event_type = json("type");
    s.tolerance = seconds(5);
    s.retry_window = days(3);
    const scheme_info info = s.info();
    CHECK(info.name == "toy");
    CHECK(info.problem == description_problem::none);
    REQUIRE(info.key_formats == 1);
    CHECK(info.keys[0] == key_format{proof::hmac, digest::sha512, s.key});
    CHECK(info.event_id == selector(json("id")));
    CHECK(info.event_type == selector(json("type")));
    CHECK(info.tolerance == seconds(5));
    CHECK(info.retry_window == days(3));
    CHECK(info.candidates == 1);

    const signed_scheme plain;
    CHECK(plain.proof == proof::hmac);
    CHECK(plain.digest == digest::sha256);
    CHECK(plain.encoding == encoding::hex);
    CHECK(plain.timestamp_form == timestamp_form::unix_seconds);
    CHECK(plain.tolerance == seconds(300));
    CHECK(plain.retry_window == seconds(0));
}

TEST_CASE("signed_scheme: a description that cannot be meant is not sound") {
    using problem = description_problem;
    const auto changed = [](auto&& change) {
        signed_scheme s =
            with_id(with_time(toy("{event_id}.{timestamp}.{body}"), header("time")), header("id"));
        REQUIRE(s.problem() == problem::none);
        change(s);
        CHECK(s.info().problem == s.problem());
        return s.problem();
    };
    CHECK(changed([](signed_scheme& s) { s.name = ""; }) == problem::no_name);
    CHECK(changed([](signed_scheme& s) { s.signature = {}; }) == problem::no_signature);
    CHECK(changed([](signed_scheme& s) { s.signed_content = {}; }) == problem::nothing_is_signed);
    CHECK(changed([](signed_scheme& s) { s.proof = proof::token; }) == problem::token_with_signed_content);
    CHECK(changed([](signed_scheme& s) { s.signed_content = "{body}"; }) == problem::timestamp_is_not_signed);
    CHECK(changed([](signed_scheme& s) { s.timestamp = {}; }) == problem::no_timestamp);
    CHECK(changed([](signed_scheme& s) { s.event_id = {}; }) == problem::no_single_event_id);
    CHECK(changed([](signed_scheme& s) {
              s.event_id = {header("a"), header("b")};
          })
          == problem::no_single_event_id);
    CHECK(changed([](signed_scheme& s) { s.signed_content = "{key}{timestamp}"; })
          == problem::key_does_not_belong_in_content);
    CHECK(changed([](signed_scheme& s) { s.proof = proof::keyed_hash; })
          == problem::key_is_missing_from_content);
    const problem not_lower = problem::header_name_is_not_lower_case;
    CHECK(changed([](signed_scheme& s) { s.signature = header("X-Sig"); }) == not_lower);
    CHECK(changed([](signed_scheme& s) { s.signature = header("x-sig").or_header("Sig"); }) == not_lower);
    CHECK(changed([](signed_scheme& s) { s.timestamp = header("Time"); }) == not_lower);
    CHECK(changed([](signed_scheme& s) { s.event_id = header("Id"); }) == not_lower);
    CHECK(changed([](signed_scheme& s) {
              s.event_type = {json("a"), json("b"), header("Type")};
          })
          == not_lower);
    CHECK(changed([](signed_scheme& s) { s.signed_content = "{timestamp}{header:A}"; }) == not_lower);
    CHECK(changed([](signed_scheme& s) { s.event_type = json("Type"); }) == problem::none);
    CHECK(changed([](signed_scheme& s) { s.signed_content = "{timestamp}{json:A}"; }) == problem::none);
}

TEST_CASE("signed_scheme: a form is signed sorted, and refused where it is none") {
    const auto read = [](const std::string& body) {
        const header_list headers = unsigned_headers({});
        return reading_of(toy("{sorted_form}"), request{headers, body});
    };
    CHECK(read("b=2&a=1&a=0") == "<a0a1b2>");
    CHECK(read("") == "<>");
    CHECK(read("a=%zz") == "malformed_field");
    CHECK(toy("{sorted_form}").protects().body == body_protection::some_fields);
    CHECK_FALSE(toy("{sorted_form}").info().streams);
}

TEST_CASE("signed_scheme: a URL as far as its query, decoded, or at its other port") {
    const header_list headers = unsigned_headers({});
    const std::string url = "https://a.example:8443/x%2Fy?q=%40&r=%26#top";
    const request from = request{headers, ""}.at(url);
    CHECK(reading_of(toy("{url|base}"), from) == "<https://a.example:8443/x%2Fy>");
    CHECK(reading_of(toy("{url|decoded}"), from) == "<https://a.example:8443/x/y?q=@&r=%26#top>");
    CHECK(reading_of(toy("{url|other_port}"), from) == "<https://a.example/x%2Fy?q=%40&r=%26#top>");
    CHECK(reading_of(toy("{url|base}"), request{headers, ""}) == "missing_option");
    CHECK(toy("{url}").protects().url);
    CHECK_FALSE(toy("{url|base}").protects().url);
    CHECK_FALSE(toy("{url|decoded}").protects().url);
}

TEST_CASE("signed_scheme: a field that must not be there refuses the request, whatever it holds") {
    signed_scheme s = toy("{json:items.0}");
    s.refused = json("items.1");
    const header_list headers = unsigned_headers({});
    const auto read = [&](const std::string& body) { return reading_of(s, request{headers, body}); };
    CHECK(read(R"({"items":["a"]})") == "<a>");
    for (const char* second : {R"("b")", "{}", "[]", "1", "true"}) {
        CAPTURE(second);
        CHECK(read(std::string(R"({"items":["a",)") + second + "]}") == "malformed_field");
    }
    CHECK_FALSE(s.info().streams);
}

TEST_CASE("signed_scheme: a field that must say something refuses what says something else") {
    signed_scheme s = toy("{body}");
    s.required = header("x-version").after("1");
    const auto read = [&](header_list more) {
        const header_list headers = unsigned_headers(std::move(more));
        return reading_of(s, request{headers, ""});
    };
    CHECK(read({{"X-Version", "1"}}) == "body");
    CHECK(read({}) == "missing_field");
    CHECK(read({{"X-Version", "2"}}) == "unsupported_version");
    CHECK(read({{"X-Version", "11"}}) == "unsupported_version");
    CHECK(read({{"X-Version", "1"}, {"X-Version", "1"}}) == "repeated_header");
    CHECK(s.outgoing(0).needs_more);
}

TEST_CASE("signed_scheme: several fields that must say something must all say it") {
    signed_scheme s = toy("{body}");
    s.required = {header("x-version").after("1"), header("x-algorithm").after("A")};
    const auto read = [&](header_list more) {
        const header_list headers = unsigned_headers(std::move(more));
        return reading_of(s, request{headers, ""});
    };
    CHECK(read({{"X-Version", "1"}, {"X-Algorithm", "A"}}) == "body");
    CHECK(read({{"X-Version", "1"}}) == "missing_field");
    CHECK(read({{"X-Algorithm", "A"}}) == "missing_field");
    CHECK(read({{"X-Version", "1"}, {"X-Algorithm", "B"}}) == "unsupported_version");
    CHECK(read({{"X-Version", "2"}, {"X-Algorithm", "A"}}) == "unsupported_version");
    CHECK(s.info().streams);
    s.required = {header("x-version"), json("a")};
    CHECK_FALSE(s.info().streams);
    s.required = {header("x-version"), header("X-A")};
    CHECK(s.problem() == description_problem::header_name_is_not_lower_case);
}

TEST_CASE("signed_scheme: a field can name the key, and need not") {
    signed_scheme s = toy("{body}");
    s.key_id = header("x-key");
    const auto hint = [&](header_list more) {
        const header_list headers = unsigned_headers(std::move(more));
        statement what;
        const error e = s.read({request{headers, ""}}, what);
        if (e != error::none) return std::string(name(e));
        return what.signer.what == key_hint::kind::id ? "id " + std::string(what.signer.value) : "any";
    };
    CHECK(hint({{"X-Key", "k:1"}}) == "id k:1");
    CHECK(hint({}) == "any");
    CHECK(hint({{"X-Key", ""}}) == "any");
    CHECK(hint({{"X-Key", "a"}, {"X-Key", "a"}}) == "repeated_header");
    CHECK_FALSE(s.outgoing(0).needs_more);
    s.key_id = header("X-Key");
    CHECK(s.problem() == description_problem::header_name_is_not_lower_case);
}

TEST_CASE("signed_scheme: JSON is signed in its canonical form, and refused where it has none") {
    const auto read = [](const std::string& body) {
        const header_list headers = unsigned_headers({});
        return reading_of(toy("{canonical_json}"), request{headers, body});
    };
    CHECK(read(R"({"b":2, "a":1})") == R"(<{"a":1,"b":2}>)");
    CHECK(read("") == "<>");
    CHECK(read("{") == "malformed_field");
    CHECK(read(R"({"a":1,"a":1})") == "malformed_field");
    CHECK(toy("{canonical_json}").protects().body == body_protection::some_fields);
    CHECK_FALSE(toy("{canonical_json}").info().streams);
}

TEST_CASE("signed_scheme: a query is signed sorted, and refused where it is none") {
    const header_list headers = unsigned_headers({});
    const signed_scheme s = with_id(toy("{sorted_query}"), query("id"));
    const auto read = [&](const std::string& url) { return reading_of(s, request{headers, ""}.at(url)); };
    CHECK(read("https://a.example/x?b=2&a=%31") == "<a=1&b=2>");
    CHECK(read("https://a.example/x") == "<>");
    CHECK(read("https://a.example/x?a=%z") == "malformed_field");
    CHECK(read("") == "missing_option");
    CHECK(s.protects().event_id);
    CHECK_FALSE(s.protects().url);
    CHECK(s.info().streams);
}

TEST_CASE("signed_scheme: a signed digest of the body binds the body") {
    signed_scheme s = toy("{url}");
    s.body_digest = query("h");
    CHECK(s.problem() == description_problem::none);
    CHECK(s.protects().body == body_protection::whole);
    const header_list headers = unsigned_headers({});
    const request from = request{headers, "{}"}.at("https://a.example/?h=ab%63");
    statement what;
    REQUIRE(s.read({from}, what) == error::none);
    REQUIRE(what.bindings.size() == 1);
    CHECK(what.bindings[0].hash == digest::sha256);
    CHECK(what.bindings[0].form == encoding::hex);
    CHECK(hookseal_tests::written(what.bindings[0].expected, from) == "abc");
    CHECK(reading_of(s, request{headers, "{}"}.at("https://a.example/")) == "missing_field");

    s.body_digest = header("content-digest"); // which nobody signs
    CHECK(s.problem() == description_problem::body_digest_is_not_signed);
    s.signed_content = content_of("{header:content-digest}");
    CHECK(s.problem() == description_problem::none);
}

TEST_CASE("signed_scheme: beside a free JSON value no other may hold the literal that separates them") {
    const signed_scheme s = toy("{json:a}:{json:b|free}:{json:c}");
    const header_list headers = unsigned_headers({});
    const auto read = [&](const std::string& body) { return reading_of(s, request{headers, body}); };
    CHECK(read(R"({"a":"1","b":"2:3","c":"4"})") == "<1> <:> <2:3> <:> <4>");
    CHECK(read(R"({"a":"1:2","b":"3","c":"4"})") == "malformed_field");
    CHECK(read(R"({"a":"1","b":"2","c":"3:4"})") == "malformed_field");
    CHECK(read(R"({"a":"1","b":"2","c":"3\u003a4"})") == "malformed_field");
}

TEST_CASE("signed_scheme: a time in a signed body is signed, and absent only if its sender left it out") {
    const signed_scheme s = with_time(toy("{body}"), json("at"), timestamp_form::unix_milliseconds);
    CHECK(s.problem() == description_problem::none);
    CHECK(s.protects().timestamp);
    CHECK_FALSE(s.info().streams);
    const header_list headers = unsigned_headers({});
    const auto read = [&](const std::string& body, statement& what) {
        return s.read({request{headers, body}}, what);
    };
    statement with;
    REQUIRE(read(R"({"at":1767225600123})", with) == error::none);
    CHECK(with.signed_at.present);
    CHECK(with.signed_at.unix_seconds == 1767225600);
    for (const char* body : {"{}", "no JSON", R"({"at":null})"}) {
        CAPTURE(body);
        statement without;
        CHECK(read(body, without) == error::none);
        CHECK_FALSE(without.signed_at.present);
        CHECK(without.content.size() == 1);
    }
    for (const char* body : {R"({"at":"soon"})", R"({"at":1e12})", R"({"at":-1})"}) {
        CAPTURE(body);
        statement wrong;
        CHECK(read(body, wrong) == error::malformed_timestamp);
    }
    CHECK(with_time(toy("{url}"), json("at")).problem() == description_problem::timestamp_is_not_signed);
}

TEST_CASE("signed_scheme: a list without names begins with the time") {
    const signed_scheme s =
        with_time(toy("{timestamp}.{body}", header("x-sig").item("", ',')), header("x-sig").first_item(','));
    const header_list headers{{"x-sig", "1767225600,ab,cd"}};
    const request from{headers, ""};
    statement what;
    REQUIRE(s.read({from}, what) == error::none);
    CHECK(what.signed_at.unix_seconds == 1767225600);
    CHECK(signatures_of(what, from) == "<ab> <cd>");
    const header_list reversed{{"x-sig", "ab,1767225600"}};
    statement wrong;
    CHECK(s.read({request{reversed, ""}}, wrong) == error::malformed_timestamp);
}
