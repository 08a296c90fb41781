// SPDX-License-Identifier: MIT
#include <hookseal/crypto/jwk.hpp>

#include "core/print.hpp"
#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::base64url_of;
using hookseal_tests::byte_vector;
using hookseal_tests::from_pem;
using hookseal_tests::hex_of;
using hookseal_tests::public_der;
using nlohmann::json;

namespace {

byte_vector part(const byte_vector& from, std::size_t at, std::size_t size) {
    return {from.begin() + static_cast<std::ptrdiff_t>(at),
            from.begin() + static_cast<std::ptrdiff_t>(at + size)};
}

const byte_vector& rsa_der() {
    static const byte_vector der = public_der(from_pem(hookseal_tests::rsa_keys[0]));
    return der;
}
const byte_vector& p256_der() {
    static const byte_vector der = public_der(from_pem(hookseal_tests::p256_keys[0]));
    return der;
}

// In the DER of a 2048-bit key with the usual exponent the modulus begins at 33 and the exponent is the last 3 bytes.
json rsa_jwk() { return {{"kty", "RSA"}, {"n", base64url_of(part(rsa_der(), 33, 256))}, {"e", "AQAB"}}; }
json p256_jwk() {
    return {{"kty", "EC"},
            {"crv", "P-256"},
            {"x", base64url_of(part(p256_der(), 27, 32))},
            {"y", base64url_of(part(p256_der(), 59, 32))}};
}
// RFC 8037, appendix A.2.
json ed25519_jwk() {
    return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};
}

json with(json jwk, const char* member, json value) {
    jwk[member] = std::move(value);
    return jwk;
}
json without(json jwk, const char* member) {
    jwk.erase(member);
    return jwk;
}

error read(const std::string& text, proof how, digest hash = digest::sha256) {
    spki key;
    const error e = read_jwk(text, how, hash, key);
    if (e == error::none) CHECK_FALSE(key.der().empty());
    return e;
}
error read(const json& jwk, proof how, digest hash = digest::sha256) { return read(jwk.dump(), how, hash); }

std::string der(const json& jwk, proof how) {
    spki key;
    REQUIRE(read_jwk(jwk.dump(2), how, digest::sha256, key) == error::none);
    return hex_of({key.der().begin(), key.der().end()});
}

} // namespace

TEST_CASE("jwk: a key is the one that OpenSSL writes") {
    CHECK(der(rsa_jwk(), proof::rsa) == hex_of(rsa_der()));
    CHECK(der(rsa_jwk(), proof::rsa_pss) == hex_of(rsa_der()));
    CHECK(der(p256_jwk(), proof::ecdsa_der) == hex_of(p256_der()));
    CHECK(der(p256_jwk(), proof::ecdsa_p1363) == hex_of(p256_der()));
    CHECK(der(ed25519_jwk(), proof::ed25519)
          == "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    const byte_vector p384 = public_der(hookseal_tests::new_ec_key("P-384"));
    const json jwk = {{"kty", "EC"},
                      {"crv", "P-384"},
                      {"x", base64url_of(part(p384, 24, 48))},
                      {"y", base64url_of(part(p384, 72, 48))}};
    CHECK(der(jwk, proof::ecdsa_der) == hex_of(p384));
}

TEST_CASE("jwk: serves proofs of its own kind alone") {
    const struct {
        json jwk;
        std::initializer_list<proof> serves;
    } keys[] = {
        {rsa_jwk(), {proof::rsa, proof::rsa_pss}},
        {p256_jwk(), {proof::ecdsa_der, proof::ecdsa_p1363}},
        {ed25519_jwk(), {proof::ed25519}},
        {json{{"kty", "oct"}, {"k", "c2VjcmV0"}}, {}},
        {json{{"kty", "OKP"}, {"crv", "X25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}, {}},
        {with(p256_jwk(), "crv", "secp256k1"), {}},
        {with(p256_jwk(), "crv", "P-521"), {}}};
    for (const auto& [jwk, serves] : keys)
        for (const proof how : {proof::hmac, proof::keyed_hash, proof::token, proof::ed25519, proof::rsa,
                                proof::rsa_pss, proof::ecdsa_der, proof::ecdsa_p1363}) {
            INFO(jwk << ' ' << static_cast<int>(how));
            const bool is_one = std::find(serves.begin(), serves.end(), how) != serves.end();
            CHECK(read(jwk, how) == (is_one ? error::none : error::unsuitable_key));
        }
}

TEST_CASE("jwk: a key that is private, or for something else by its own words, is unsuitable") {
    for (const auto& [jwk, how] : {std::pair(rsa_jwk(), proof::rsa), std::pair(p256_jwk(), proof::ecdsa_der),
                                   std::pair(ed25519_jwk(), proof::ed25519)}) {
        CHECK(read(with(jwk, "d", "AQAB"), how) == error::unsuitable_key);
        CHECK(read(with(jwk, "d", nullptr), how) == error::unsuitable_key);
        CHECK(read(with(jwk, "use", "sig"), how) == error::none);
        CHECK(read(with(jwk, "use", "enc"), how) == error::unsuitable_key);
        CHECK(read(with(jwk, "use", "SIG"), how) == error::unsuitable_key);
        CHECK(read(with(jwk, "use", 1), how) == error::malformed_secret);
        CHECK(read(with(jwk, "key_ops", json::array({"verify"})), how) == error::none);
        CHECK(read(with(jwk, "key_ops", json::array({"sign", "verify"})), how) == error::none);
        CHECK(read(with(jwk, "key_ops", json::array({"sign"})), how) == error::unsuitable_key);
        CHECK(read(with(jwk, "key_ops", json::array()), how) == error::unsuitable_key);
        CHECK(read(with(jwk, "key_ops", json::array({1, "verify"})), how) == error::malformed_secret);
        CHECK(read(with(jwk, "key_ops", "verify"), how) == error::malformed_secret);
        CHECK(read(with(with(jwk, "use", "enc"), "key_ops", json::array({"verify"})), how)
              == error::unsuitable_key);
        CHECK(read(with(with(jwk, "use", "sig"), "key_ops", json::array({"sign"})), how)
              == error::unsuitable_key);
        json many = json::array();
        for (int i = 0; i < 100; ++i)
            many.push_back("wrapKey");
        many.push_back("verify");
        CHECK(read(with(jwk, "key_ops", many), how) == error::unsuitable_key);
        CHECK(read(with(with(jwk, "kid", "1"), "x5t", "x"), how) == error::none);
    }
}

TEST_CASE("jwk: an algorithm, where one is named, is the proof's own") {
    using enum digest;
    const struct {
        json jwk;
        proof how;
        digest hash;
        const char* name;
    } named[] = {
        {rsa_jwk(), proof::rsa, sha256, "RS256"},        {rsa_jwk(), proof::rsa, sha384, "RS384"},
        {rsa_jwk(), proof::rsa, sha512, "RS512"},        {rsa_jwk(), proof::rsa_pss, sha256, "PS256"},
        {rsa_jwk(), proof::rsa_pss, sha384, "PS384"},    {rsa_jwk(), proof::rsa_pss, sha512, "PS512"},
        {p256_jwk(), proof::ecdsa_der, sha256, "ES256"}, {p256_jwk(), proof::ecdsa_p1363, sha256, "ES256"},
        {ed25519_jwk(), proof::ed25519, sha256, "EdDSA"}};
    for (const auto& n : named) {
        INFO(n.name);
        for (const char* other : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
                                  "EdDSA", "HS256", "none", "RS1", "ES256K", "rs256"})
            CHECK(read(with(n.jwk, "alg", other), n.how, n.hash)
                  == (std::string_view(other) == n.name ? error::none : error::unsuitable_key));
        CHECK(read(with(n.jwk, "alg", nullptr), n.how, n.hash) == error::malformed_secret);
    }
    CHECK(read(with(ed25519_jwk(), "alg", "Ed25519"), proof::ed25519) == error::none);
    CHECK(read(with(rsa_jwk(), "alg", "Ed25519"), proof::rsa) == error::unsuitable_key);
    // No name says that, so any name is another's.
    CHECK(read(rsa_jwk(), proof::rsa, sha1) == error::none);
    CHECK(read(with(rsa_jwk(), "alg", "RS256"), proof::rsa, sha1) == error::unsuitable_key);
    CHECK(read(with(p256_jwk(), "alg", "ES256"), proof::ecdsa_der, sha384) == error::unsuitable_key);
    CHECK(read(with(p256_jwk(), "alg", "ES384"), proof::ecdsa_der, sha384) == error::unsuitable_key);
}

TEST_CASE("jwk: a member on which it depends must be there, once, and well-formed") {
    const struct {
        json jwk;
        proof how;
        std::initializer_list<const char*> members;
    } keys[] = {{rsa_jwk(), proof::rsa, {"n", "e"}},
                {p256_jwk(), proof::ecdsa_der, {"x", "y"}},
                {ed25519_jwk(), proof::ed25519, {"x"}}};
    for (const auto& [jwk, how, members] : keys) {
        const std::string text = jwk.dump();
        CHECK(read(without(jwk, "kty"), how) == error::malformed_secret);
        CHECK(read(with(jwk, "kty", 1), how) == error::malformed_secret);
        for (const char* member : members) {
            INFO(text << ' ' << member);
            const std::string value = jwk.at(member).get<std::string>();
            CHECK(read(without(jwk, member), how) == error::malformed_secret);
            for (const json& bad :
                 {json(nullptr), json(1), json(""), json("="), json(value + "="), json(value + "!"),
                  json(value + "A A"), json::array({value}), json(value + "AAAA" + std::string(2000, 'A'))})
                CHECK(read(with(jwk, member, bad), how) == error::malformed_secret);
        }
        for (const char* member : {"kty", "use", "key_ops", "alg", "crv"}) {
            const std::string twice =
                "{\"" + std::string(member) + "\":\"a\",\"" + member + "\":\"a\"," + text.substr(1);
            INFO(twice);
            CHECK(read(twice, how) == error::malformed_secret);
        }
        for (const char* member : members) {
            const std::string twice =
                "{\"" + std::string(member) + "\":" + jwk.at(member).dump() + "," + text.substr(1);
            INFO(twice);
            CHECK(read(twice, how) == error::malformed_secret);
        }
        // The same name in other letters of JSON.
        CHECK(read("{\"\\u006bty\":\"oct\"," + text.substr(1), how) == error::malformed_secret);
        CHECK(read("{\"d\":\"AA\",\"d\":\"AA\"," + text.substr(1), how) == error::unsuitable_key);
        for (const std::string& bad :
             {std::string("{}"), std::string("{"), std::string("[]"), std::string("null"), text + "x",
              "[" + text + "]", text.substr(1), text.substr(0, text.size() - 1)}) {
            INFO(bad);
            CHECK(read(bad, how) == error::malformed_secret);
        }
    }
    // Coordinates have the curve's length, zeros in front included (RFC 7518, section 6.2.1.2).
    CHECK(read(with(p256_jwk(), "x", base64url_of(byte_vector(31, 1))), proof::ecdsa_der)
          == error::malformed_secret);
    CHECK(read(with(p256_jwk(), "x", base64url_of(byte_vector(33, 0))), proof::ecdsa_der)
          == error::malformed_secret);
    CHECK(read(with(p256_jwk(), "crv", "P-384"), proof::ecdsa_der) == error::malformed_secret);
    CHECK(read(with(ed25519_jwk(), "x", base64url_of(byte_vector(31, 1))), proof::ed25519)
          == error::malformed_secret);
}

TEST_CASE("jwk_set: hands out its keys in their order") {
    const json set = {{"keys", {rsa_jwk(), p256_jwk(), ed25519_jwk()}}};
    const std::string text = set.dump(1);
    const jwk_set keys(text);
    CHECK(keys.is_set());
    CHECK(json::parse(keys[0]) == rsa_jwk());
    CHECK(json::parse(keys[1]) == p256_jwk());
    CHECK(json::parse(keys[2]) == ed25519_jwk());
    CHECK(keys[3].empty());
    CHECK(keys[1000].empty());

    const std::string one = rsa_jwk().dump();
    CHECK_FALSE(jwk_set(one).is_set());
    for (const char* other : {"", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[]", "-----BEGIN PUBLIC KEY-----",
                              "{\"keys\":[],\"keys\":[]}"})
        CHECK_FALSE(jwk_set(other).is_set());
    CHECK(jwk_set("{\"keys\":[]}").is_set());
    CHECK(jwk_set("{\"keys\":[]}")[0].empty());
    CHECK(jwk_set("{\"keys\":[1]}")[0].empty());
}
