// SPDX-License-Identifier: MIT
#include <hookseal/dynamic_verifier.hpp>

#include <hookseal/providers/catalog.hpp>

#include "core/print.hpp"
#include "schemes/at_run_time.hpp"
#include "support/catch.hpp"
#include "verifier/toys.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;
using testing::manual_clock;

namespace {

const std::string body = R"({"id":"evt_1","type":"a.b"})";

using fixed_verifier = dynamic_verifier<manual_clock>;

template <class Provider>
result<fixed_verifier> made(key_list keys, std::span<const weakness> accepted = {},
                            const verifier_settings& settings = {}) {
    return fixed_verifier::make(scheme_ref::of<Provider>(), keys, accepted, settings, manual_clock{now});
}

static_assert(noexcept(std::declval<const fixed_verifier&>().verify(std::declval<const request&>())));
static_assert(!std::is_default_constructible_v<fixed_verifier>);

} // namespace

TEST_CASE("dynamic_verifier: says the same as the verifier of the same scheme") {
    const auto dynamic = made<toys::timed>(secret("key"));
    REQUIRE(dynamic);
    const verifier<toys::timed, manual_clock> fixed{secret("key"), {}, manual_clock{now}};
    const std::string values[] = {
        timed_header("key", body),
        timed_header("kez", body),
        timed_header("key", body, now - 300),
        timed_header("key", body, now - 301),
        timed_header("key", body, now + 301),
        "t=1,v1=zz",
        "t=x,v1=zz",
        "v0=1",
        "",
        ",",
    };
    for (const std::string& value : values) {
        INFO(value);
        const header_list headers{{"x-sig", value}};
        const request r{headers, body};
        const error expected = fixed.verify(r).error();
        CHECK(dynamic->verify(r).error() == expected);
        auto running = dynamic->begin(r);
        running.update(body);
        CHECK(std::move(running).finish(body).error() == expected);
    }
    CHECK(dynamic->info().name == "timed");
}

TEST_CASE("dynamic_verifier: what does not compile for a verifier is an error here") {
    CHECK(made<toys::token>(secret("key")).error() == error::weakness_not_accepted);
    CHECK(made<toys::with_checksum>(secret("key")).error() == error::weakness_not_accepted);
    CHECK(made<toys::hashed>(secret("key")).error() == error::weakness_not_accepted);
    const weakness token[] = {weakness::body_not_signed};
    const weakness checksum[] = {weakness::plain_hash, weakness::body_bound_by_crc};
    const weakness hash[] = {weakness::plain_hash};
    CHECK(made<toys::token>(secret("key"), token).has_value());
    CHECK(made<toys::with_checksum>(secret("key"), checksum).has_value());
    CHECK(made<toys::hashed>(secret("key"), hash).has_value());
    CHECK(made<toys::token>(secret("key"), hash).error() == error::weakness_not_accepted);
    CHECK(made<toys::hashed>(secret("key"), token).error() == error::weakness_not_accepted);

    const auto in_body = made<toys::in_body>(secret("key"));
    REQUIRE(in_body);
    const header_list none;
    CHECK(in_body->begin(request{none}).failed() == error::whole_body_needed);
    CHECK(in_body->begin(request{none}).finish(body).error() == error::whole_body_needed);
    const std::string signed_body = R"({"id":"7","sig":")" + hmac_sha256_hex("key", "7") + R"("})";
    CHECK(in_body->verify(request{none, signed_body}).error() == error::none);
}

TEST_CASE("dynamic_verifier: a description that is not sound is refused") {
    signed_scheme s = toys::plain::scheme;
    s.name = "";
    const at_run_time unsound(s);
    CHECK(fixed_verifier::make(unsound.ref(), secret("key"), {}, {}, manual_clock{now}).error()
          == error::invalid_description);
    s.name = "named";
    const at_run_time sound(s);
    CHECK(fixed_verifier::make(sound.ref(), secret("key"), {}, {}, manual_clock{now}).has_value());
}

TEST_CASE("dynamic_verifier: keys and settings are checked when it is made") {
    CHECK(made<toys::plain>(secret("")).error() == error::empty_secret);
    CHECK(made<toys::plain>(public_key(public_key_of_it)).error() == error::unsuitable_key);
    CHECK(made<toys::plain>({}).error() == error::missing_secret);
    CHECK(made<toys::timed>(secret("key"), {}, {.tolerance = -1s}).error() == error::invalid_tolerance);
    const option_value options[] = {{"webhook_id", "8PT"}};
    const auto v = made<toys::with_option>(secret("key"), {}, {.options = options});
    const header_list headers{{"x-sig", hmac_sha256_hex("key", "8PT." + body)}};
    CHECK(v->verify(request{headers, body}).error() == error::none);
}

TEST_CASE("dynamic_verifier: finds providers by name, exactly") {
    REQUIRE(find_provider("github") != nullptr);
    CHECK(find_provider("github")->info().name == "github");
    for (const std::string_view name : {"", "GitHub", "github ", "git", "githubb"})
        CHECK(find_provider(name) == nullptr);

    const auto v = dynamic_verifier<>::make(*find_provider("github"), secret("key"));
    REQUIRE(v);
    const header_list headers{{"X-Hub-Signature-256", "sha256=" + hmac_sha256_hex("key", body)}};
    const auto event = v->verify(request{headers, body});
    REQUIRE(event);
    CHECK(event->provider() == "github");
}

TEST_CASE(
    "dynamic_verifier: every provider of the catalogue is sound, named in lower case, and found again") {
    std::string_view before;
    for (const scheme_ref& each : catalog) {
        const std::string_view name = each.info().name;
        INFO(name);
        CHECK(each.info().problem == description_problem::none);
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
        CHECK(before < name);
        CHECK(find_provider(name) == &each);
        before = name;
    }
}

TEST_CASE("dynamic_verifier: stays the same when it is moved") {
    auto first = made<toys::timed>(secret("key"));
    const fixed_verifier second = *std::move(first);
    const header_list headers{{"x-sig", timed_header("key", body)}};
    CHECK(second.verify(request{headers, body}).error() == error::none);
    CHECK(first->verify(request{headers, body}).error() == error::unknown_key);
}
