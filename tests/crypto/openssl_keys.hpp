// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CRYPTO_OPENSSL_KEYS_HPP
#define HOOKSEAL_TESTS_CRYPTO_OPENSSL_KEYS_HPP

#include "crypto/reference.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

// Keys and signatures by OpenSSL's one-shot functions, for a second opinion.

namespace hookseal_tests {

struct free_key {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using openssl_key = std::unique_ptr<EVP_PKEY, free_key>;

[[nodiscard]] inline openssl_key from_pem(std::string_view pem) {
    const std::unique_ptr<BIO, int (*)(BIO*)> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                 &BIO_free);
    openssl_key key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    if (!key) throw std::runtime_error("PEM_read_bio_PrivateKey");
    return key;
}

[[nodiscard]] inline openssl_key new_ec_key(const char* curve) {
    openssl_key key(EVP_EC_gen(curve));
    if (!key) throw std::runtime_error(curve);
    return key;
}

/// The DER of the SubjectPublicKeyInfo.
[[nodiscard]] inline byte_vector public_der(const openssl_key& key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    if (size <= 0) throw std::runtime_error("i2d_PUBKEY");
    byte_vector bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

template <class Write>
[[nodiscard]] std::string pem_by(Write write) {
    const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), &BIO_free);
    if (write(out.get()) != 1) throw std::runtime_error("PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}
[[nodiscard]] inline std::string public_pem(const openssl_key& key) {
    return pem_by([&](BIO* out) { return PEM_write_bio_PUBKEY(out, key.get()); });
}

struct signing_options {
    const EVP_MD* hash = EVP_sha256();
    bool pss = false;
    int salt = RSA_PSS_SALTLEN_DIGEST;
    const EVP_MD* mgf1 = nullptr; ///< null: as `hash`
};

[[nodiscard]] inline byte_vector sign(const openssl_key& key, std::string_view message,
                                      const signing_options& how = {}) {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX* options = nullptr;
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
    std::size_t size = 0;
    bool good = EVP_DigestSignInit(context.get(), &options, how.hash, nullptr, key.get()) == 1;
    if (how.pss)
        good = good && EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1
               && EVP_PKEY_CTX_set_rsa_pss_saltlen(options, how.salt) == 1
               && EVP_PKEY_CTX_set_rsa_mgf1_md(options, how.mgf1 == nullptr ? how.hash : how.mgf1) == 1;
    good = good && EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size()) == 1;
    byte_vector signature(size);
    good = good && EVP_DigestSign(context.get(), signature.data(), &size, bytes, message.size()) == 1;
    if (!good) throw std::runtime_error("EVP_DigestSign");
    signature.resize(size);
    return signature;
}

} // namespace hookseal_tests

#endif
