// SPDX-License-Identifier: MIT
#include <hookseal/crypto/digest_signer.hpp>

#include <hookseal/crypto/digest_verifier.hpp>
#include <hookseal/crypto/signing_key.hpp>

#include "core/print.hpp"
#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <openssl/err.h>

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::digest_of;
using hookseal_tests::from_pem;
using hookseal_tests::hex_of;
using hookseal_tests::new_ec_key;
using hookseal_tests::openssl_key;
using hookseal_tests::pem_by;
using hookseal_tests::public_der;

namespace {

std::string private_pem(const openssl_key& key, const EVP_CIPHER* cipher = nullptr) {
    return pem_by([&](BIO* out) {
        return PEM_write_bio_PKCS8PrivateKey(out, key.get(), cipher, cipher == nullptr ? nullptr : "password",
                                             cipher == nullptr ? 0 : 8, nullptr, nullptr);
    });
}

error prepare(proof how, std::string_view written, digest hash = digest::sha256) {
    digest_signer key;
    const error e = key.prepare(how, hash, written);
    CHECK(ERR_peek_error() == 0);
    return e;
}

byte_vector signed_by(const digest_signer& key, const byte_vector& hash) {
    byte_vector signature(key.signature_size());
    signature.resize(key.sign(hash, signature));
    CHECK(ERR_peek_error() == 0);
    return signature;
}

} // namespace

TEST_CASE("digest_signer: what it signs, the verifier under its public half takes") {
    const struct {
        proof how;
        digest hash;
        const EVP_MD* md;
        std::string key;
        std::size_t size;
    } kinds[] = {
        {proof::rsa, digest::sha256, EVP_sha256(), std::string(hookseal_tests::rsa_keys[0]), 256},
        {proof::rsa, digest::sha1, EVP_sha1(), std::string(hookseal_tests::rsa_keys[0]), 256},
        {proof::rsa_pss, digest::sha512, EVP_sha512(), std::string(hookseal_tests::rsa_keys[0]), 256},
        {proof::ecdsa_der, digest::sha256, EVP_sha256(), std::string(hookseal_tests::p256_keys[0]), 72},
        {proof::ecdsa_p1363, digest::sha256, EVP_sha256(), std::string(hookseal_tests::p256_keys[0]), 64},
        {proof::ecdsa_der, digest::sha384, EVP_sha384(), private_pem(new_ec_key("P-384")), 104},
        {proof::ecdsa_p1363, digest::sha384, EVP_sha384(), private_pem(new_ec_key("P-384")), 96}};
    for (const auto& k : kinds) {
        digest_signer key;
        REQUIRE(key.prepare(k.how, k.hash, k.key) == error::none);
        CHECK(key.signature_size() == k.size);
        const spki open = key.public_half();
        CHECK(hex_of({open.der().begin(), open.der().end()}) == hex_of(public_der(from_pem(k.key))));
        digest_verifier verifier;
        REQUIRE(verifier.prepare(k.how, k.hash, key.public_half()) == error::none);
        std::set<std::size_t> sizes;
        for (int i = 0; i < 40; ++i) {
            const byte_vector hash = digest_of(k.md, std::to_string(i));
            const byte_vector signature = signed_by(key, hash);
            sizes.insert(signature.size());
            CHECK(verifier.holds(hash, signature));
            CHECK_FALSE(verifier.holds(digest_of(k.md, "other"), signature));
        }
        CHECK(*sizes.rbegin() <= k.size);
        if (k.how != proof::ecdsa_der) CHECK(sizes == std::set{k.size});
    }
}

TEST_CASE("digest_signer: takes a private key in PEM or DER, of its proof's kind, that is not encrypted") {
    const std::string_view rsa = hookseal_tests::rsa_keys[0];
    const std::string_view ec = hookseal_tests::p256_keys[0];
    CHECK(prepare(proof::rsa, rsa) == error::none);
    CHECK(prepare(proof::ecdsa_der, ec) == error::none);
    CHECK(prepare(proof::rsa, ec) == error::unsuitable_key);
    CHECK(prepare(proof::ecdsa_der, rsa) == error::unsuitable_key);

    const auto rsa_key = from_pem(rsa);
    const auto ec_key = from_pem(ec);
    CHECK(prepare(proof::rsa, pem_by([&](BIO* out) {
                      return PEM_write_bio_PrivateKey_traditional(out, rsa_key.get(), nullptr, nullptr, 0,
                                                                  nullptr, nullptr);
                  }))
          == error::none);
    CHECK(prepare(proof::ecdsa_p1363, pem_by([&](BIO* out) {
                      return PEM_write_bio_PrivateKey_traditional(out, ec_key.get(), nullptr, nullptr, 0,
                                                                  nullptr, nullptr);
                  }))
          == error::none);
    unsigned char* der = nullptr;
    const int size = i2d_PrivateKey(rsa_key.get(), &der);
    REQUIRE(size > 0);
    CHECK(prepare(proof::rsa, {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)})
          == error::none);
    OPENSSL_free(der);

    // It must not ask for the password, either.
    CHECK(prepare(proof::rsa, private_pem(rsa_key, EVP_aes_256_cbc())) == error::unsuitable_key);
    CHECK(prepare(proof::rsa, hookseal_tests::public_pem(rsa_key)) == error::unsuitable_key);
    CHECK(prepare(proof::ecdsa_der, hookseal_tests::public_pem(ec_key)) == error::unsuitable_key);
    for (const char* bad : {"", "x", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"}) {
        CHECK(prepare(proof::rsa, bad) == error::unsuitable_key);
        CHECK(prepare(proof::ecdsa_der, bad) == error::unsuitable_key);
    }
    for (const char* curve : {"P-224", "P-521", "secp256k1"})
        CHECK(prepare(proof::ecdsa_der, private_pem(new_ec_key(curve))) == error::unsuitable_key);
    const openssl_key short_key(EVP_RSA_gen(1024));
    CHECK(prepare(proof::rsa, private_pem(short_key)) == error::unsuitable_key);
}

TEST_CASE("digest_signer: without a key or a digest that fits it signs nothing") {
    const digest_signer none;
    CHECK(none.signature_size() == 0);
    CHECK(none.public_half().der().empty());
    byte_vector room(256);
    CHECK(none.sign(byte_vector(32, 1), room) == 0);

    digest_signer key;
    REQUIRE(key.prepare(proof::rsa, digest::sha256, hookseal_tests::rsa_keys[0]) == error::none);
    CHECK(key.sign(byte_vector(20, 1), room) == 0);
    byte_vector short_room(255);
    CHECK(key.sign(byte_vector(32, 1), short_room) == 0);
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("signing_key: signs with RSA and ECDSA keys, and hands out their public halves") {
    const struct {
        proof how;
        std::string_view key;
    } kinds[] = {{proof::rsa, hookseal_tests::rsa_keys[3]},
                 {proof::rsa_pss, hookseal_tests::rsa_keys[3]},
                 {proof::ecdsa_der, hookseal_tests::p256_keys[3]},
                 {proof::ecdsa_p1363, hookseal_tests::p256_keys[3]}};
    for (const auto& [how, pem] : kinds) {
        signing_key key;
        REQUIRE(key.prepare({.how = how}, secret(pem)) == error::none);
        byte_vector signature(key.signature_size());
        const std::size_t size = key.sign("message", signature);
        REQUIRE(size != 0);
        signature.resize(size);
        digest_verifier verifier;
        REQUIRE(verifier.prepare(how, digest::sha256, key.public_half()) == error::none);
        CHECK(verifier.holds(digest_of(EVP_sha256(), "message"), signature));
        byte_vector longer(key.signature_size() + 1);
        CHECK(key.sign("message", longer) == 0);
        unsigned char raw[32];
        CHECK_FALSE(key.public_part(raw));
    }
    signing_key key;
    CHECK(key.prepare({.how = proof::rsa}, secret("key")) == error::unsuitable_key);
    CHECK(key.prepare({.how = proof::rsa}, secret("")) == error::empty_secret);
    CHECK(key.prepare({.how = proof::rsa}, secret(std::string(hookseal_tests::rsa_keys[0]) + "\n"))
          == error::secret_has_white_space);
}
