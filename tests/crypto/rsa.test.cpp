// SPDX-License-Identifier: MIT
#include <hookseal/crypto/rsa.hpp>

#include "core/print.hpp"
#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <openssl/err.h>

#include <cstddef>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;
using hookseal_tests::from_pem;
using hookseal_tests::public_der;

namespace {

/// Bits of a number that is odd, and has no small factors that anybody would look for.
byte_vector odd_number_of(int bits) {
    byte_vector bytes(static_cast<std::size_t>(bits + 7) / 8, 0xff);
    bytes.front() = static_cast<unsigned char>(0xff >> (8 * static_cast<int>(bytes.size()) - bits));
    return bytes;
}

error load(const spki& from) {
    pkey key;
    const error e = load_rsa_public_key(from, key);
    CHECK(static_cast<bool>(key) == (e == error::none));
    CHECK(ERR_peek_error() == 0);
    return e;
}

} // namespace

TEST_CASE("rsa: a key of 2048 to 8192 bits is sound") {
    const byte_vector usual = from_hex("010001");
    CHECK(load(spki::of_rsa(odd_number_of(2048), usual)) == error::none);
    CHECK(load(spki::of_rsa(odd_number_of(2049), usual)) == error::none);
    CHECK(load(spki::of_rsa(odd_number_of(4096), usual)) == error::none);
    CHECK(load(spki::of_rsa(odd_number_of(8192), usual)) == error::none);

    CHECK(load(spki::of_rsa(odd_number_of(512), usual)) == error::unsuitable_key);
    CHECK(load(spki::of_rsa(odd_number_of(1024), usual)) == error::unsuitable_key);
    CHECK(load(spki::of_rsa(odd_number_of(2047), usual)) == error::unsuitable_key);
    CHECK(load(spki::of_rsa(odd_number_of(8193), usual)) == error::unsuitable_key);
}

TEST_CASE("rsa: an exponent is odd, and neither 1 nor longer than 64 bits; a modulus is odd") {
    const byte_vector modulus = odd_number_of(2048);
    for (const char* good : {"03", "05", "11", "010001", "010003", "ffffffffffffffff"}) {
        INFO(good);
        CHECK(load(spki::of_rsa(modulus, from_hex(good))) == error::none);
    }
    for (const char* bad : {"00", "01", "02", "04", "010000", "fffffffffffffffe", "010000000000000001"}) {
        INFO(bad);
        CHECK(load(spki::of_rsa(modulus, from_hex(bad))) == error::unsuitable_key);
    }
    byte_vector even = modulus;
    even.back() = 0xfe;
    CHECK(load(spki::of_rsa(even, from_hex("010001"))) == error::unsuitable_key);
}

TEST_CASE("rsa: what is no RSA key is none") {
    const byte_vector good = public_der(from_pem(hookseal_tests::rsa_keys[0]));
    REQUIRE(load(spki::of_der(good)) == error::none);
    CHECK(load(spki()) == error::unsuitable_key);
    CHECK(load(spki::of_der(public_der(from_pem(hookseal_tests::p256_keys[0])))) == error::unsuitable_key);
    const byte_vector raw(32, 7);
    CHECK(load(spki::of_ed25519(raw)) == error::unsuitable_key);

    byte_vector longer = good;
    longer.push_back(0);
    CHECK(load(spki::of_der(longer)) == error::unsuitable_key);
    for (const std::size_t size : {std::size_t{1}, std::size_t{20}, good.size() / 2, good.size() - 1})
        CHECK(load(spki::of_der(std::span(good).first(size))) == error::unsuitable_key);

    // A key that is for RSASSA-PSS alone has another type.
    byte_vector pss = good;
    REQUIRE(pss[16] == 0x01); // the last arc of rsaEncryption, 1.2.840.113549.1.1.1
    pss[16] = 0x0a;
    CHECK(load(spki::of_der(pss)) == error::unsuitable_key);
}

TEST_CASE("rsa: a private key is no public one") {
    const auto key = from_pem(hookseal_tests::rsa_keys[0]);
    unsigned char* der = nullptr;
    const int size = i2d_PrivateKey(key.get(), &der);
    REQUIRE(size > 0);
    CHECK(load(spki::of_der({der, static_cast<std::size_t>(size)})) == error::unsuitable_key);
    OPENSSL_free(der);
}
