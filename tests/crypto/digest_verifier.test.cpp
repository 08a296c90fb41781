// SPDX-License-Identifier: MIT
#include <hookseal/crypto/digest_verifier.hpp>

#include "core/print.hpp"
#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <openssl/bn.h>
#include <openssl/err.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::digest_of;
using hookseal_tests::from_hex;
using hookseal_tests::from_pem;
using hookseal_tests::new_ec_key;
using hookseal_tests::openssl_key;
using hookseal_tests::public_der;
using hookseal_tests::sign;

namespace {

digest_verifier prepared(proof how, digest hash, const openssl_key& key) {
    digest_verifier made;
    REQUIRE(made.prepare(how, hash, spki::of_der(public_der(key))) == error::none);
    return made;
}

bool holds(const digest_verifier& key, std::string_view message, const byte_vector& signature,
           const EVP_MD* hash = EVP_sha256()) {
    const bool good = key.holds(digest_of(hash, message), signature);
    CHECK(ERR_peek_error() == 0);
    return good;
}

byte_vector p1363(const byte_vector& der, ec_curve curve) {
    byte_vector out(2 * size_of(curve));
    REQUIRE(p1363_of_ecdsa_der(der, curve, out));
    return out;
}

/// The order of P-256 less s: the other signature that every ECDSA signature has beside it.
byte_vector with_other_s(byte_vector r_and_s) {
    BIGNUM* order = nullptr;
    REQUIRE(BN_hex2bn(&order, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551") != 0);
    BIGNUM* s = BN_bin2bn(r_and_s.data() + 32, 32, nullptr);
    REQUIRE(BN_sub(s, order, s) == 1);
    REQUIRE(BN_bn2binpad(s, r_and_s.data() + 32, 32) == 32);
    BN_free(s);
    BN_free(order);
    return r_and_s;
}

} // namespace

TEST_CASE("digest_verifier: RSA signatures hold for their message, key and digest alone") {
    const auto key = from_pem(hookseal_tests::rsa_keys[0]);
    const auto other = from_pem(hookseal_tests::rsa_keys[1]);
    const struct {
        digest hash;
        const EVP_MD* md;
    } digests[] = {{digest::sha1, EVP_sha1()},
                   {digest::sha256, EVP_sha256()},
                   {digest::sha384, EVP_sha384()},
                   {digest::sha512, EVP_sha512()}};
    for (const auto& [hash, md] : digests) {
        const digest_verifier v = prepared(proof::rsa, hash, key);
        const byte_vector signature = sign(key, "message", {.hash = md});
        CHECK(holds(v, "message", signature, md));
        CHECK_FALSE(holds(v, "another", signature, md));
        CHECK_FALSE(holds(v, "message", sign(other, "message", {.hash = md}), md));
        CHECK_FALSE(holds(prepared(proof::rsa, hash, other), "message", signature, md));
        CHECK_FALSE(holds(v, "message", sign(key, "message", {.hash = EVP_sha224()}), md));
        // Padding of the other kind.
        CHECK_FALSE(holds(v, "message", sign(key, "message", {.hash = md, .pss = true}), md));
        for (const std::size_t bit : {0U, 1U, 1000U, 2047U}) {
            byte_vector changed = signature;
            changed[bit / 8] ^= static_cast<unsigned char>(1U << bit % 8);
            CHECK_FALSE(holds(v, "message", changed, md));
        }
    }
    // A digest of another length than the one it was prepared for.
    const digest_verifier v = prepared(proof::rsa, digest::sha256, key);
    CHECK_FALSE(holds(v, "message", sign(key, "message", {.hash = EVP_sha384()}), EVP_sha384()));
}

TEST_CASE("digest_verifier: PSS takes a salt as long as the digest and MGF1 with that digest, and no other") {
    const auto key = from_pem(hookseal_tests::rsa_keys[0]);
    const digest_verifier v = prepared(proof::rsa_pss, digest::sha256, key);
    CHECK(holds(v, "message", sign(key, "message", {.pss = true})));
    CHECK(holds(v, "message", sign(key, "message", {.pss = true, .salt = 32})));
    CHECK_FALSE(holds(v, "another", sign(key, "message", {.pss = true})));
    for (const int salt : {0, 20, 31, 33, 64, RSA_PSS_SALTLEN_MAX}) {
        INFO(salt);
        CHECK_FALSE(holds(v, "message", sign(key, "message", {.pss = true, .salt = salt})));
    }
    CHECK_FALSE(holds(v, "message", sign(key, "message", {.pss = true, .mgf1 = EVP_sha1()})));
    CHECK_FALSE(holds(v, "message", sign(key, "message", {.pss = true, .mgf1 = EVP_sha512()})));
    CHECK_FALSE(holds(v, "message", sign(key, "message")));

    const digest_verifier longer = prepared(proof::rsa_pss, digest::sha512, key);
    CHECK(holds(longer, "message", sign(key, "message", {.hash = EVP_sha512(), .pss = true, .salt = 64}),
                EVP_sha512()));
    CHECK_FALSE(holds(longer, "message",
                      sign(key, "message", {.hash = EVP_sha512(), .pss = true, .salt = 32}), EVP_sha512()));
}

TEST_CASE("digest_verifier: an RSA signature is as long as its modulus, leading zeros included") {
    const auto key = from_pem(hookseal_tests::rsa_keys[2]);
    for (const bool pss : {false, true}) {
        const digest_verifier v = prepared(pss ? proof::rsa_pss : proof::rsa, digest::sha256, key);
        // One in 256 signatures begins with a zero byte.
        byte_vector signature;
        std::string message;
        for (int i = 0; signature.empty() || signature.front() != 0; ++i) {
            message = std::to_string(i);
            signature = sign(key, message, {.pss = pss});
            REQUIRE(i < 5000);
        }
        CHECK(holds(v, message, signature));
        CHECK_FALSE(holds(v, message, {signature.begin() + 1, signature.end()}));
        byte_vector longer = signature;
        longer.insert(longer.begin(), 0);
        CHECK_FALSE(holds(v, message, longer));
        longer = signature;
        longer.push_back(0);
        CHECK_FALSE(holds(v, message, longer));
        CHECK_FALSE(holds(v, message, {}));
    }
}

TEST_CASE("digest_verifier: ECDSA signatures hold in the form they are said to have, and in no other") {
    const struct {
        const char* name;
        ec_curve curve;
        digest hash;
        const EVP_MD* md;
    } kinds[] = {{"P-256", ec_curve::p256, digest::sha256, EVP_sha256()},
                 {"P-384", ec_curve::p384, digest::sha384, EVP_sha384()},
                 {"P-256", ec_curve::p256, digest::sha512, EVP_sha512()}};
    for (const auto& [name, curve, hash, md] : kinds) {
        INFO(name);
        const auto key = new_ec_key(name);
        const digest_verifier der = prepared(proof::ecdsa_der, hash, key);
        const digest_verifier raw = prepared(proof::ecdsa_p1363, hash, key);
        const byte_vector signature = sign(key, "message", {.hash = md});
        const byte_vector halves = p1363(signature, curve);
        CHECK(holds(der, "message", signature, md));
        CHECK(holds(raw, "message", halves, md));
        CHECK_FALSE(holds(der, "message", halves, md));
        CHECK_FALSE(holds(raw, "message", signature, md));
        CHECK_FALSE(holds(der, "another", signature, md));
        CHECK_FALSE(holds(raw, "another", halves, md));
        const auto other = new_ec_key(name);
        CHECK_FALSE(holds(prepared(proof::ecdsa_der, hash, other), "message", signature, md));
        CHECK_FALSE(holds(prepared(proof::ecdsa_p1363, hash, other), "message", halves, md));

        for (std::size_t size = 0; size < halves.size(); ++size)
            CHECK_FALSE(holds(raw, "message",
                              {halves.begin(), halves.begin() + static_cast<std::ptrdiff_t>(size)}, md));
        for (std::size_t size = 0; size < signature.size(); ++size)
            CHECK_FALSE(holds(der, "message",
                              {signature.begin(), signature.begin() + static_cast<std::ptrdiff_t>(size)},
                              md));
        byte_vector longer = halves;
        longer.push_back(0);
        CHECK_FALSE(holds(raw, "message", longer, md));
        CHECK_FALSE(holds(raw, "message", byte_vector(halves.size(), 0), md));
        CHECK_FALSE(holds(raw, "message", byte_vector(halves.size(), 0xff), md));
    }
}

TEST_CASE("digest_verifier: ECDSA's DER has one spelling") {
    const auto key = from_pem(hookseal_tests::p256_keys[0]);
    const digest_verifier v = prepared(proof::ecdsa_der, digest::sha256, key);
    const byte_vector good = sign(key, "message");
    REQUIRE(holds(v, "message", good));
    const std::size_t r_size = good[3];

    byte_vector trailing = good;
    trailing.push_back(0);
    CHECK_FALSE(holds(v, "message", trailing));

    byte_vector inside = trailing; // the sequence says that the byte is its own
    ++inside[1];
    CHECK_FALSE(holds(v, "message", inside));

    byte_vector long_length = good; // BER: a length in more bytes than it takes
    long_length.insert(long_length.begin() + 1, 0x81);
    CHECK_FALSE(holds(v, "message", long_length));

    byte_vector padded = good; // r with one zero more than it needs
    padded.insert(padded.begin() + 4, 0);
    ++padded[1];
    ++padded[3];
    CHECK_FALSE(holds(v, "message", padded));

    byte_vector indefinite = {0x30, 0x80};
    indefinite.insert(indefinite.end(), good.begin() + 2, good.end());
    indefinite.insert(indefinite.end(), {0, 0});
    CHECK_FALSE(holds(v, "message", indefinite));

    byte_vector other_tag = good;
    other_tag[4 + r_size] = 0x03;
    CHECK_FALSE(holds(v, "message", other_tag));
}

TEST_CASE("digest_verifier: the second signature that ECDSA has beside each holds as well, so a signature "
          "names no event") {
    const auto key = from_pem(hookseal_tests::p256_keys[0]);
    const digest_verifier v = prepared(proof::ecdsa_p1363, digest::sha256, key);
    const byte_vector first = p1363(sign(key, "message"), ec_curve::p256);
    const byte_vector second = with_other_s(first);
    CHECK(first != second);
    CHECK(holds(v, "message", first));
    CHECK(holds(v, "message", second));
}

TEST_CASE("digest_verifier: a key serves proofs of its own kind, and digests that are to be signed") {
    const spki rsa = spki::of_der(public_der(from_pem(hookseal_tests::rsa_keys[0])));
    const spki ec = spki::of_der(public_der(from_pem(hookseal_tests::p256_keys[0])));
    const byte_vector raw(32, 5);
    const spki ed25519 = spki::of_ed25519(raw);
    const auto prepare = [](proof how, digest hash, const spki& from) {
        digest_verifier made;
        const error e = made.prepare(how, hash, from);
        CHECK(ERR_peek_error() == 0);
        return e;
    };
    for (const proof how : {proof::rsa, proof::rsa_pss}) {
        CHECK(prepare(how, digest::sha256, rsa) == error::none);
        CHECK(prepare(how, digest::sha256, ec) == error::unsuitable_key);
        CHECK(prepare(how, digest::sha256, ed25519) == error::unsuitable_key);
        CHECK(prepare(how, digest::md5, rsa) == error::unsuitable_key);
        CHECK(prepare(how, digest::crc32, rsa) == error::unsuitable_key);
    }
    for (const proof how : {proof::ecdsa_der, proof::ecdsa_p1363}) {
        CHECK(prepare(how, digest::sha256, ec) == error::none);
        CHECK(prepare(how, digest::sha256, rsa) == error::unsuitable_key);
        CHECK(prepare(how, digest::sha256, ed25519) == error::unsuitable_key);
        CHECK(prepare(how, digest::md5, ec) == error::unsuitable_key);
        CHECK(prepare(how, digest::crc32, ec) == error::unsuitable_key);
    }
    for (const proof how : {proof::hmac, proof::keyed_hash, proof::token, proof::ed25519})
        for (const spki& key : {rsa, ec, ed25519})
            CHECK(prepare(how, digest::sha256, key) == error::unsuitable_key);
}

TEST_CASE("digest_verifier: without a key nothing holds, and a key that was moved is with its new owner") {
    const auto key = from_pem(hookseal_tests::rsa_keys[0]);
    const byte_vector signature = sign(key, "message");
    const digest_verifier none;
    CHECK_FALSE(holds(none, "message", signature));

    digest_verifier from = prepared(proof::rsa, digest::sha256, key);
    const digest_verifier to = std::move(from);
    CHECK_FALSE(holds(from, "message", signature));
    CHECK(holds(to, "message", signature));

    digest_verifier again = prepared(proof::rsa, digest::sha256, key);
    REQUIRE(again.prepare(proof::rsa, digest::sha256,
                          spki::of_der(public_der(from_pem(hookseal_tests::rsa_keys[1]))))
            == error::none);
    CHECK_FALSE(holds(again, "message", signature));
    CHECK_FALSE(again.holds({}, signature));
}

TEST_CASE("digest_verifier: leaves errors that others left where they are") {
    const auto key = from_pem(hookseal_tests::rsa_keys[0]);
    const digest_verifier v = prepared(proof::rsa, digest::sha256, key);
    ERR_raise(ERR_LIB_USER, 42);
    CHECK_FALSE(v.holds(digest_of(EVP_sha256(), "message"), byte_vector(256, 1)));
    digest_verifier refused;
    CHECK(refused.prepare(proof::rsa, digest::sha256, spki::of_der(byte_vector(40, 0x30)))
          == error::unsuitable_key);
    CHECK(ERR_GET_REASON(ERR_get_error()) == 42);
    CHECK(ERR_get_error() == 0);
}

TEST_CASE("digest_verifier: any number of threads verify under one key at a time") {
    const auto rsa = from_pem(hookseal_tests::rsa_keys[0]);
    const auto ec = from_pem(hookseal_tests::p256_keys[0]);
    const std::array verifiers = {prepared(proof::rsa, digest::sha256, rsa),
                                  prepared(proof::rsa_pss, digest::sha256, rsa),
                                  prepared(proof::ecdsa_der, digest::sha256, ec)};
    const std::array signatures = {sign(rsa, "message"), sign(rsa, "message", {.pss = true}),
                                   sign(ec, "message")};
    const byte_vector right = digest_of(EVP_sha256(), "message");
    const byte_vector wrong = digest_of(EVP_sha256(), "another");
    std::array<int, 4> mistakes{};
    std::vector<std::thread> threads;
    for (int& count : mistakes)
        threads.emplace_back([&] {
            for (int i = 0; i < 100; ++i)
                for (std::size_t k = 0; k < verifiers.size(); ++k)
                    count += (verifiers[k].holds(right, signatures[k]) ? 0 : 1)
                             + (verifiers[k].holds(wrong, signatures[k]) ? 1 : 0);
        });
    for (std::thread& each : threads)
        each.join();
    CHECK(mistakes == std::array<int, 4>{});
}
