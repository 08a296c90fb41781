// SPDX-License-Identifier: MIT
#include <hookseal/crypto/spki.hpp>

#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>

#include <span>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;
using hookseal_tests::from_pem;
using hookseal_tests::hex_of;
using hookseal_tests::new_ec_key;
using hookseal_tests::public_der;

namespace {

std::string hex(const spki& key) { return hex_of({key.der().begin(), key.der().end()}); }

byte_vector number(const hookseal_tests::openssl_key& key, const char* name) {
    BIGNUM* value = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key.get(), name, &value) == 1);
    byte_vector bytes(static_cast<std::size_t>(BN_num_bytes(value)));
    BN_bn2bin(value, bytes.data());
    BN_free(value);
    return bytes;
}

} // namespace

TEST_CASE("spki: an RSA key from its numbers, or from PKCS#1, is what OpenSSL writes") {
    for (const std::string_view pem : hookseal_tests::rsa_keys) {
        const auto key = from_pem(pem);
        const byte_vector modulus = number(key, OSSL_PKEY_PARAM_RSA_N);
        const byte_vector exponent = number(key, OSSL_PKEY_PARAM_RSA_E);
        const std::string expected = hex_of(public_der(key));
        CHECK(hex(spki::of_rsa(modulus, exponent)) == expected);

        byte_vector with_zeros = {0, 0};
        with_zeros.insert(with_zeros.end(), modulus.begin(), modulus.end());
        CHECK(hex(spki::of_rsa(with_zeros, exponent)) == expected);

        // PKCS#1 is what the BIT STRING holds.
        const byte_vector der = public_der(key);
        CHECK(hex(spki::of_pkcs1(std::span(der).subspan(24))) == expected);
        CHECK(spki::of_der(der).curve() == ec_curve::none);
        CHECK(spki::of_der(der).ed25519().empty());
    }
}

TEST_CASE("spki: a key on a curve is what OpenSSL writes, and says which curve") {
    const struct {
        const char* name;
        ec_curve curve;
        std::size_t front;
    } curves[] = {{"P-256", ec_curve::p256, 27}, {"P-384", ec_curve::p384, 24}};
    for (const auto& [name, curve, front] : curves) {
        const byte_vector der = public_der(new_ec_key(name));
        const std::span<const unsigned char> point = std::span(der).subspan(front);
        REQUIRE(point.size() == 2 * size_of(curve));
        CHECK(spki::of_der(der).curve() == curve);
        const spki made = spki::of_ec(curve, point.first(size_of(curve)), point.subspan(size_of(curve)));
        CHECK(hex(made) == hex_of(der));
        CHECK(
            spki::of_ec(curve, point.first(size_of(curve) - 1), point.subspan(size_of(curve))).der().empty());
        CHECK(spki::of_ec(curve, point.first(size_of(curve)), point).der().empty());
        CHECK(spki::of_ec(ec_curve::none, {}, {}).der().empty());

        byte_vector longer = der;
        longer.push_back(0);
        CHECK(spki::of_der(longer).curve() == ec_curve::none);
        for (std::size_t i = 0; i < front; ++i) {
            byte_vector other = der;
            other[i] ^= 1;
            CHECK(spki::of_der(other).curve() == ec_curve::none);
        }
    }
}

TEST_CASE("spki: an Ed25519 key is the raw one behind a fixed prefix") {
    // RFC 8410, section 10.1.
    const byte_vector raw = from_hex("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
    const spki key = spki::of_ed25519(raw);
    CHECK(hex(key) == "302a300506032b6570032100" + hex_of(raw));
    CHECK(hex_of({key.ed25519().begin(), key.ed25519().end()}) == hex_of(raw));
    CHECK(key.curve() == ec_curve::none);
    CHECK(spki::of_ed25519(std::span(raw).first(31)).der().empty());
    // The same length under the name of another curve (X25519).
    byte_vector other(key.der().begin(), key.der().end());
    other[8] = 0x6e;
    CHECK(spki::of_der(other).ed25519().empty());
}

TEST_CASE("spki: has room for the longest key that is read, and is empty behind it") {
    CHECK_FALSE(spki::of_rsa(byte_vector(1024, 0xff), byte_vector(8, 0xff)).der().empty());
    CHECK(spki::of_rsa(byte_vector(1200, 0xff), from_hex("010001")).der().empty());
    CHECK(spki::of_der(byte_vector(spki::max_size, 1)).der().size() == spki::max_size);
    CHECK(spki::of_der(byte_vector(spki::max_size + 1, 1)).der().empty());
    CHECK(spki().der().empty());
    CHECK(spki().curve() == ec_curve::none);
    CHECK(spki().ed25519().empty());
}
