// SPDX-License-Identifier: MIT
// A body that comes in pieces: the same verdicts as one that comes whole.
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"
#include "verifier/toys.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using testing::broken_clock;
using testing::manual_clock;

namespace {

const std::string body = R"({"id":"evt_1","type":"a.b","text":")" + std::string(300, 'x') + R"("})";

using timed_verifier = verifier<toys::timed, manual_clock>;
using timed_incremental = timed_verifier::incremental;
static_assert(std::is_nothrow_move_constructible_v<timed_incremental>);
static_assert(!std::is_copy_constructible_v<timed_incremental>);
static_assert(!std::is_default_constructible_v<timed_incremental>);
static_assert(noexcept(std::declval<timed_incremental&>().update(std::string_view{})));
static_assert(noexcept(std::declval<timed_incremental&&>().finish()));

template <class T>
concept finishes_as_lvalue = requires(T& t) {
    t.finish();
};
static_assert(!finishes_as_lvalue<timed_incremental>, "finish is the last thing that is done with it");

template <class Verifier>
result<verified_event> in_pieces(const Verifier& v, const request& head, std::string_view fed,
                                 std::size_t size) {
    auto running = v.begin(head);
    for (std::size_t at = 0; at < fed.size(); at += size)
        running.update(fed.substr(at, size));
    return std::move(running).finish();
}

} // namespace

TEST_CASE("incremental: wherever the body is cut, the verdict is the same") {
    const timed_verifier v{secret("key"), {}, manual_clock{now}};
    const verifier<toys::timed, manual_clock, evp_hash> evp{secret("key"), {}, manual_clock{now}};
    const header_list good{{"x-sig", timed_header("key", body)}};
    const header_list bad{{"x-sig", timed_header("kez", body)}};
    const request good_head{good};
    const request bad_head{bad};
    for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{63}, std::size_t{64},
                                   std::size_t{65}, std::size_t{127}, body.size(), body.size() + 1}) {
        CHECK(in_pieces(v, good_head, body, size).error() == error::none);
        CHECK(in_pieces(evp, good_head, body, size).error() == error::none);
        CHECK(in_pieces(v, bad_head, body, size).error() == error::signature_mismatch);
        CHECK(in_pieces(v, good_head, body + "x", size).error() == error::signature_mismatch);
        CHECK(in_pieces(v, good_head, std::string_view(body).substr(1), size).error()
              == error::signature_mismatch);
    }
    for (std::size_t cut = 0; cut <= body.size(); ++cut) {
        auto running = v.begin(good_head);
        running.update(std::string_view(body).substr(0, cut));
        running.update({});
        running.update(std::string_view(body).substr(cut));
        CHECK(std::move(running).finish().error() == error::none);
    }
}

TEST_CASE("incremental: pieces may be of any type that holds bytes") {
    const timed_verifier v{secret("key"), {}, manual_clock{now}};
    const header_list headers{{"x-sig", timed_header("key", "abcdef")}};
    const request head{headers};
    auto running = v.begin(head);
    running.update("a");
    running.update(std::string("b"));
    running.update(std::vector<std::uint8_t>{'c'});
    const char d = 'd';
    running.update(std::as_bytes(std::span(&d, 1)));
    running.update(std::vector<char>{'e', 'f'});
    CHECK(std::move(running).finish().error() == error::none);
}

TEST_CASE("incremental: the head is judged before a byte of the body is read") {
    struct row {
        std::string header;
        error expected;
    };
    const row rows[] = {
        {"", error::missing_signature},
        {"v0=ab", error::unsupported_version},
        {"t=x,v1=ab", error::malformed_timestamp},
        {timed_header("key", body, now - 301), error::timestamp_too_old},
        {timed_header("key", body, now + 301), error::timestamp_too_new},
        {timed_header("key", body, now), error::none},
    };
    const timed_verifier v{secret("key"), {}, manual_clock{now}};
    for (const row& r : rows) {
        INFO(r.header);
        const header_list headers{{"x-sig", r.header}};
        const request head{headers};
        auto running = v.begin(head);
        CHECK(running.failed() == r.expected);
        running.update(body);
        CHECK(running.failed() == r.expected);
        CHECK(std::move(running).finish().error() == r.expected);
        // Nor does the body help when it is there again.
        auto again = v.begin(head);
        CHECK(std::move(again).finish(body).error()
              == (r.expected == error::none ? error::signature_mismatch : r.expected));
    }
    const verifier<toys::timed, broken_clock> broken{secret("key")};
    const header_list headers{{"x-sig", timed_header("key", body)}};
    CHECK(broken.begin(request{headers}).failed() == error::clock_failed);
    const timed_verifier keyless{keys_per_call, accepting<>, {}, manual_clock{now}};
    CHECK(keyless.begin(request{headers}).failed() == error::unknown_key);
}

TEST_CASE("incremental: is finished once, and what was moved from rejects") {
    const timed_verifier v{secret("key"), {}, manual_clock{now}};
    const header_list headers{{"x-sig", timed_header("key", body)}};
    const request head{headers};
    auto first = v.begin(head);
    first.update(body);
    CHECK(std::move(first).finish().error() == error::none);
    CHECK(std::move(first).finish().error() == error::unverified);
    CHECK(std::move(first).finish(body).error() == error::unverified);

    auto moved = v.begin(head);
    moved.update(std::string_view(body).substr(0, 10));
    auto goes_on = std::move(moved);
    CHECK(moved.failed() == error::unverified);
    moved.update(body);
    goes_on.update(std::string_view(body).substr(10));
    CHECK(std::move(moved).finish().error() == error::unverified);
    CHECK(std::move(goes_on).finish().error() == error::none);
}

TEST_CASE("incremental: the event of a body that nobody kept has none, nor what would stand in it") {
    const timed_verifier v{secret("key"), {}, manual_clock{now}};
    const header_list headers{{"x-sig", timed_header("key", body)}};
    const request head{headers};
    auto running = v.begin(head);
    running.update(body);
    const auto event = std::move(running).finish();
    REQUIRE(event);
    CHECK_FALSE(event->has_body());
    CHECK(event->body().empty());
    CHECK(event->id().empty());
    CHECK(event->type().empty());
    CHECK(event->signed_at()->time_since_epoch().count() == now);
    CHECK_FALSE(event->digest_of_body()); // the id is signed, and tells events apart
}

TEST_CASE("incremental: the event of a body that was kept has it, if it is the one that was fed") {
    const timed_verifier v{secret("key"), {}, manual_clock{now}};
    const header_list headers{{"x-sig", timed_header("key", body)}};
    const request head{headers};
    const auto finished_with = [&](std::string_view whole) {
        auto running = v.begin(head);
        running.update(body);
        return std::move(running).finish(whole);
    };
    const auto event = finished_with(body);
    REQUIRE(event);
    CHECK(event->has_body());
    CHECK(event->body().data() == body.data());
    CHECK(event->id() == "evt_1");
    CHECK(event->type() == "a.b");

    std::string other = body;
    other[8] = 'E';
    CHECK(finished_with(other).error() == error::content_mismatch);
    CHECK(finished_with(body + " ").error() == error::content_mismatch);
    CHECK(finished_with("").error() == error::content_mismatch);
    CHECK(finished_with(std::string_view(body).substr(1)).error() == error::content_mismatch);
}

TEST_CASE("incremental: a kept body is compared also where no signature speaks of it") {
    const verifier<toys::token> by_token{secret("key"), accepting<weakness::body_not_signed>};
    const header_list token{{"x-token", "key"}};
    const verifier<toys::with_checksum> by_checksum{secret("key"), accepting<weakness::body_bound_by_crc>};
    // CRC-32 of "plumless" and of "buckeroo" is the same.
    const header_list checksum{{"x-sig", hmac_sha256_hex("key", "1306201125")}};
    const auto finished_with = [](const auto& v, const header_list& headers, std::string_view fed,
                                  std::string_view whole) {
        auto running = v.begin(request{headers});
        running.update(fed);
        return std::move(running).finish(whole).error();
    };
    CHECK(finished_with(by_token, token, "abc", "abc") == error::none);
    CHECK(finished_with(by_token, token, "abc", "abd") == error::content_mismatch);
    CHECK(finished_with(by_token, token, "", "") == error::none);
    CHECK(finished_with(by_checksum, checksum, "plumless", "plumless") == error::none);
    CHECK(finished_with(by_checksum, checksum, "buckeroo", "buckeroo") == error::none);
    CHECK(finished_with(by_checksum, checksum, "plumless", "buckeroo") == error::content_mismatch);
}

TEST_CASE("incremental: where no signed id tells events apart, the body's digest is taken on the way") {
    const verifier<toys::plain> v{secret("key")};
    const header_list headers{{"x-sig", hmac_sha256_hex("key", body)}, {"x-id", "7"}};
    const auto event = in_pieces(v, request{headers}, body, 7);
    REQUIRE(event);
    REQUIRE(event->digest_of_body());
    const byte_vector expected = digest_of(EVP_sha256(), body);
    CHECK(byte_vector(event->digest_of_body()->begin(), event->digest_of_body()->end()) == expected);
    CHECK(event->id() == "7");
    CHECK_FALSE(event->has_body());
}

TEST_CASE("incremental: an empty body is a body") {
    const verifier<toys::plain> v{secret("key")};
    const header_list headers{{"x-sig", hmac_sha256_hex("key", "")}};
    const request head{headers};
    const auto event = v.begin(head).finish();
    REQUIRE(event);
    CHECK(event->has_body());
    auto with_nothing = v.begin(head);
    with_nothing.update("");
    CHECK(std::move(with_nothing).finish("").error() == error::none);
    auto with_something = v.begin(head);
    with_something.update("x");
    CHECK(std::move(with_something).finish().error() == error::signature_mismatch);
}

TEST_CASE("incremental: any of eight keys may match, and any of several signatures") {
    std::vector<std::unique_ptr<secret>> owned;
    std::vector<key_material> keys;
    for (int i = 0; i < 8; ++i) {
        owned.push_back(std::make_unique<secret>("key" + std::to_string(i)));
        keys.emplace_back(*owned.back());
    }
    const timed_verifier v{std::span<const key_material>(keys), {}, manual_clock{now}};
    for (const std::size_t i : {std::size_t{0}, std::size_t{5}, std::size_t{7}}) {
        const header_list headers{{"x-sig", timed_header("other", body)
                                                + timed_header("key" + std::to_string(i), body).substr(12)}};
        const auto event = in_pieces(v, request{headers}, body, 50);
        REQUIRE(event.error() == error::none);
        CHECK(event->key_index() == i);
    }
}

TEST_CASE("incremental: both candidates are fed, each under all its keys") {
    std::vector<std::unique_ptr<secret>> owned;
    std::vector<key_material> keys;
    for (int i = 0; i < 8; ++i) {
        owned.push_back(std::make_unique<secret>("key" + std::to_string(i)));
        keys.emplace_back(*owned.back());
    }
    for (const std::size_t count : {std::size_t{1}, std::size_t{4}, std::size_t{5}, std::size_t{8}}) {
        const verifier<toys::two_headers> v{std::span<const key_material>(keys).first(count)};
        for (std::size_t i = 0; i < count; ++i) {
            INFO("key " << i << " of " << count);
            const std::string good = hmac_sha256_hex("key" + std::to_string(i), body);
            const std::string bad(64, '0');
            for (const header_list& headers :
                 {header_list{{"x-sig", good}, {"x-sig-2", bad}},
                  header_list{{"x-sig", bad}, {"x-sig-2", good}}, header_list{{"x-sig", good}},
                  header_list{{"x-sig-2", good}}}) {
                CHECK(v.verify(request{headers, body}).error() == error::none);
                const auto event = in_pieces(v, request{headers}, body, 50);
                CHECK(event.error() == error::none);
                if (event) CHECK(event->key_index() == i);
            }
        }
        const header_list bad{{"x-sig", std::string(64, '0')}, {"x-sig-2", std::string(64, '1')}};
        CHECK(in_pieces(v, request{bad}, body, 50).error() == error::signature_mismatch);
    }
}

TEST_CASE("incremental: two kinds of key, two candidates") {
    const secret s("key");
    const public_key p(public_key_of_it);
    const verifier<toys::two_kinds, manual_clock> v{{s, p}, {}, manual_clock{now}};
    const std::string time = std::to_string(now);
    const std::string by_hmac = "v1," + hmac_sha256_hex("key", time + body);
    const std::string by_open = "v1a," + ed25519_signature(time + body);
    const header_list first{{"x-time", time}, {"x-sig", by_hmac}};
    const header_list second{{"x-time", time}, {"x-open-sig", by_open}};
    const header_list neither{{"x-time", time}, {"x-open-sig", "v1a," + std::string(128, '0')}};
    CHECK(in_pieces(v, request{first}, body, 9)->key_index() == 0);
    CHECK(in_pieces(v, request{second}, body, 9)->key_index() == 1);
    CHECK(in_pieces(v, request{neither}, body, 9).error() != error::none);
    CHECK(in_pieces(v, request{second}, body + " ", 9).error() != error::none);
}

TEST_CASE("incremental: Ed25519 gets its message in one piece, however long it is") {
    const verifier<toys::open, manual_clock> v{public_key(public_key_of_it), {}, manual_clock{now}};
    const std::string time = std::to_string(now);
    const std::string long_body(100'000, 'x');
    const header_list headers{{"x-time", time}, {"x-sig", ed25519_signature(time + long_body)}};
    CHECK(in_pieces(v, request{headers}, long_body, 1000).error() == error::none);
    CHECK(in_pieces(v, request{headers}, long_body, 99'999).error() == error::none);
    CHECK(in_pieces(v, request{headers}, long_body + "x", 1000).error() == error::signature_mismatch);
}

TEST_CASE("incremental: tenants have keys of their own here, too") {
    const verifier<toys::plain> v{keys_per_call};
    const keyring<toys::plain> tenant{secret("a")};
    const header_list headers{{"x-sig", hmac_sha256_hex("a", body)}};
    auto running = v.begin(request{headers}, tenant);
    running.update(body);
    CHECK(std::move(running).finish().error() == error::none);
}

TEST_CASE("incremental: digests of the body are taken on the way") {
    struct row {
        std::string content;
        std::string_view headers;
    };
    const verifier<toys::with_checksum> v{secret("key"), accepting<weakness::body_bound_by_crc>};
    const header_list headers{{"x-sig", hmac_sha256_hex("key", "3421780262")}}; // of "123456789"
    CHECK(in_pieces(v, request{headers}, "123456789", 2).error() == error::none);
    CHECK(in_pieces(v, request{headers}, "12345678", 2).error() == error::signature_mismatch);
}
