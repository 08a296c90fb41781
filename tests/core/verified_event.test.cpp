// SPDX-License-Identifier: MIT
#include <hookseal/core/verified_event.hpp>

#include "core/print.hpp"
#include "crypto/reference.hpp"
#include "schemes/at_run_time.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace hookseal;
using hookseal_tests::at_run_time;
using hookseal_tests::content_of;
using hookseal_tests::header_list;
using hookseal_tests::hmac_sha256_hex;

namespace {

// A verifier alone makes one.
static_assert(!std::is_default_constructible_v<verified_event>);
static_assert(!std::is_constructible_v<verified_event, const request&>);
static_assert(!std::is_default_constructible_v<detail::event_permit>);
static_assert(!std::is_aggregate_v<verified_event>);
static_assert(!std::is_default_constructible_v<owned_event>);
static_assert(!std::is_constructible_v<owned_event, const verified_event&>);
static_assert(
    std::is_copy_constructible_v<verified_event> && std::is_nothrow_move_constructible_v<verified_event>);

static_assert(noexcept(std::declval<const verified_event&>().id()));
static_assert(noexcept(std::declval<const verified_event&>().type()));

constexpr bool appends_at_compile_time() {
    event_text text;
    return text.empty() && text.append("ab") && text.append("c") && text == "abc" && !text.empty();
}
static_assert(appends_at_compile_time());

signed_scheme signs_body(selector id, selector type = {}) {
    signed_scheme s;
    s.name = "toy";
    s.signature = header("x-sig");
    s.signed_content = content_of("{body}");
    s.event_id = id;
    s.event_type = type;
    return s;
}

/// What the event of a genuine delivery says its id is.
std::string id_of(const selector& id, header_list headers, const std::string& body,
                  std::string_view url = "/") {
    const at_run_time scheme(signs_body(id));
    const auto v = scheme.verifier(secret("key"));
    headers.emplace_back("x-sig", hmac_sha256_hex("key", body));
    const auto event = v.verify(request{headers, body}.at(url));
    REQUIRE(event);
    return event->id().str();
}

} // namespace

TEST_CASE("event_text: holds 256 bytes and not one more") {
    event_text text;
    CHECK(text.append(std::string(256, 'a')));
    CHECK(text.view() == std::string(256, 'a'));
    CHECK(text.append(""));
    CHECK(text.view().size() == 256);
    CHECK_FALSE(text.append("b"));
    CHECK(text.empty());
    CHECK(text.view().empty());

    event_text other;
    CHECK(other.append(std::string(255, 'a')));
    CHECK_FALSE(other.append("bb"));
    CHECK(other.empty());
    CHECK_FALSE(event_text{}.append(std::string(257, 'a')));
}

TEST_CASE("event_text: is its text, copied with its bytes") {
    event_text first;
    REQUIRE(first.append("evt_1"));
    const event_text copy = first;
    first.clear();
    REQUIRE(first.append("other"));
    CHECK(copy == "evt_1");
    CHECK_FALSE(copy == first);
    CHECK(copy.str() == "evt_1");
    const std::string_view view = copy;
    CHECK(view == "evt_1");
    CHECK(event_text{} == "");
}

TEST_CASE("verified_event: tells what its verifier knows") {
    const std::string body = R"({"id":"evt_1","type":"a.b"})";
    signed_scheme s = signs_body(json("id"), json("type"));
    s.timestamp = header("x-time");
    s.signed_content = content_of("{timestamp}.{body}");
    s.retry_window = hours(5);
    const at_run_time scheme(s);
    const secret other("other");
    const secret key("key");
    const auto v = scheme.verifier({other, key}, 1000);
    const header_list headers{{"x-time", "990"}, {"x-sig", hmac_sha256_hex("key", "990." + body)}};
    const request r{headers, body};
    const auto event = v.verify(r);
    REQUIRE(event);
    CHECK(event->provider() == "toy");
    CHECK(event->id() == "evt_1");
    CHECK(event->type() == "a.b");
    REQUIRE(event->signed_at());
    CHECK(event->signed_at()->time_since_epoch() == std::chrono::seconds(990));
    CHECK(event->body().data() == body.data());
    CHECK(event->has_body());
    CHECK_FALSE(event->digest_of_body());
    std::string_view time;
    CHECK(event->request().headers().find_one("x-time", time) == error::none);
    CHECK(time == "990");
    CHECK(event->key_index() == 1);
    CHECK(event->protects() == scheme.info().protects);
    CHECK(event->retry_window() == std::chrono::hours(5));
}

TEST_CASE("verified_event: without a signed time it claims none, and without id and type they are empty") {
    const std::string body = "{}";
    const at_run_time scheme(signs_body({}));
    const auto v = scheme.verifier(secret("key"));
    const header_list headers{{"x-sig", hmac_sha256_hex("key", body)}};
    const auto event = v.verify(request{headers, body});
    REQUIRE(event);
    CHECK_FALSE(event->signed_at());
    CHECK(event->id().empty());
    CHECK(event->type().empty());
    CHECK(event->retry_window() == std::chrono::seconds(0));
}

TEST_CASE("verified_event: id and type are read when asked for, so that a body of any kind is verified") {
    for (const std::string body :
         {"not json", "", "{", R"({"id":{}})", R"({"id":"1","id":"2"})", "\xff\xfe"}) {
        INFO(body);
        CHECK(id_of(json("id"), {}, body).empty());
    }
}

TEST_CASE("verified_event: the id is the text that the application sees") {
    CHECK(id_of(json("id"), {}, R"({"id":"evt_1"})") == "evt_1");
    CHECK(id_of(json("id"), {}, R"({"id":"\u0065v\u0074_\u0031"})") == "evt_1");
    CHECK(id_of(json("id"), {}, R"({"\u0069d":"a\/b"})") == "a/b");
    CHECK(id_of(json("id"), {}, R"({"id":42})") == "42");
    CHECK(id_of(json("id"), {}, R"({"id":null})").empty());
    CHECK(id_of(form("id"), {}, "id=a%20b+c") == "a b c");
    CHECK(id_of(header("x-id"), {{"X-Id", "7 "}}, "") == "7 ");
    CHECK(id_of(header("x-id"), {{"X-Id", "7"}, {"x-id", "8"}}, "").empty());
    CHECK(id_of(header("x-id").or_header("id"), {{"Id", "7"}}, "") == "7");
    CHECK(id_of(header("x-id").or_header("id"), {{"Id", "7"}, {"X-Id", "7"}}, "").empty());
    CHECK(id_of(query("id"), {}, "", "https://example.com/?id=%37") == "7");
}

TEST_CASE("verified_event: an id that stands alone is not escaped") {
    CHECK(id_of(header("x-id"), {{"x-id", "a:b%2"}}, "") == "a:b%2");
}

TEST_CASE("verified_event: an id of up to 256 bytes is one, a longer one is none") {
    const std::string fits(256, 'a');
    CHECK(id_of(header("x-id"), {{"x-id", fits}}, "") == fits);
    CHECK(id_of(header("x-id"), {{"x-id", fits + "a"}}, "").empty());
    CHECK(id_of(json("id"), {}, R"({"id":")" + fits + R"("})") == fits);
    CHECK(id_of(json("id"), {}, R"({"id":")" + fits + R"(\n"})").empty());
    CHECK(id_of(json("id"), {}, R"({"id":"\n)" + fits + R"("})").empty());
    CHECK(id_of(form("id"), {}, "id=" + fits + "%41").empty());

    const selector composite(header("a"), header("b"));
    CHECK(id_of(composite, {{"a", std::string(250, 'x')}, {"b", "12345"}}, "").size() == 256);
    CHECK(id_of(composite, {{"a", std::string(250, 'x')}, {"b", "123456"}}, "").empty());
    CHECK(id_of(composite, {{"a", std::string(85, ':')}, {"b", "1"}}, "").empty());
    CHECK(id_of(composite, {{"a", std::string(256, 'x')}, {"b", "1"}}, "").empty());
}

TEST_CASE("verified_event: of an id in several fields all must be there") {
    const selector three(header("a"), json("b"), header("c"));
    CHECK(id_of(three, {{"a", "1"}, {"c", "3"}}, R"({"b":"2"})") == "1:2:3");
    CHECK(id_of(three, {{"a", "1"}}, R"({"b":"2"})").empty());
    CHECK(id_of(three, {{"c", "3"}}, R"({"b":"2"})").empty());
    CHECK(id_of(three, {{"a", "1"}, {"c", "3"}}, "{}").empty());
    CHECK(id_of(three, {{"a", "1"}, {"c", ""}}, R"({"b":"2"})").empty());
}

TEST_CASE("verified_event: two ids in several fields are the same text only if all fields are the same") {
    // Known by name first: what a naive join would confuse.
    const selector two(header("a"), header("b"));
    CHECK(id_of(two, {{"a", "x:y"}, {"b", "z"}}, "") == "x%3Ay:z");
    CHECK(id_of(two, {{"a", "x"}, {"b", "y:z"}}, "") == "x:y%3Az");
    CHECK(id_of(two, {{"a", "x%3Ay"}, {"b", "z"}}, "") == "x%253Ay:z");

    // Every pair and every triple of texts over the characters that matter, up to three long: no two ids alike.
    std::vector<std::string> parts{""};
    for (std::size_t begin = 0, length = 0; length < 3; ++length) {
        const std::size_t end = parts.size();
        for (; begin < end; ++begin)
            for (const char c : std::string_view(":%3A"))
                parts.push_back(parts[begin] + c);
    }
    parts.erase(parts.begin());
    const at_run_time scheme(signs_body(two));
    const auto v = scheme.verifier(secret("key"));
    const std::string signature = hmac_sha256_hex("key", "");
    std::map<std::string, std::pair<std::string, std::string>> seen;
    std::size_t pairs = 0;
    for (const std::string& a : parts)
        for (const std::string& b : parts) {
            const header_list headers{{"a", a}, {"b", b}, {"x-sig", signature}};
            const auto event = v.verify(request{headers, ""});
            const auto [at, is_new] = seen.try_emplace(event->id().str(), a, b);
            if (!is_new)
                FAIL(a << " and " << b << " are also " << at->second.first << " and " << at->second.second);
            ++pairs;
        }
    CHECK(seen.size() == pairs);
    CHECK(pairs == 84U * 84U);
}

TEST_CASE("verified_event: random ids in three fields never meet") {
    const selector three(header("a"), header("b"), header("c"));
    const at_run_time scheme(signs_body(three));
    const auto v = scheme.verifier(secret("key"));
    const std::string signature = hmac_sha256_hex("key", "");
    std::mt19937 random(1);
    const auto part = [&random] {
        constexpr std::string_view letters = "::%%3Aa2 ";
        std::string text;
        for (auto size = 1 + random() % 4; size > 0; --size)
            text.push_back(letters[random() % letters.size()]);
        return text;
    };
    std::map<std::string, std::vector<std::string>> seen;
    for (int i = 0; i < 20'000; ++i) {
        const std::vector<std::string> parts{part(), part(), part()};
        const header_list headers{{"a", parts[0]}, {"b", parts[1]}, {"c", parts[2]}, {"x-sig", signature}};
        const auto event = v.verify(request{headers, ""});
        const auto [at, is_new] = seen.try_emplace(event->id().str(), parts);
        if (!is_new && at->second != parts) FAIL(at->first);
    }
    CHECK(seen.size() > 5000);
}

TEST_CASE("verified_event: an owned copy says the same and needs nothing of the request any more") {
    std::string body = R"({"id":"evt_1","type":"a.b"})";
    const std::string body_before = body;
    signed_scheme s = signs_body(selector(json("id"), header("x-id")), json("type"));
    s.timestamp = header("x-time");
    s.signed_content = content_of("{timestamp}.{body}");
    const at_run_time scheme(s);
    header_list headers{{"x-time", "1000"}, {"x-id", "7"}, {"x-sig", hmac_sha256_hex("key", "1000." + body)}};

    const auto v = scheme.verifier(secret("key"), 1000);
    const auto event = v.verify(request{headers, body});
    REQUIRE(event);
    const owned_event kept = event->owned();
    CHECK(kept.id() == event->id());
    CHECK(kept.type() == event->type());
    CHECK(kept.body() == event->body());
    CHECK(kept.provider() == event->provider());
    CHECK(kept.signed_at() == event->signed_at());
    CHECK(kept.protects() == event->protects());

    std::fill(body.begin(), body.end(), '!');
    for (auto& [name, value] : headers)
        std::fill(value.begin(), value.end(), '!');
    CHECK(kept.id() == "evt_1:7");
    CHECK(kept.type() == "a.b");
    CHECK(kept.body() == body_before);
    CHECK(kept.provider() == "toy");
}
