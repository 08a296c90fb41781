// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/gitlab.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/testing.hpp>

#include "support/catch.hpp"

#include <string>

using namespace hookseal;

namespace {

template <class Key>
std::string identity(const Key& key) {
    std::string bytes;
    put_identity(key, [&](std::string_view part) { bytes += part; });
    return bytes;
}

body_digest digest_of(std::string_view body) {
    body_digest digest;
    REQUIRE(sha256(body, digest));
    return digest;
}

template <class Provider>
result<verified_event> in_chunks(const testing::delivery<Provider>& from, bool keeps_the_body) {
    const auto verifier = from.verifier();
    auto running = verifier.begin(request{from.headers()});
    running.update(from.body());
    return keeps_the_body ? std::move(running).finish(from.body()) : std::move(running).finish();
}

} // namespace

TEST_CASE("event_key: an id that the signature binds is the key") {
    const testing::delivery<providers::stripe> in_body{R"({"id":"evt_1"})"};
    const auto key = event_key::of(in_body.event(), "orders", "acme");
    REQUIRE(key);
    REQUIRE(key->source() == key_source::signed_id);
    REQUIRE(key->scope() == "orders");
    REQUIRE(key->provider() == "stripe");
    REQUIRE(key->tenant() == "acme");
    REQUIRE(key->id() == "evt_1");

    const testing::delivery<providers::standard_webhooks> in_header{"{}", "msg_7"};
    REQUIRE(event_key::of(in_header.event())->source() == key_source::signed_id);
    REQUIRE(event_key::of(in_header.event())->id() == "msg_7");
}

TEST_CASE("event_key: the body takes the place of an id that is not signed") {
    const testing::delivery<providers::github> first{R"({"a":1})", "delivery-1"};
    const testing::delivery<providers::github> replayed{R"({"a":1})", "delivery-2"};
    const testing::delivery<providers::github> other{R"({"a":2})", "delivery-1"};

    const auto key = event_key::of(first.event());
    REQUIRE(key);
    REQUIRE(key->source() == key_source::body);
    REQUIRE(key->digest() == digest_of(first.body()));
    REQUIRE(key->id() == "delivery-1"); // for people to find it by
    REQUIRE(identity(*key) == identity(*event_key::of(replayed.event())));
    REQUIRE(identity(*key) != identity(*event_key::of(other.event())));
}

TEST_CASE("event_key: the body takes the place of an id that is not there") {
    const testing::delivery<providers::stripe> without{R"({"type":"ping"})"};
    REQUIRE(event_key::of(without.event())->source() == key_source::body);

    const std::string long_id(max_event_text + 1, 'x');
    const testing::delivery<providers::stripe> too_long{R"({"id":")" + long_id + R"("})"};
    REQUIRE(event_key::of(too_long.event())->source() == key_source::body);
}

TEST_CASE("event_key: where nothing is signed the id stays, for the body is no more authentic") {
    const testing::delivery<providers::gitlab> first{R"({"a":1})", "key-1"};
    const testing::delivery<providers::gitlab> again{R"({"a":1,"retried":true})", "key-1"};
    const auto key = event_key::of(first.event());
    REQUIRE(key->source() == key_source::unsigned_id);
    REQUIRE(identity(*key) == identity(*event_key::of(again.event())));

    const testing::delivery<providers::gitlab> without{R"({"a":1})", ""};
    REQUIRE(event_key::of(without.event())->source() == key_source::body);
}

TEST_CASE("event_key: the digest of an incremental verification serves where no body was kept") {
    const testing::delivery<providers::github> pushed{R"({"a":1})"};
    const auto without_body = in_chunks(pushed, false);
    REQUIRE(without_body);
    REQUIRE_FALSE(without_body->has_body());
    const auto key = event_key::of(*without_body);
    REQUIRE(key);
    REQUIRE(key->digest() == digest_of(pushed.body()));
    REQUIRE(event_key::of(*in_chunks(pushed, true))->digest() == key->digest());
}

TEST_CASE("event_key: an event with neither id, body nor digest has no key") {
    const testing::delivery<providers::stripe> paid{R"({"id":"evt_1"})"};
    const auto event = in_chunks(paid, false);
    REQUIRE(event);
    REQUIRE(event->id().empty());
    REQUIRE_FALSE(event->digest_of_body());
    REQUIRE(event_key::of(*event).error() == error::whole_body_needed);
    REQUIRE(event_key::of(*in_chunks(paid, true))->id() == "evt_1");
}

TEST_CASE("event_key: no two keys have the same identity") {
    const testing::delivery<providers::stripe> paid{R"({"id":"c"})"};
    const auto of = [&](std::string_view scope, std::string_view tenant) {
        return identity(*event_key::of(paid.event(), scope, tenant));
    };
    REQUIRE(of("a", "b") == of("a", "b"));
    REQUIRE(of("a", "b") != of("b", "a"));
    REQUIRE(of("ab", "") != of("a", "b"));
    REQUIRE(of("", "") != of("", "c"));

    // The parts moved across the seams, and an id that spells a digest.
    REQUIRE(identity(unverified_key{"a", "b", "c", "d"}) != identity(unverified_key{"a", "b", "cd", ""}));
    REQUIRE(identity(unverified_key{"ab", "", "c", "d"}) != identity(unverified_key{"a", "b", "c", "d"}));
    const body_digest digest = digest_of("body");
    const std::string_view spelt(reinterpret_cast<const char*>(digest.data()), digest.size());
    REQUIRE(identity(unverified_key{.id = spelt}) != identity(unverified_key{.digest = digest}));
}

TEST_CASE("event_key: an operator's key finds what a verified one stored") {
    const testing::delivery<providers::stripe> paid{R"({"id":"evt_1"})"};
    REQUIRE(identity(unverified_key{"orders", "stripe", "acme", "evt_1"})
            == identity(*event_key::of(paid.event(), "orders", "acme")));

    const testing::delivery<providers::github> pushed{R"({"a":1})", "delivery-1"};
    REQUIRE(
        identity(unverified_key{.provider = "github", .id = "delivery-1", .digest = digest_of(pushed.body())})
        == identity(*event_key::of(pushed.event())));
}

TEST_CASE("event_key: contents are compared on demand alone") {
    const testing::delivery<providers::stripe> paid{R"({"id":"evt_1"})"};
    const testing::delivery<providers::stripe> changed{R"({"id":"evt_1","n":2})"};
    auto key = *event_key::of(paid.event());
    REQUIRE(key.fingerprint() == 0);
    REQUIRE(key.compare_content(paid.event()) == error::none);
    REQUIRE(key.fingerprint() != 0);
    auto other = *event_key::of(changed.event());
    REQUIRE(other.compare_content(changed.event()) == error::none);
    REQUIRE(other.fingerprint() != key.fingerprint());
    REQUIRE(identity(other) == identity(key));

    const testing::delivery<providers::github> by_body{"{}"};
    auto digest = *event_key::of(by_body.event());
    REQUIRE(digest.compare_content(by_body.event()) == error::none);
    REQUIRE(digest.fingerprint() == 0);
}

TEST_CASE("event_key: a ticket's key is the place of its claim") {
    claim_token ticket;
    ticket.where[3] = 9;
    const event_key key = event_key::of(ticket);
    REQUIRE(key.source() == key_source::ticket);
    REQUIRE(key.where() == ticket.where);
    REQUIRE(durable_locator(key) == ticket.where);
}

TEST_CASE(
    "event_key: the place in durable stores is the same in every process and version, however it is hashed") {
    // python3: hashlib.sha256(b''.join(len(p).to_bytes(8, 'big') + p for p in (b'orders', b'stripe', b'acme')) + b'i' +
    //          (5).to_bytes(8, 'big') + b'evt_1').hexdigest()[:32]
    const unverified_key key{"orders", "stripe", "acme", "evt_1"};
    for (const auto& where : {durable_locator(key), durable_locator<evp_hash>(key)}) {
        REQUIRE(where);
        REQUIRE(locator_text(*where).view() == "953a9ae0855f98f582258e79d7503f88");
    }
}
