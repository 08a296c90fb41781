// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_RSA_HPP
#define HOOKSEAL_CRYPTO_RSA_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/crypto/decode_pkey.hpp>
#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/pkey.hpp>
#include <hookseal/crypto/spki.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <utility>

namespace hookseal::inline v0_1 {

inline constexpr int min_rsa_bits = 2048;
inline constexpr int max_rsa_bits = 8192;

/// Whether an RSA key can be trusted with a signature: of 2048 to 8192 bits, with an odd modulus, and an odd exponent
/// of 3 to 2⁶⁴.
///
/// OpenSSL asks less of a key: under an exponent of 1 every text signs itself.
[[nodiscard]] inline bool is_sound_rsa_key(const pkey& key) noexcept {
    const error_queue_mark mark;
    BIGNUM* modulus = nullptr;
    BIGNUM* exponent = nullptr;
    const bool sound = EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_N, &modulus) == 1
                       && EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_E, &exponent) == 1
                       && BN_num_bits(modulus) >= min_rsa_bits && BN_num_bits(modulus) <= max_rsa_bits
                       && BN_is_odd(modulus) == 1 && BN_is_odd(exponent) == 1 && BN_is_one(exponent) == 0
                       && BN_num_bits(exponent) <= 64;
    BN_free(modulus);
    BN_free(exponent);
    return sound;
}

/// Reads a public key (RFC 8017). Keys that are only for RSASSA-PSS by their type are not supported.
[[nodiscard]] inline error load_rsa_public_key(const spki& from, pkey& to) noexcept {
    pkey key = decode_public_key(from, "RSA");
    if (!key || !is_sound_rsa_key(key)) return error::unsuitable_key;
    to = std::move(key);
    return error::none;
}

/// Settles what a context signs or verifies with: for `rsa` the padding of RSASSA-PKCS1-v1_5, for `rsa_pss` that of
/// RSASSA-PSS, with MGF1 of the same digest and a salt exactly as long as it.
[[nodiscard]] inline bool set_rsa_padding(EVP_PKEY_CTX* context, proof how, digest hash) noexcept {
    const EVP_MD* const md = detail::evp_md(hash);
    if (how == proof::rsa) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    return how == proof::rsa_pss && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
           && EVP_PKEY_CTX_set_rsa_mgf1_md(context, md) == 1
           && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

} // namespace hookseal::inline v0_1

#endif
