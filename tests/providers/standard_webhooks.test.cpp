// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <array>
#include <string>
#include <utility>
#include <vector>

using hookseal::error;
using hookseal::public_key;
using hookseal::secret;
using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;
using hookseal_tests::verdict;

namespace {

const subject& standard() {
    static const subject s = subject::of<hookseal::providers::standard_webhooks>();
    return s;
}

/// The scheme with Ed25519 alone, whose signer makes `v1a,…`.
struct asymmetric {
    static constexpr auto scheme = hookseal::providers::standard_webhooks::scheme.second;
};

std::array<unsigned char, 32> open_key() {
    hookseal::signing_key key;
    std::array<unsigned char, 32> open{};
    REQUIRE(key.prepare(asymmetric::scheme.info().keys[0], hookseal_tests::test_secret(5)) == error::none);
    REQUIRE(key.public_part(open));
    return open;
}

std::string v1() { return standard().genuine()["webhook-signature"]; }
std::string v1_of_another() { return standard().genuine(1)["webhook-signature"]; }
std::string v1a() { return subject::of<asymmetric>().genuine(5)["webhook-signature"]; }

/// The verdict on a genuine delivery with these signatures under these keys, in one go and in pieces.
verdict judge(const std::string& signatures, hookseal::key_list keys) {
    const delivery d = standard().genuine().with("webhook-signature", signatures);
    const hookseal::verifier<hookseal::providers::standard_webhooks, hookseal_tests::standing_clock> v(
        keys, {}, {hookseal_tests::signed_at});
    const verdict got = hookseal_tests::verdict_on(v.verify(d.whole()));
    hookseal_tests::check_in_pieces(v, d, got);
    return got;
}

} // namespace

TEST_CASE("standard_webhooks: v1 wants a secret and v1a a public key") {
    const secret shared = hookseal_tests::test_secret(0);
    const public_key open = public_key::from_bytes(open_key());
    REQUIRE(v1a().starts_with("v1a,"));
    CHECK(judge(v1(), shared).error == "none");
    CHECK(judge(v1a(), open).error == "none");
    check_refused(judge(v1(), open), "unsupported_version");
    check_refused(judge(v1a(), shared), "unsupported_version");
}

TEST_CASE("standard_webhooks: with keys of both kinds either signature will do, and the event says which") {
    const secret shared = hookseal_tests::test_secret(0);
    const public_key open = public_key::from_bytes(open_key());
    const auto either = [&](const std::string& signatures) { return judge(signatures, {shared, open}); };
    CHECK(either(v1()).key_index == 0);
    CHECK(either(v1a()).key_index == 1);
    CHECK(either(v1() + " " + v1a()).error == "none");
    CHECK(either(v1a() + " " + v1()).error == "none");
    CHECK(either(v1_of_another() + " " + v1a()).key_index == 1);
    CHECK(either("v1,AAAA " + v1a()).key_index == 1);
    CHECK(either(v1() + " v1a,AAAA").key_index == 0);
    CHECK(judge(v1a(), {open, shared}).key_index == 0);

    check_refused(either(v1_of_another()));
    check_refused(either("v1," + v1a().substr(4)));
    check_refused(either("v1a," + v1().substr(3)));
    check_refused(either(v1_of_another() + " v1a," + std::string(86, 'A') + "=="), "signature_mismatch");
    check_refused(either("v2,AAAA"), "unsupported_version");
    check_refused(either("v1,AAAA v1a,AAAA"));
}

TEST_CASE("standard_webhooks: a public key is no secret") {
    const auto bytes = open_key();
    const hookseal::signer<hookseal::providers::standard_webhooks> forger(secret::from_bytes(bytes));
    delivery forged = standard().genuine();
    forged.headers =
        *forger.sign({.body = forged.body, .event_id = "evt_1", .at = hookseal_tests::signed_at});
    const std::string mac = forged["webhook-signature"];

    const secret shared = hookseal_tests::test_secret(0);
    const public_key open = public_key::from_bytes(bytes);
    check_refused(judge(mac, open), "unsupported_version");
    check_refused(judge(mac, {open, shared}));
    check_refused(judge("v1a," + mac.substr(3), {open, shared}));
}

TEST_CASE("standard_webhooks: public keys of small order, or without whpk_, build no verifier") {
    const auto refusal = [](const char* text) {
        return hookseal::verifier<hookseal::providers::standard_webhooks>::make(public_key(text)).error();
    };
    CHECK(refusal("whpk_EeK8OqpwofhekfffRM8XQhkcCpgt5WR5sKqz25VAdGc=") == error::none);
    CHECK(refusal("EeK8OqpwofhekfffRM8XQhkcCpgt5WR5sKqz25VAdGc=") == error::malformed_secret);
    CHECK(refusal("whsec_EeK8OqpwofhekfffRM8XQhkcCpgt5WR5sKqz25VAdGc=") == error::malformed_secret);
    CHECK(refusal("whpk_EeK8OqpwofhekfffRM8XQhkcCpgt5WR5sKqz25VAdA==") == error::unsuitable_key);
    CHECK(refusal("whpk_AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=") == error::unsuitable_key);
    CHECK(refusal("whpk_") == error::empty_secret);
}

TEST_CASE("standard_webhooks: secrets have 16 bytes at least, with or without whsec_") {
    const auto refusal = [](const char* text) {
        return hookseal::verifier<hookseal::providers::standard_webhooks>::make(secret(text)).error();
    };
    CHECK(refusal("whsec_MDEyMzQ1Njc4OWFiY2RlZg==") == error::none);
    CHECK(refusal("MDEyMzQ1Njc4OWFiY2RlZg==") == error::none);
    CHECK(refusal("whsec_MDEyMzQ1Njc4OWFiY2Rl") == error::secret_too_short);
    CHECK(refusal("whsec_") == error::empty_secret);
    CHECK(refusal("v1,whsec_MDEyMzQ1Njc4OWFiY2RlZg==") == error::malformed_secret);
    CHECK(refusal("whpk_MDEyMzQ1Njc4OWFiY2RlZg==") == error::malformed_secret);
}

TEST_CASE("standard_webhooks: no text moves across the dots") {
    const delivery d = standard().genuine(0, "m");
    const std::string time = delivery(d)["webhook-timestamp"];
    delivery moved = d;
    moved["webhook-id"] = "m." + time;
    moved["webhook-timestamp"] = "1767225601";
    moved.body = d.body;
    check_refused(standard().judge(moved), "malformed_field");
    for (const char* id : {"a.b", ".", "a.", "m\x01", "m\n", "m\xc3\xa9", "\x7f"}) {
        CAPTURE(id);
        check_refused(standard().judge(d.with("webhook-id", id)), "malformed_field");
    }
    CHECK(standard().judge(standard().genuine(0, "a b/c:d~")).id == "a b/c:d~");
}
