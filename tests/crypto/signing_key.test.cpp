// SPDX-License-Identifier: MIT
#include <hookseal/crypto/signing_key.hpp>

#include "core/print.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;
using hookseal_tests::hex_of;

namespace {

std::string signed_by(const key_format& format, const secret& from, std::string_view message) {
    signing_key key;
    if (const error e = key.prepare(format, from); e != error::none) return std::string(name(e));
    byte_vector signature(key.signature_size());
    return key.sign(message, signature) ? hex_of(signature) : "(failed)";
}

// RFC 8032 section 7.1, TEST 2.
constexpr std::string_view seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
constexpr std::string_view its_public_key =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

} // namespace

TEST_CASE("signing_key: signs with shared secrets") {
    CHECK(signed_by({}, secret("key"), "message") == hookseal_tests::hmac_sha256_hex("key", "message"));
    CHECK(signed_by({.hash = digest::sha512}, secret("key"), "message")
          == hex_of(hookseal_tests::hmac(EVP_sha512(), "key", "message")));
    CHECK(signed_by({.hash = digest::sha1}, secret("key"), "")
          == hex_of(hookseal_tests::hmac(EVP_sha1(), "key", "")));
    CHECK(signed_by({.how = proof::keyed_hash, .hash = digest::sha384}, secret("key"), "with the key")
          == hex_of(hookseal_tests::digest_of(EVP_sha384(), "with the key")));
    CHECK(signed_by({.how = proof::token}, secret("token"), "anything") == hex_of({'t', 'o', 'k', 'e', 'n'}));
    CHECK(signed_by({.form = {.encoding = encoding::hex}}, secret("6b6579"), "message")
          == hookseal_tests::hmac_sha256_hex("key", "message"));
}

TEST_CASE("signing_key: signs with an Ed25519 private key, and knows its public part") {
    const key_format format{.how = proof::ed25519, .form = {.encoding = encoding::hex}};
    CHECK(signed_by(format, secret(seed), "r")
          == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
             "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    signing_key key;
    REQUIRE(key.prepare(format, secret(seed)) == error::none);
    unsigned char open[32];
    REQUIRE(key.public_part(open));
    CHECK(hex_of({open, open + 32}) == its_public_key);

    // A prefix that marks public keys does not stand before a private one.
    const key_format prefixed{
        .how = proof::ed25519,
        .form = {.encoding = encoding::hex, .prefix = "whpk_", .prefix_required = true}};
    CHECK(signed_by(prefixed, secret(seed), "r").size() == 128);
}

TEST_CASE("signing_key: says what is wrong with a key") {
    CHECK(signed_by({}, secret(""), "m") == "empty_secret");
    CHECK(signed_by({}, secret("key "), "m") == "secret_has_white_space");
    CHECK(signed_by({.form = {.at_least = 4}}, secret("key"), "m") == "secret_too_short");
    const key_format format{.how = proof::ed25519, .form = {.encoding = encoding::hex}};
    CHECK(signed_by(format, secret("00"), "m") == "unsuitable_key");
    CHECK(signed_by(format, secret("zz"), "m") == "malformed_secret");
    CHECK(signed_by({.hash = digest::crc32}, secret("key"), "m") == "(failed)");
}

TEST_CASE("signing_key: writes no signature of another length than its own") {
    signing_key key;
    REQUIRE(key.prepare({}, secret("key")) == error::none);
    CHECK(key.signature_size() == 32);
    byte_vector shorter(31);
    byte_vector longer(33);
    CHECK_FALSE(key.sign("message", shorter));
    CHECK_FALSE(key.sign("message", longer));
    CHECK_FALSE(key.sign("message", {}));
    unsigned char none[32];
    CHECK_FALSE(key.public_part(none));
}
