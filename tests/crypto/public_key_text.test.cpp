// SPDX-License-Identifier: MIT
#include <hookseal/crypto/public_key_text.hpp>

#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/running_proof.hpp>

#include "core/print.hpp"
#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::base64_of;
using hookseal_tests::base64url_of;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;
using hookseal_tests::from_pem;
using hookseal_tests::hex_of;
using hookseal_tests::public_der;
using hookseal_tests::public_pem;

namespace {

const key_format rsa{.how = proof::rsa};
const key_format ecdsa{.how = proof::ecdsa_der, .form = {.encoding = encoding::base64}};
const key_format ed25519_base64{.how = proof::ed25519, .form = {.encoding = encoding::base64}};
const key_format ed25519_hex{.how = proof::ed25519, .form = {.encoding = encoding::hex_any_case}};
const key_format whpk{.how = proof::ed25519,
                      .form = {.encoding = encoding::base64, .prefix = "whpk_", .prefix_required = true}};

// RFC 8032, section 7.1, TEST 2.
const byte_vector raw = from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const byte_vector raw_der = from_hex("302a300506032b6570032100" + hex_of(raw));

/// The key that a text is read as, or why it is none.
std::string read(std::string_view text, const key_format& format) {
    spki key;
    const error e = read_public_key(text, format, key);
    return e == error::none ? hex_of({key.der().begin(), key.der().end()}) : std::string(name(e));
}

error prepared(const public_key& from, const key_format& format) {
    prepared_key<default_hash> key;
    const error e = key.prepare(format, from);
    CHECK(ERR_peek_error() == 0);
    return e;
}

/// Whether a key that is read from a text takes a signature.
bool accepts(std::string_view text, const key_format& format, std::string_view message,
             const byte_vector& signature) {
    prepared_key<default_hash> key;
    REQUIRE(key.prepare(format, public_key(text)) == error::none);
    running_proof<default_hash> running;
    return running.start(key) && running.update(message) && running.finish() && running.holds(signature);
}

std::string on_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}
std::string with_cr(const std::string& text) {
    std::string all;
    for (const char c : text)
        all += c == '\n' ? "\r\n" : std::string(1, c);
    return all;
}
/// What stands between the first and the last line.
std::string inside(const std::string& pem) {
    const std::size_t begin = pem.find('\n') + 1;
    return pem.substr(begin, pem.find("-----END") - begin);
}
std::string armoured(std::string_view label, const std::string& base64) {
    return "-----BEGIN " + std::string(label) + "-----\n" + base64 + "\n-----END " + std::string(label)
           + "-----\n";
}

} // namespace

TEST_CASE("public_key_text: PEM, base64 and JWK of one RSA key are one key") {
    const auto key = from_pem(hookseal_tests::rsa_keys[0]);
    const std::string pem = public_pem(key);
    const byte_vector der = public_der(key);
    const byte_vector pkcs1(der.begin() + 24, der.end());
    const std::string jwk =
        R"( {"kty":"RSA","n":")" + base64url_of({der.begin() + 33, der.begin() + 289}) + R"(","e":"AQAB"})";
    const byte_vector signature = hookseal_tests::sign(key, "message");
    for (const std::string& text :
         {pem, "\n" + pem + "\n", on_one_line(pem), with_cr(pem), inside(pem), on_one_line(inside(pem)),
          base64_of(der), jwk, armoured("RSA PUBLIC KEY", base64_of(pkcs1)), base64_of(pkcs1)}) {
        INFO(text);
        CHECK(read(text, rsa) == hex_of(der));
        CHECK(accepts(text, rsa, "message", signature));
        CHECK_FALSE(accepts(text, rsa, "another", signature));
    }
    CHECK(prepared(public_key::from_bytes(der), rsa) == error::none);
    CHECK(prepared(public_key::from_bytes(pkcs1), rsa) == error::none);
}

TEST_CASE("public_key_text: PEM, base64 and JWK of one EC key are one key") {
    const auto key = from_pem(hookseal_tests::p256_keys[0]);
    const byte_vector der = public_der(key);
    const std::string jwk = R"({"kty":"EC","crv":"P-256","x":")"
                            + base64url_of({der.begin() + 27, der.begin() + 59}) + R"(","y":")"
                            + base64url_of({der.begin() + 59, der.end()}) + R"("})";
    const byte_vector signature = hookseal_tests::sign(key, "message");
    for (const std::string& text : {public_pem(key), base64_of(der), inside(public_pem(key)), jwk}) {
        INFO(text);
        CHECK(read(text, ecdsa) == hex_of(der));
        CHECK(accepts(text, ecdsa, "message", signature));
        CHECK_FALSE(accepts(text, ecdsa, "another", signature));
    }
    CHECK(prepared(public_key::from_bytes(der), ecdsa) == error::none);
}

TEST_CASE("public_key_text: an Ed25519 key is read raw or as DER, in the encoding of its provider") {
    const byte_vector signature =
        from_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                 "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    const std::string jwk = R"({"kty":"OKP","crv":"Ed25519","x":")" + base64url_of(raw) + R"("})";
    std::string upper = hex_of(raw);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    const struct {
        std::string text;
        const key_format& format;
    } keys[] = {{base64_of(raw), ed25519_base64},
                {base64_of(raw_der), ed25519_base64},
                {armoured("PUBLIC KEY", base64_of(raw_der)), ed25519_base64},
                {jwk, ed25519_base64},
                {hex_of(raw), ed25519_hex},
                {upper, ed25519_hex},
                {hex_of(raw_der), ed25519_hex},
                {jwk, ed25519_hex},
                {"whpk_" + base64_of(raw), whpk},
                {jwk, whpk}};
    for (const auto& [text, format] : keys) {
        INFO(text);
        CHECK(read(text, format) == hex_of(raw_der));
        CHECK(accepts(text, format, "r", signature));
        CHECK_FALSE(accepts(text, format, "s", signature));
    }
    CHECK(prepared(public_key::from_bytes(raw), ed25519_hex) == error::none);
    CHECK(prepared(public_key::from_bytes(raw_der), ed25519_hex) == error::none);
}

TEST_CASE("public_key_text: a text that is no key says so") {
    for (const key_format& format : {rsa, ecdsa, ed25519_base64, ed25519_hex}) {
        CHECK(prepared(public_key(""), format) == error::empty_secret);
        for (const char* bad :
             {"not a key", "{", "{}", "[]", "-----BEGIN PUBLIC KEY-----",
              "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----",
              "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "A", "0", "\n", "="}) {
            INFO(bad);
            CHECK(prepared(public_key(bad), format) == error::malformed_secret);
        }
    }
    CHECK(prepared(public_key("whpk_"), whpk) == error::empty_secret);
    CHECK(prepared(public_key(base64_of(raw)), whpk) == error::malformed_secret);
    CHECK(prepared(public_key("whpk_whpk_" + base64_of(raw)), whpk) == error::malformed_secret);
    CHECK(prepared(public_key::from_bytes({}), rsa) == error::empty_secret);
    CHECK(prepared(public_key::from_bytes(byte_vector(5000, 1)), rsa) == error::malformed_secret);
    CHECK(prepared(public_key(std::string(10000, 'A')), rsa) == error::malformed_secret);
}

TEST_CASE("public_key_text: a key of another kind, or with bytes behind it, is unsuitable") {
    const byte_vector rsa_der = public_der(from_pem(hookseal_tests::rsa_keys[0]));
    const byte_vector ec_der = public_der(from_pem(hookseal_tests::p256_keys[0]));
    const struct {
        const key_format& format;
        const byte_vector& own;
    } kinds[] = {{rsa, rsa_der}, {ecdsa, ec_der}, {ed25519_base64, raw_der}};
    for (const auto& kind : kinds) {
        for (const auto& other : kinds) {
            const error expected = &kind.own == &other.own ? error::none : error::unsuitable_key;
            CHECK(prepared(public_key(base64_of(other.own)), kind.format) == expected);
            CHECK(prepared(public_key(armoured("PUBLIC KEY", base64_of(other.own))), kind.format)
                  == expected);
        }
        byte_vector longer = kind.own;
        longer.push_back(0);
        CHECK(prepared(public_key(base64_of(longer)), kind.format) == error::unsuitable_key);
        CHECK(prepared(public_key(base64_of({kind.own.begin(), kind.own.end() - 1})), kind.format)
              == error::unsuitable_key);
    }
    CHECK(prepared(public_key(base64_of(byte_vector(32, 7))), rsa) == error::unsuitable_key);
    CHECK(prepared(public_key(base64_of(byte_vector(31, 7))), ed25519_base64) == error::unsuitable_key);
}

TEST_CASE("public_key_text: private keys, certificates and shared secrets are no public keys") {
    for (const key_format& format : {rsa, ecdsa, ed25519_base64}) {
        CHECK(prepared(public_key(hookseal_tests::rsa_keys[0]), format) == error::unsuitable_key);
        CHECK(prepared(public_key(hookseal_tests::p256_keys[0]), format) == error::unsuitable_key);
        for (const char* label : {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY",
                                  "CERTIFICATE", "EC PARAMETERS", "PUBLIC"})
            CHECK(prepared(public_key(armoured(label, base64_of(raw_der))), format) == error::unsuitable_key);
        CHECK(prepared(public_key(inside(std::string(hookseal_tests::rsa_keys[0]))), format)
              == error::malformed_secret);
        CHECK(prepared(public_key(inside(std::string(hookseal_tests::p256_keys[0]))), format)
              == error::unsuitable_key);
    }
    prepared_key<default_hash> key;
    CHECK(key.prepare(rsa, secret(hookseal_tests::rsa_keys[0])) == error::unsuitable_key);
    CHECK(key.prepare(rsa, secret(public_pem(from_pem(hookseal_tests::rsa_keys[0])).substr(0, 400)))
          == error::unsuitable_key);
    CHECK(key.prepare({.how = proof::hmac}, public_key("secret")) == error::unsuitable_key);
}

TEST_CASE("public_key_text: what a key is worth is checked when it is loaded, however it is written") {
    // Under a key of small order nearly any message has a signature.
    const byte_vector small_order(32);
    CHECK(prepared(public_key(base64_of(small_order)), ed25519_base64) == error::unsuitable_key);
    CHECK(prepared(public_key(R"({"kty":"OKP","crv":"Ed25519","x":")" + base64url_of(small_order) + R"("})"),
                   ed25519_base64)
          == error::unsuitable_key);
    CHECK(prepared(public_key(base64_of(from_hex("302a300506032b6570032100" + hex_of(small_order)))),
                   ed25519_base64)
          == error::unsuitable_key);

    const byte_vector short_modulus(128, 0xff);
    CHECK(
        prepared(public_key(R"({"kty":"RSA","e":"AQAB","n":")" + base64url_of(short_modulus) + R"("})"), rsa)
        == error::unsuitable_key);
    const byte_vector modulus(256, 0xff);
    CHECK(prepared(public_key(R"({"kty":"RSA","e":"AQ","n":")" + base64url_of(modulus) + R"("})"), rsa)
          == error::unsuitable_key);

    const byte_vector coordinate(32, 1);
    CHECK(prepared(public_key(R"({"kty":"EC","crv":"P-256","x":")" + base64url_of(coordinate) + R"(","y":")"
                              + base64url_of(coordinate) + R"("})"),
                   ecdsa)
          == error::unsuitable_key);
}
