// SPDX-License-Identifier: MIT
// fal hands out its keys as a JWK Set: what a set stands for, as a receiver sees it.
#include "core/print.hpp"
#include "crypto/reference.hpp"
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using hookseal::error;
using hookseal::public_key;
using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;
using hookseal_tests::verdict;
using nlohmann::json;
using provider = hookseal::providers::fal;

namespace {

const subject& fal() {
    static const subject s = subject::of<provider>();
    return s;
}

json jwk(std::size_t number) {
    const public_key open = hookseal_tests::open_key(provider::scheme.info().keys[0], number);
    const hookseal_tests::byte_vector der = hookseal_tests::bytes_of(open.view());
    return {
        {"kty", "OKP"}, {"crv", "Ed25519"}, {"x", hookseal_tests::base64url_of({der.end() - 32, der.end()})}};
}

std::string set_of(const std::vector<json>& keys) { return json{{"keys", keys}}.dump(); }

verdict judge(const delivery& d, hookseal::key_list keys) {
    const auto v = hookseal::verifier<provider, hookseal_tests::standing_clock>::make(
        keys, {}, {hookseal_tests::signed_at});
    REQUIRE(v.has_value());
    const verdict got = hookseal_tests::verdict_on(v->verify(d.whole()));
    hookseal_tests::check_in_pieces(*v, d, got);
    return got;
}

error refusal(hookseal::key_list keys) { return hookseal::verifier<provider>::make(keys).error(); }

} // namespace

TEST_CASE("fal: of the keys of a JWK Set any may match") {
    const public_key set(set_of({jwk(0), jwk(1), jwk(2)}));
    for (std::size_t i = 0; i < 3; ++i) {
        const verdict got = judge(fal().genuine(i), set);
        CHECK(got.error == "none");
        CHECK(got.key_index == i);
    }
    check_refused(judge(fal().genuine(3), set), "signature_mismatch");
}

TEST_CASE("fal: the keys of a set count among the other keys, in order") {
    const public_key before = hookseal_tests::open_key(provider::scheme.info().keys[0], 5);
    const public_key set(set_of({jwk(0), jwk(1)}));
    const public_key after(jwk(6).dump());
    CHECK(judge(fal().genuine(5), {before, set, after}).key_index == 0);
    CHECK(judge(fal().genuine(0), {before, set, after}).key_index == 1);
    CHECK(judge(fal().genuine(1), {before, set, after}).key_index == 2);
    CHECK(judge(fal().genuine(6), {before, set, after}).key_index == 3);
}

TEST_CASE("fal: keys of a set that are for something else are passed over, but not all of them") {
    json encrypts = jwk(0);
    encrypts["use"] = "enc";
    const json rsa = {{"kty", "RSA"}, {"n", "AQAB"}, {"e", "AQAB"}};
    const json unknown = {{"kty", "new"}};
    json twice = jwk(1);
    twice["x"] = 1;
    const public_key set(set_of({encrypts, rsa, unknown, twice, jwk(2)}));
    CHECK(judge(fal().genuine(2), set).error == "none");
    CHECK(judge(fal().genuine(2), set).key_index == 0);
    check_refused(judge(fal().genuine(0), set), "signature_mismatch");

    CHECK(refusal(public_key(set_of({encrypts, rsa}))) == error::unsuitable_key);
    CHECK(refusal(public_key(set_of({rsa, twice}))) == error::malformed_secret);
    CHECK(refusal(public_key(set_of({}))) == error::unsuitable_key);
    CHECK(refusal({public_key(set_of({jwk(0)})), public_key(set_of({rsa}))}) == error::unsuitable_key);
    CHECK(refusal(public_key("{\"keys\":{}}")) == error::malformed_secret);
    CHECK(refusal(public_key("{\"keys\":[")) == error::malformed_secret);
}

TEST_CASE("fal: a set may hold as many keys as a verifier has, others left aside") {
    std::vector<json> keys;
    for (std::size_t i = 0; i < 8; ++i)
        keys.push_back(jwk(i));
    CHECK(judge(fal().genuine(7), public_key(set_of(keys))).key_index == 7);
    for (int i = 0; i < 20; ++i)
        keys.insert(keys.begin(), json{{"kty", "oct"}, {"k", "AAAA"}});
    CHECK(judge(fal().genuine(7), public_key(set_of(keys))).key_index == 7);
    keys.push_back(jwk(0));
    CHECK(refusal(public_key(set_of(keys))) == error::too_many_keys);
    CHECK(refusal({public_key(set_of(std::vector<json>(5, jwk(0)))),
                   public_key(set_of(std::vector<json>(4, jwk(0))))})
          == error::too_many_keys);
}

TEST_CASE("fal: a set is public keys, and no shared secret") {
    CHECK(refusal(hookseal::secret(set_of({jwk(0)}))) == error::unsuitable_key);
}

TEST_CASE("fal: every line is signed, and the body by its digest") {
    const delivery genuine = fal().genuine();
    CHECK(fal().judge(genuine).error == "none");
    for (const char* name : {"x-fal-webhook-request-id", "x-fal-webhook-user-id"})
        check_refused(fal().judge(genuine.with(name, "other")), "signature_mismatch");
    // A line break would let text move from one line to the next.
    check_refused(fal().judge(genuine.with("x-fal-webhook-user-id", "a\nb")), "malformed_field");
    CHECK(fal().protects().body == hookseal::body_protection::whole);
    CHECK(fal().protects().event_id);
    CHECK(fal().protects().timestamp);
}
