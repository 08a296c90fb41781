// SPDX-License-Identifier: MIT
#include <hookseal/verifier.hpp>

#include <hookseal/testing.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"
#include "verifier/toys.hpp"

#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;
using testing::broken_clock;
using testing::manual_clock;

namespace {

using timed_verifier = verifier<toys::timed, manual_clock>;

const std::string body = R"({"id":"evt_1","type":"a.b"})";

// What a request meets never throws, and changes nothing.
static_assert(noexcept(std::declval<const timed_verifier&>().verify(std::declval<const request&>())));
static_assert(noexcept(std::declval<const timed_verifier&>().verify(std::declval<const request&>(),
                                                                    std::declval<const basic_keyring<>&>())));
static_assert(noexcept(std::declval<const timed_verifier&>().begin(std::declval<const request&>())));
static_assert(noexcept(timed_verifier::make(std::declval<const secret&>(), {}, manual_clock{now})));
static_assert(std::is_nothrow_move_constructible_v<timed_verifier>);
static_assert(!std::is_copy_constructible_v<timed_verifier>);
static_assert(!std::is_default_constructible_v<verifier<toys::timed>>);
static_assert(!std::is_constructible_v<verifier<toys::timed>, std::string>,
              "a text is not a secret by accident");
static_assert(timed_verifier::info.name == "timed");

struct content_from_header {
    static constexpr signed_scheme scheme{
        .name = "x",
        .signature = header("x-sig"),
        .timestamp = header("x-time"),
        .signed_content = "{timestamp}{header:x-a}",
    };
};

struct strict {
    static constexpr signed_scheme scheme = [] {
        signed_scheme s = toys::timed::scheme;
        s.tolerance = seconds(5);
        return s;
    }();
};

template <class Verifier>
error verdict(const Verifier& v, const header_list& headers, std::string_view of_body = body) {
    return v.verify(request{headers, of_body}).error();
}

timed_verifier at(std::int64_t time, const verifier_settings& settings = {}) {
    return timed_verifier{secret("key"), settings, manual_clock{time}};
}

/// The code of the configuration_error that building ends with.
template <class Build>
error refusal(Build build) {
    try {
        static_cast<void>(build());
        return error::none;
    } catch (const configuration_error& e) {
        CHECK(e.what() == message(e.code()));
        return e.code();
    }
}

} // namespace

TEST_CASE("verifier: a genuine and fresh delivery is accepted, and what it says is told") {
    const auto v = at(now);
    const header_list headers{{"X-Sig", timed_header("key", body)}};
    const request r{headers, body};
    const auto event = v.verify(r);
    REQUIRE(event.error() == error::none);
    CHECK(event->provider() == "timed");
    CHECK(event->id() == "evt_1");
    CHECK(event->type() == "a.b");
    CHECK(event->key_index() == 0);
    CHECK(event->signed_at()->time_since_epoch() == std::chrono::seconds(now));
    CHECK(event->body().data() == body.data());
    CHECK(event->has_body());
    CHECK(event->protects()
          == protection{.body = body_protection::whole, .timestamp = true, .event_id = true});
    CHECK(event->retry_window() == std::chrono::hours(72));
}

TEST_CASE("verifier: of several things that are wrong the first on the way is told") {
    const std::string stale = std::to_string(now - 1000);
    const std::string good = timed_header("key", body).substr(std::string("t=1767225600,").size());
    struct row {
        const char* wrong;
        header_list headers;
        error expected;
    };
    const row rows[] = {
        {"everything is missing", {}, error::missing_signature},
        {"an empty header", {{"x-sig", ""}}, error::missing_signature},
        {"two headers, both empty", {{"x-sig", ""}, {"x-sig", ""}}, error::repeated_header},
        {"two headers, both stale and bad",
         {{"x-sig", "t=1,v1=zz"}, {"x-sig", "t=1,v1=zz"}},
         error::repeated_header},
        {"too long, and no list", {{"x-sig", std::string(8193, ' ')}}, error::too_large},
        {"a broken list with two stale times", {{"x-sig", "t=1, t=1"}}, error::malformed_signature},
        {"no version that is known, no time", {{"x-sig", "v0=ab"}}, error::unsupported_version},
        {"no time, and a malformed signature", {{"x-sig", "v1=zz"}}, error::missing_timestamp},
        {"two stale times, and a malformed signature",
         {{"x-sig", "t=1,t=1,v1=zz"}},
         error::malformed_timestamp},
        {"a malformed time and a malformed signature", {{"x-sig", "t=x,v1=zz"}}, error::malformed_timestamp},
        {"a stale time and a malformed signature",
         {{"x-sig", "t=" + stale + ",v1=zz"}},
         error::timestamp_too_old},
        {"a stale time and a signature of another",
         {{"x-sig", "t=" + stale + "," + good}},
         error::timestamp_too_old},
        {"a time to come and a malformed signature",
         {{"x-sig", "t=" + std::to_string(now + 301) + ",v1=zz"}},
         error::timestamp_too_new},
        {"a malformed signature",
         {{"x-sig", "t=" + std::to_string(now) + ",v1=zz"}},
         error::malformed_signature},
        {"a signature of another time",
         {{"x-sig", "t=" + std::to_string(now - 1) + "," + good}},
         error::signature_mismatch},
    };
    const auto v = at(now);
    for (const row& r : rows) {
        INFO(r.wrong);
        CHECK(verdict(v, r.headers) == r.expected);
    }

    // A clock that fails is asked only when there is something to compare with it.
    const verifier<toys::timed, broken_clock> broken{secret("key")};
    CHECK(verdict(broken, {}) == error::missing_signature);
    CHECK(verdict(broken, {{"x-sig", "t=x,v1=zz"}}) == error::malformed_timestamp);
    CHECK(verdict(broken, {{"x-sig", "t=1,v1=zz"}}) == error::clock_failed);

    // Without a key nothing else matters.
    const verifier<toys::timed, manual_clock> keyless{keys_per_call, accepting<>, {}, manual_clock{now}};
    for (const row& r : rows)
        CHECK(verdict(keyless, r.headers) == error::unknown_key);
}

TEST_CASE(
    "verifier: a body in which a part of the content is missing is refused before its time is looked at") {
    const verifier<content_from_header, manual_clock> v{
        secret("key"), accepting<weakness::body_not_signed>, {}, manual_clock{now}};
    CHECK(verdict(v, {{"x-sig", "zz"}, {"x-time", "1"}}) == error::missing_field);
    CHECK(verdict(v, {{"x-sig", "zz"}, {"x-time", "1"}, {"x-a", "\x01"}}) == error::malformed_field);
    CHECK(verdict(v, {{"x-sig", "zz"}, {"x-time", "1"}, {"x-a", "7"}}) == error::timestamp_too_old);
}

TEST_CASE("verifier: a time is fresh up to the edges of its tolerance, past and future alike") {
    struct row {
        freshness tolerance;
        std::int64_t past;
        std::int64_t future;
    };
    const row rows[] = {
        {{}, 300, 300},
        {10s, 10, 10},
        {0s, 0, 0},
        {freshness::within(5s, 0s), 5, 0},
        {freshness::within(0s, 7s), 0, 7},
    };
    for (const row& r : rows) {
        INFO(r.past << ' ' << r.future);
        const auto v = at(now, {.tolerance = r.tolerance});
        const auto sent = [&](std::int64_t time) {
            return verdict(v, {{"x-sig", timed_header("key", body, time)}});
        };
        CHECK(sent(now) == error::none);
        CHECK(sent(now - r.past) == error::none);
        CHECK(sent(now + r.future) == error::none);
        CHECK(sent(now - r.past - 1) == error::timestamp_too_old);
        CHECK(sent(now + r.future + 1) == error::timestamp_too_new);
        CHECK(sent(1) == error::timestamp_too_old);
        CHECK(sent(999'999'999'999) == error::timestamp_too_new);
    }
}

TEST_CASE("verifier: freshness is unchecked only where that is said, and the time is bound still") {
    const auto v = at(now, {.tolerance = freshness::unchecked});
    for (const std::int64_t time : {std::int64_t{1}, now, std::int64_t{999'999'999'999}}) {
        const header_list headers{{"x-sig", timed_header("key", body, time)}};
        const auto event = v.verify(request{headers, body});
        REQUIRE(event.error() == error::none);
        CHECK(event->signed_at()->time_since_epoch().count() == time);
    }
    CHECK(verdict(v, {{"x-sig", "t=x,v1=zz"}}) == error::malformed_timestamp);
    std::string moved = timed_header("key", body);
    moved[2] = '2';
    CHECK(verdict(v, {{"x-sig", moved}}) == error::signature_mismatch);

    const verifier<toys::timed, broken_clock> without_clock{secret("key"),
                                                            {.tolerance = freshness::unchecked}};
    CHECK(verdict(without_clock, {{"x-sig", timed_header("key", body, 1)}}) == error::none);
}

TEST_CASE("verifier: a scheme's own tolerance holds where nothing else is said") {
    const verifier<strict, manual_clock> v{secret("key"), {}, manual_clock{now}};
    CHECK(verdict(v, {{"x-sig", timed_header("key", body, now - 5)}}) == error::none);
    CHECK(verdict(v, {{"x-sig", timed_header("key", body, now - 6)}}) == error::timestamp_too_old);
    const verifier<strict, manual_clock> wider{secret("key"), {.tolerance = 6s}, manual_clock{now}};
    CHECK(verdict(wider, {{"x-sig", timed_header("key", body, now - 6)}}) == error::none);
}

TEST_CASE("verifier: a negative or senseless tolerance is refused when it is built") {
    const std::chrono::seconds limit(std::int64_t{1} << 40);
    for (const freshness& f : {freshness(-1s), freshness::within(-1s, 1s), freshness::within(1s, -1s),
                               freshness(std::chrono::seconds::min()), freshness(std::chrono::seconds::max()),
                               freshness(limit + 1s)}) {
        CHECK(refusal([&] { return at(now, {.tolerance = f}); }) == error::invalid_tolerance);
        CHECK(timed_verifier::make(secret("key"), {.tolerance = f}, manual_clock{now}).error()
              == error::invalid_tolerance);
    }
    CHECK(verdict(at(now, {.tolerance = limit}), {{"x-sig", timed_header("key", body, 1)}}) == error::none);
}

TEST_CASE("verifier: a clock that cannot be right is one that failed") {
    const header_list headers{{"x-sig", timed_header("key", body)}};
    constexpr std::int64_t limit = std::int64_t{1} << 48;
    for (const std::int64_t time : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
                                    std::numeric_limits<std::int64_t>::max(), limit + 1})
        CHECK(verdict(at(time), headers) == error::clock_failed);
    CHECK(verdict(at(limit), headers) == error::timestamp_too_old);
    CHECK(verdict(at(0), headers) == error::timestamp_too_new);

    const verifier<toys::plain, broken_clock> no_time_needed{secret("key")};
    CHECK(verdict(no_time_needed, {{"x-sig", hmac_sha256_hex("key", body)}}) == error::none);
}

TEST_CASE("verifier: while a secret is rolled over, any of them matches, and which one is told") {
    const secret current("current");
    const secret previous("previous");
    const verifier<toys::plain> v{{current, previous}};
    const auto signed_with = [](std::string_view key) {
        return header_list{{"x-sig", hmac_sha256_hex(key, body)}};
    };
    const header_list by_current = signed_with("current");
    const header_list by_previous = signed_with("previous");
    const auto first = v.verify(request{by_current, body});
    const auto second = v.verify(request{by_previous, body});
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->key_index() == 0);
    CHECK(second->key_index() == 1);
    CHECK(verdict(v, signed_with("another")) == error::signature_mismatch);

    const verifier<toys::plain> afterwards{current};
    CHECK(verdict(afterwards, by_current) == error::none);
    CHECK(verdict(afterwards, by_previous) == error::signature_mismatch);

    // The same twice is no harm.
    const verifier<toys::plain> twice{{current, current}};
    CHECK(twice.verify(request{by_current, body})->key_index() == 0);
}

TEST_CASE("verifier: of several signatures any may hold, and each key is tried with each") {
    const secret a("a");
    const secret b("b");
    const timed_verifier v{{a, b}, {}, manual_clock{now}};
    const std::string time = "t=" + std::to_string(now);
    const std::string content = std::to_string(now) + "." + body;
    const std::string by_a = ",v1=" + hmac_sha256_hex("a", content);
    const std::string by_b = ",v1=" + hmac_sha256_hex("b", content);
    const std::string by_c = ",v1=" + hmac_sha256_hex("c", content);
    struct row {
        std::string header;
        error expected;
        std::size_t key = 0;
    };
    const row rows[] = {
        {time + by_a, error::none, 0},
        {time + by_b, error::none, 1},
        {time + by_c, error::signature_mismatch},
        {time + by_c + by_b, error::none, 1},
        {time + by_b + by_a, error::none, 0},
        {time + by_c + by_c, error::signature_mismatch},
        // A malformed one beside others is passed over; alone it is what is wrong with the request.
        {time + ",v1=zz" + by_a, error::none, 0},
        {time + by_a + ",v1=", error::none, 0},
        {time + ",v1=zz" + by_c, error::signature_mismatch},
        {time + ",v1=zz,v1=yy", error::signature_mismatch},
        {time + ",v1=zz", error::malformed_signature},
        {time + ",v1=", error::malformed_signature},
        {time + ",v0=" + by_a.substr(4), error::unsupported_version},
        {time + ",v0=zz" + by_a, error::none, 0},
        {time + by_a + ",v2=" + by_c.substr(4), error::none, 0},
        // What is right with something behind it is not right.
        {time + by_a + "00", error::signature_mismatch},
        {time + by_a + "=", error::malformed_signature},
        {time + by_a + "=v0", error::malformed_signature},
    };
    for (const row& r : rows) {
        INFO(r.header);
        const header_list headers{{"x-sig", r.header}};
        const auto event = v.verify(request{headers, body});
        CHECK(event.error() == r.expected);
        if (event) CHECK(event->key_index() == r.key);
    }
}

TEST_CASE("verifier: more signatures than 32 are refused, whatever they are worth") {
    const auto v = at(now);
    const std::string good = timed_header("key", body);
    const auto with_more = [&](int more) {
        std::string value = good;
        for (int i = 0; i < more; ++i)
            value += ",v1=00";
        return header_list{{"x-sig", value}};
    };
    CHECK(verdict(v, with_more(30)) == error::none);
    CHECK(verdict(v, with_more(31)) == error::too_large);
    CHECK(verdict(v, with_more(1200)) == error::too_large);
    CHECK(verdict(v, {{"x-sig", good + "," + std::string(8192, 'x')}}) == error::too_large);
}

TEST_CASE("verifier: up to eight keys are taken") {
    std::vector<std::unique_ptr<secret>> owned;
    std::vector<key_material> keys;
    for (int i = 0; i < 9; ++i) {
        owned.push_back(std::make_unique<secret>("key" + std::to_string(i)));
        keys.emplace_back(*owned.back());
    }
    const verifier<toys::plain> v{std::span<const key_material>(keys).first(8)};
    const header_list headers{{"x-sig", hmac_sha256_hex("key7", body)}};
    const auto event = v.verify(request{headers, body});
    REQUIRE(event);
    CHECK(event->key_index() == 7);
    CHECK(refusal([&] { return verifier<toys::plain>{std::span<const key_material>(keys)}; })
          == error::too_many_keys);
}

TEST_CASE("verifier: keys that cannot be used are refused when it is built") {
    const auto with = [](key_list keys) { return refusal([&] { return verifier<toys::plain>{keys}; }); };
    const secret good("key");
    const secret empty("");
    secret moved("key");
    const secret elsewhere = std::move(moved);
    CHECK(with(good) == error::none);
    CHECK(with(empty) == error::empty_secret);
    CHECK(with(secret("key\n")) == error::secret_has_white_space);
    CHECK(with(secret::from_env("HOOKSEAL_TEST_IS_NOT_SET")) == error::unreadable_secret);
    CHECK(with(secret::from_hex("xy")) == error::malformed_secret);
    CHECK(with(moved) == error::missing_secret);
    CHECK(with({}) == error::missing_secret);
    CHECK(with(std::span<const key_material>{}) == error::missing_secret);
    CHECK(with({good, empty}) == error::empty_secret);
    CHECK(with({empty, good}) == error::empty_secret);
    CHECK(with(public_key(public_key_of_it)) == error::unsuitable_key);
    CHECK(with({good, public_key(public_key_of_it)}) == error::unsuitable_key);

    const auto open_with = [](key_list keys) { return refusal([&] { return verifier<toys::open>{keys}; }); };
    CHECK(open_with(public_key(public_key_of_it)) == error::none);
    CHECK(open_with(public_key(std::string(64, '0'))) == error::unsuitable_key);
    CHECK(open_with(secret(public_key_of_it)) == error::unsuitable_key);
    CHECK(open_with(public_key("")) == error::empty_secret);

    // The same without exceptions.
    CHECK(verifier<toys::plain>::make(good).has_value());
    CHECK(verifier<toys::plain>::make(empty).error() == error::empty_secret);
    CHECK(verifier<toys::plain>::make({good, empty}).error() == error::empty_secret);
}

TEST_CASE("verifier: no error says anything of the secret it is about") {
    const std::string marker = "SUPERSECRET";
    const secret secrets[] = {secret(marker + " "), secret(" " + marker), secret::from_hex(marker),
                              secret::from_base64(marker + "!")};
    const auto holds = [&](std::string_view text) { return text.find("SUPER") != std::string_view::npos; };
    for (const secret& s : secrets) {
        bool thrown = false;
        try {
            const verifier<toys::plain> v{s};
        } catch (const configuration_error& e) {
            thrown = true;
            CHECK_FALSE(holds(e.what()));
            CHECK_FALSE(holds(name(e.code())));
            CHECK_FALSE(holds(message(e.code())));
        }
        CHECK(thrown);
    }
}

TEST_CASE("verifier: a weakness is accepted by name, or there is no verifier") {
    const secret s("key");
    const verifier<toys::token> by_token{s, accepting<weakness::body_not_signed>};
    CHECK(verdict(by_token, {{"x-token", "key"}}) == error::none);
    CHECK(verdict(by_token, {{"x-token", "key"}}, "any other body") == error::none);
    CHECK(verdict(by_token, {{"x-token", "kez"}}) == error::signature_mismatch);
    const verifier<toys::with_checksum> by_checksum{s, accepting<weakness::body_bound_by_crc>};
    CHECK(by_checksum.info.protects.body == body_protection::checksum);
    const verifier<toys::hashed> by_hash{s, accepting<weakness::plain_hash, weakness::body_not_signed>};
    CHECK(verdict(by_hash, {{"x-sig", hex_of(digest_of(EVP_sha256(), "key" + body))}}) == error::none);
    // To accept what is not there does no harm.
    const verifier<toys::plain> plain{s, accepting<weakness::plain_hash>};
    CHECK(verdict(plain, {{"x-sig", hmac_sha256_hex("key", body)}}) == error::none);
}

TEST_CASE("verifier: many tenants are served by one, each under its own keys") {
    const verifier<toys::plain> v{keys_per_call};
    const keyring<toys::plain> tenant_a{secret("a")};
    const keyring<toys::plain> tenant_b{{secret("b1"), secret("b2")}};
    const header_list by_a{{"x-sig", hmac_sha256_hex("a", body)}};
    const header_list by_b2{{"x-sig", hmac_sha256_hex("b2", body)}};
    const request from_a{by_a, body};
    const request from_b{by_b2, body};
    CHECK(v.verify(from_a, tenant_a).error() == error::none);
    CHECK(v.verify(from_a, tenant_b).error() == error::signature_mismatch);
    CHECK(v.verify(from_b, tenant_b)->key_index() == 1);
    CHECK(v.verify(from_a).error() == error::unknown_key);

    // The tenant's keys take the place of the verifier's own.
    const verifier<toys::plain> with_own{secret("a")};
    CHECK(with_own.verify(from_a, tenant_b).error() == error::signature_mismatch);
    CHECK(with_own.verify(from_a).error() == error::none);
}

TEST_CASE(
    "verifier: an option that is needed is there when the verifier is built, the URL with each request") {
    const option_value options[] = {{"other", "x"}, {"webhook_id", "8PT"}};
    const verifier<toys::with_option> v{secret("key"), {.options = options}};
    const header_list headers{{"x-sig", hmac_sha256_hex("key", "8PT." + body)}};
    CHECK(verdict(v, headers) == error::none);
    CHECK(verifier<toys::with_option>::make(secret("key")).error() == error::missing_option);
    CHECK(verifier<toys::with_option>::make(keys_per_call).error() == error::missing_option);

    const verifier<toys::with_url> by_url{secret("key")};
    const std::string url = "https://example.com/hook";
    const header_list signed_url{{"x-sig", hmac_sha256_hex("key", "POST" + url + body)},
                                 {"host", "evil.example"}};
    const request r{signed_url, body};
    CHECK(by_url.verify(r.at(url)).error() == error::none);
    CHECK(by_url.verify(r).error() == error::missing_option);
    CHECK(by_url.verify(r.at("https://example.com/hook/")).error() == error::signature_mismatch);
    CHECK(by_url.verify(r.at(url).with_method("PUT")).error() == error::signature_mismatch);
}

TEST_CASE("verifier: its options are its own copy, of at most eight") {
    auto name = std::make_unique<std::string>("webhook_id");
    auto value = std::make_unique<std::string>("8PT");
    auto options = std::make_unique<std::vector<option_value>>();
    options->push_back({*name, *value});
    const verifier<toys::with_option> v{secret("key"), {.options = *options}};
    name->assign(name->size(), '!');
    value->assign(value->size(), '!');
    options.reset();
    const header_list headers{{"x-sig", hmac_sha256_hex("key", "8PT." + body)}};
    CHECK(verdict(v, headers) == error::none);

    const std::vector<option_value> eight(8, option_value{"webhook_id", "8PT"});
    const std::vector<option_value> nine(9, option_value{"webhook_id", "8PT"});
    CHECK(verdict(verifier<toys::with_option>{secret("key"), {.options = eight}}, headers) == error::none);
    CHECK(refusal([&] {
              return verifier<toys::with_option>{secret("key"), {.options = nine}};
          })
          == error::too_large);
}

TEST_CASE("verifier: can be moved, and what was moved from rejects") {
    timed_verifier first = at(now);
    const timed_verifier second = std::move(first);
    const header_list headers{{"x-sig", timed_header("key", body)}};
    CHECK(verdict(second, headers) == error::none);
    CHECK(verdict(first, headers) == error::unknown_key);

    const option_value options[] = {{"webhook_id", "8PT"}};
    verifier<toys::with_option> one{secret("key"), {.options = options}};
    const verifier<toys::with_option> other = std::move(one);
    CHECK(verdict(other, {{"x-sig", hmac_sha256_hex("key", "8PT." + body)}}) == error::none);
}

TEST_CASE("verifier: of two schemes either may hold, under keys of its own kind alone") {
    const auto headers_of = [](const std::string& hmac, const std::string& open) {
        header_list headers{{"x-time", std::to_string(now)}};
        if (!hmac.empty()) headers.emplace_back("x-sig", hmac);
        if (!open.empty()) headers.emplace_back("x-open-sig", open);
        return headers;
    };
    const std::string content = std::to_string(now) + body;
    const std::string by_hmac = "v1," + hmac_sha256_hex("key", content);
    const std::string by_open = "v1a," + ed25519_signature(content);
    const std::string bad_hmac = "v1," + std::string(64, '0');
    const std::string bad_open = "v1a," + std::string(128, '0');

    const secret s("key");
    const public_key p(public_key_of_it);
    using two_verifier = verifier<toys::two_kinds, manual_clock>;
    const two_verifier with_secret{s, {}, manual_clock{now}};
    const two_verifier with_public{p, {}, manual_clock{now}};
    const two_verifier with_both{{s, p}, {}, manual_clock{now}};

    CHECK(verdict(with_secret, headers_of(by_hmac, "")) == error::none);
    CHECK(verdict(with_secret, headers_of("", by_open)) == error::missing_signature);
    CHECK(verdict(with_secret, headers_of(bad_hmac, by_open)) == error::signature_mismatch);
    CHECK(verdict(with_public, headers_of("", by_open)) == error::none);
    CHECK(verdict(with_public, headers_of(by_hmac, "")) == error::missing_signature);
    CHECK(verdict(with_public, headers_of(by_hmac, bad_open)) == error::signature_mismatch);
    CHECK(verdict(with_both, headers_of(by_hmac, "")) == error::none);
    CHECK(verdict(with_both, headers_of("", by_open)) == error::none);
    CHECK(verdict(with_both, headers_of(bad_hmac, by_open)) == error::none);
    CHECK(verdict(with_both, headers_of(by_hmac, bad_open)) == error::none);
    CHECK(verdict(with_both, headers_of(bad_hmac, bad_open)) == error::signature_mismatch);

    // The error of the candidate that came furthest; of several that came as far, the first one's.
    CHECK(verdict(with_both, headers_of("v2,x", bad_open)) == error::signature_mismatch);
    CHECK(verdict(with_both, headers_of(bad_hmac, "v2,x")) == error::signature_mismatch);
    CHECK(verdict(with_both, headers_of("v2,x", "")) == error::unsupported_version);
    CHECK(verdict(with_both, headers_of("v1,zz", "v2,x")) == error::malformed_signature);

    // The bytes of a public key are no secret, and no signature under them holds.
    const std::string confused = "v1," + hex_of(hmac(EVP_sha256(), public_key_of_it, content));
    CHECK(verdict(with_both, headers_of(confused, "")) != error::none);
    CHECK(verdict(with_public, headers_of(confused, "")) == error::missing_signature);
}

TEST_CASE("verifier: an Ed25519 signature is bound to its time, its body and its key") {
    using open_verifier = verifier<toys::open, manual_clock>;
    const open_verifier v{public_key(public_key_of_it), {}, manual_clock{now}};
    const open_verifier other{public_key(other_public_key), {}, manual_clock{now}};
    const open_verifier both{
        {public_key(other_public_key), public_key(public_key_of_it)}, {}, manual_clock{now}};
    const std::string time = std::to_string(now);
    const header_list headers{{"x-time", time}, {"x-sig", ed25519_signature(time + body)}};
    CHECK(verdict(v, headers) == error::none);
    CHECK(verdict(v, headers, body + " ") == error::signature_mismatch);
    CHECK(verdict(other, headers) == error::signature_mismatch);
    CHECK(both.verify(request{headers, body})->key_index() == 1);
    CHECK(verdict(v, {{"x-time", std::to_string(now + 1)}, headers[1]}) == error::signature_mismatch);
    CHECK(verdict(v, {{"x-time", time}, {"x-sig", headers[1].second.substr(2)}})
          == error::signature_mismatch);
    CHECK(verdict(v, {{"x-time", time}, {"x-sig", headers[1].second + "00"}}) != error::none);
    // Digits cannot move between the time and the body: the time has one form and a tolerance.
    const header_list shifted{{"x-time", time.substr(0, 9)}, headers[1]};
    CHECK(verdict(v, shifted, time.substr(9) + body) == error::timestamp_too_old);
}

TEST_CASE("verifier: the body is signed byte for byte") {
    const verifier<toys::plain> v{secret("key")};
    const std::string bodies[] = {
        "",
        "{}",
        " {}",
        "{} ",
        "{}\n",
        "{}\r\n",
        "\xEF\xBB\xBF{}",
        std::string("{}\0", 3),
        std::string("\0{}", 3),
        "{ }",
        "\xff",
        "\xfe",
        "\xEF\xBF\xBD",
        "\xC3\xA4",
        "a\xCC\x88",
        R"("\u00e4")",
        R"("\u00E4")",
    };
    for (const std::string& sent : bodies) {
        const header_list headers{{"x-sig", hmac_sha256_hex("key", sent)}};
        for (const std::string& received : bodies) {
            INFO(sent << " | " << received);
            CHECK((verdict(v, headers, received) == error::none) == (sent == received));
        }
    }
}

namespace {

/// A scheme that somebody wrote by hand, with everything a statement can say.
struct by_hand {
    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all;
        all.name = "by_hand";
        all.protects.body = body_protection::whole;
        return all;
    }
    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        text value = text::of({});
        auto names = name_set::unsettled;
        const auto number = [&](const char* header_name, signed_time& time) {
            if (find(header(header_name), in.from, in.with, names, value) != error::none) return;
            time.present = parse_decimal(value.raw(), time.unix_seconds);
        };
        number("x-signed-at", out.signed_at);
        number("x-not-before", out.not_before);
        number("x-expires", out.expires);
        if (find(header("x-digest"), in.from, in.with, names, value) == error::none) {
            static_cast<void>(out.content.push(piece::of(value)));
            static_cast<void>(out.bindings.push(binding::of_the_body(digest::sha256, encoding::hex, value)));
        }
        if (const error e = find(header("x-sig"), in.from, in.with, names, value); e != error::none)
            return error::missing_signature;
        static_cast<void>(out.presented.push({value}));
        return error::none;
    }
};

struct hand_made {
    static constexpr by_hand scheme{};
};

using hand_verifier = verifier<hand_made, manual_clock>;

} // namespace

TEST_CASE(
    "verifier: a digest that is signed must be the body's, which is looked at once the signature held") {
    const hand_verifier v{secret("key"), {}, manual_clock{now}};
    const std::string digest = hex_of(digest_of(EVP_sha256(), body));
    const std::string other = hex_of(digest_of(EVP_sha256(), "other"));
    const auto sent = [&](const std::string& claimed, std::string_view key) {
        return verdict(v, {{"x-digest", claimed}, {"x-sig", hmac_sha256_hex(key, claimed)}});
    };
    CHECK(sent(digest, "key") == error::none);
    CHECK(sent(other, "key") == error::content_mismatch);
    CHECK(sent(other, "other") == error::signature_mismatch);
    CHECK(sent(digest.substr(2), "key") == error::content_mismatch);
    CHECK(sent("zz", "key") == error::content_mismatch);
    CHECK(sent(digest + "00", "key") == error::content_mismatch);
    CHECK(sent(std::string(5000, 'a'), "key") == error::content_mismatch);
}

TEST_CASE("verifier: a statement that expires or begins is held to that, even where freshness is unchecked") {
    const hand_verifier checked{secret("key"), {}, manual_clock{now}};
    const hand_verifier unchecked{secret("key"), {.tolerance = freshness::unchecked}, manual_clock{now}};
    const std::string sig = hmac_sha256_hex("key", "");
    struct row {
        const char* header;
        std::int64_t time;
        error when_checked;
        error when_unchecked;
    };
    const row rows[] = {
        {"x-signed-at", now - 301, error::timestamp_too_old, error::none},
        {"x-signed-at", now + 301, error::timestamp_too_new, error::none},
        {"x-expires", now + 1, error::none, error::none},
        {"x-expires", now, error::timestamp_too_old, error::timestamp_too_old},
        {"x-expires", 0, error::timestamp_too_old, error::timestamp_too_old},
        {"x-not-before", now, error::none, error::none},
        {"x-not-before", now + 1, error::timestamp_too_new, error::timestamp_too_new},
        {"x-not-before", 999'999'999'999'999'999, error::timestamp_too_new, error::timestamp_too_new},
    };
    for (const row& r : rows) {
        INFO(r.header << ' ' << r.time - now);
        const header_list headers{{r.header, std::to_string(r.time)}, {"x-sig", sig}};
        CHECK(verdict(checked, headers) == r.when_checked);
        CHECK(verdict(unchecked, headers) == r.when_unchecked);
    }
    using broken_verifier = verifier<hand_made, broken_clock>;
    const broken_verifier no_clock{secret("key"), {.tolerance = freshness::unchecked}};
    CHECK(verdict(no_clock, {{"x-expires", "1"}, {"x-sig", sig}}) == error::clock_failed);
    CHECK(verdict(no_clock, {{"x-sig", sig}}) == error::none);
}

namespace {

/// A framework's request, which the verifier takes as it is.
struct framework_request {
    header_list headers;
    std::string payload;
};

template <class Verifier, class Request>
concept verifies = requires(const Verifier& v, Request r) {
    v.verify(std::forward<Request>(r));
};

} // namespace

template <>
struct hookseal::request_access<framework_request> {
    static request view(const framework_request& from) noexcept { return {from.headers, from.payload}; }
};

TEST_CASE("verifier: takes a framework's request as it is, but none that is about to go") {
    const verifier<toys::plain> v{secret("key")};
    const framework_request r{{{"x-sig", hmac_sha256_hex("key", body)}}, body};
    const auto event = v.verify(r);
    REQUIRE(event);
    CHECK(event->body().data() == r.payload.data());

    using verifier_type = verifier<toys::plain>;
    static_assert(verifies<verifier_type, const framework_request&>);
    static_assert(verifies<verifier_type, framework_request&>);
    static_assert(!verifies<verifier_type, framework_request>);
    static_assert(!verifies<verifier_type, const framework_request>);
    static_assert(verifies<verifier_type, request>, "a view may be a temporary");
    static_assert(!verifies<verifier_type, int>);
}

TEST_CASE(
    "verifier: a source of headers that answers differently each time is refused or accepted, and no more") {
    const auto v = at(now);
    const std::string good = timed_header("key", body);
    std::uint32_t state = 1;
    std::vector<std::string> answers{"", good, "v1=zz", "t=1", ",", std::string(8193, 'x'), good + ",v1=00",
                                     " "};
    const auto fickle = [&](std::string_view) -> std::string_view {
        state = state * 1664525 + 1013904223;
        return answers[state >> 16 & 7];
    };
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const error e = v.verify(request{fickle, body}).error();
        accepted += e == error::none ? 1 : 0;
    }
    CHECK(accepted > 0);
    CHECK(accepted < 20'000);
}
