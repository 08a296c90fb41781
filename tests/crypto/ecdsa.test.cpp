// SPDX-License-Identifier: MIT
#include <hookseal/crypto/ecdsa.hpp>

#include "core/print.hpp"
#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include <cstddef>
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

error load(const spki& from) {
    pkey key;
    const error e = load_ecdsa_public_key(from, key);
    CHECK(static_cast<bool>(key) == (e == error::none));
    CHECK(ERR_peek_error() == 0);
    return e;
}

std::string der_of(const byte_vector& r_and_s, ec_curve curve) {
    unsigned char room[max_ecdsa_der_size];
    const auto der = ecdsa_der_of_p1363(r_and_s, curve, room);
    return hex_of({der.begin(), der.end()});
}

std::string p1363_of(const byte_vector& der, ec_curve curve) {
    byte_vector out(2 * size_of(curve), 0xee);
    return p1363_of_ecdsa_der(der, curve, out) ? hex_of(out) : "(refused)";
}

byte_vector halves(std::string_view r, std::string_view s, std::size_t half = 32) {
    byte_vector both(2 * half);
    const byte_vector first = from_hex(r);
    const byte_vector second = from_hex(s);
    std::copy(first.begin(), first.end(), both.begin() + static_cast<std::ptrdiff_t>(half - first.size()));
    std::copy(second.begin(), second.end(),
              both.begin() + static_cast<std::ptrdiff_t>(2 * half - second.size()));
    return both;
}

} // namespace

TEST_CASE("ecdsa: keys on P-256 and P-384 are read, on other curves not") {
    CHECK(load(spki::of_der(public_der(new_ec_key("P-256")))) == error::none);
    CHECK(load(spki::of_der(public_der(new_ec_key("P-384")))) == error::none);
    for (const char* other : {"P-224", "P-521", "secp256k1", "brainpoolP256r1"}) {
        INFO(other);
        CHECK(load(spki::of_der(public_der(new_ec_key(other)))) == error::unsuitable_key);
    }
    CHECK(load(spki::of_der(public_der(from_pem(hookseal_tests::rsa_keys[0])))) == error::unsuitable_key);
    const byte_vector raw(32, 7);
    CHECK(load(spki::of_ed25519(raw)) == error::unsuitable_key);
    CHECK(load(spki()) == error::unsuitable_key);
}

TEST_CASE("ecdsa: a point that is not on the curve is no key") {
    const byte_vector good = public_der(from_pem(hookseal_tests::p256_keys[0]));
    REQUIRE(load(spki::of_der(good)) == error::none);
    for (const std::size_t at : {std::size_t{27}, std::size_t{58}, std::size_t{59}, good.size() - 1}) {
        byte_vector off = good;
        off[at] ^= 1;
        CHECK(load(spki::of_der(off)) == error::unsuitable_key);
    }
    const byte_vector zero(32);
    const byte_vector most(32, 0xff); // beyond the field
    CHECK(load(spki::of_ec(ec_curve::p256, zero, zero)) == error::unsuitable_key);
    CHECK(load(spki::of_ec(ec_curve::p256, most, most)) == error::unsuitable_key);
    // The point at infinity is written as one zero byte: under it anybody can sign.
    CHECK(load(spki::of_der(from_hex("3019301306072a8648ce3d020106082a8648ce3d030107030200"
                                     "00")))
          == error::unsuitable_key);
}

TEST_CASE("ecdsa: a curve goes by its name and a point is uncompressed, or it is no key") {
    const auto key = from_pem(hookseal_tests::p256_keys[0]);
    REQUIRE(
        EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "compressed")
        == 1);
    const byte_vector compressed = public_der(key);
    REQUIRE(compressed.size() == 59);
    CHECK(load(spki::of_der(compressed)) == error::unsuitable_key);

    const auto other = from_pem(hookseal_tests::p256_keys[0]);
    REQUIRE(EVP_PKEY_set_utf8_string_param(other.get(), OSSL_PKEY_PARAM_EC_ENCODING, "explicit") == 1);
    const byte_vector explicit_parameters = public_der(other);
    REQUIRE(explicit_parameters.size() > 200);
    CHECK(load(spki::of_der(explicit_parameters)) == error::unsuitable_key);
}

TEST_CASE("ecdsa: r and s become DER in as few bytes as they take") {
    CHECK(der_of(halves("01", "02"), ec_curve::p256) == "3006020101020102");
    CHECK(der_of(halves("7f", "80"), ec_curve::p256) == "300702017f02020080");
    CHECK(der_of(halves("", ""), ec_curve::p256) == "3006020100020100");
    CHECK(der_of(halves("0100", "ff"), ec_curve::p256)
          == "3008"
             "02020100"
             "020200ff");
    const std::string most(64, 'f');
    CHECK(der_of(halves(most, most), ec_curve::p256)
          == "3046"
             "022100"
                 + most + "022100" + most);
    const std::string most_384(96, 'f');
    const std::string longest = der_of(halves(most_384, most_384, 48), ec_curve::p384);
    CHECK(longest
          == "3066"
             "023100"
                 + most_384 + "023100" + most_384);
    CHECK(longest.size() == 2 * ecdsa_der_size(ec_curve::p384));
    CHECK(ecdsa_der_size(ec_curve::p384) == max_ecdsa_der_size);
    CHECK(ecdsa_der_size(ec_curve::p256) == 72);
}

TEST_CASE("ecdsa: r and s of another length than the curve's are refused") {
    for (const std::size_t size : {0U, 1U, 32U, 62U, 63U, 65U, 66U, 96U, 128U})
        CHECK(der_of(byte_vector(size, 1), ec_curve::p256).empty());
    for (const std::size_t size : {0U, 64U, 95U, 97U, 104U})
        CHECK(der_of(byte_vector(size, 1), ec_curve::p384).empty());
    CHECK(der_of(byte_vector(64, 1), ec_curve::none).empty());
    CHECK_FALSE(der_of(byte_vector(64, 1), ec_curve::p256).empty());
    CHECK_FALSE(der_of(byte_vector(96, 1), ec_curve::p384).empty());
}

TEST_CASE("ecdsa: what became DER becomes r and s again, and what OpenSSL signs too") {
    const std::string most(64, 'f');
    for (const byte_vector& both :
         {halves("01", "02"), halves("", "80"), halves(most, most), halves(most, "01")}) {
        unsigned char room[max_ecdsa_der_size];
        const auto der = ecdsa_der_of_p1363(both, ec_curve::p256, room);
        CHECK(p1363_of({der.begin(), der.end()}, ec_curve::p256) == hex_of(both));
    }
    const auto key = from_pem(hookseal_tests::p256_keys[1]);
    for (int i = 0; i < 64; ++i) {
        const byte_vector der = hookseal_tests::sign(key, std::to_string(i));
        const std::string both = p1363_of(der, ec_curve::p256);
        REQUIRE(both.size() == 128);
        CHECK(der_of(from_hex(both), ec_curve::p256) == hex_of(der));
    }
}

TEST_CASE("ecdsa: DER that is no signature does not become one") {
    const std::string good = "3006020101020102";
    REQUIRE(p1363_of(from_hex(good), ec_curve::p256) != "(refused)");
    for (std::size_t size = 0; size < good.size(); size += 2)
        CHECK(p1363_of(from_hex(good.substr(0, size)), ec_curve::p256) == "(refused)");
    for (const char* bad :
         {"300602010102010200", "3106020101020102", "3006030101020102", "3006020101030102",
          "3007020101020102", "3005020101020102", "30060200020200", "3009020101020102020103",
          "30060201010203ff", "3006020401020102", "30040201010200"}) {
        INFO(bad);
        CHECK(p1363_of(from_hex(bad), ec_curve::p256) == "(refused)");
    }
    const std::string too_long = "01" + std::string(64, '0');
    CHECK(p1363_of(from_hex("30260221" + too_long + "020101"), ec_curve::p256) == "(refused)");
    byte_vector short_room(63);
    CHECK_FALSE(p1363_of_ecdsa_der(from_hex(good), ec_curve::p256, short_room));
    CHECK_FALSE(p1363_of_ecdsa_der(from_hex(good), ec_curve::none, {}));
}
