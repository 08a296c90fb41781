// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_ED25519_HPP
#define HOOKSEAL_CRYPTO_ED25519_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/pkey.hpp>

#include <openssl/evp.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

inline constexpr std::size_t ed25519_key_size = 32;
inline constexpr std::size_t ed25519_signature_size = 64;

/// Whether 32 bytes are an Ed25519 public key that can be trusted with a message: the canonical encoding of a point
/// (RFC 8032, section 5.1.3: y < p) that is not of small order.
///
/// OpenSSL checks neither. Under a key of small order one signature holds for nearly any message. The eight points of
/// small order have five y coordinates.
[[nodiscard]] constexpr bool
is_sound_ed25519_key(std::span<const unsigned char, ed25519_key_size> key) noexcept {
    constexpr unsigned char small_order[5][ed25519_key_size] = {
        {0x00},
        {0x01},
        {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
         0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
        {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
         0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
        {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
         0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    };
    const auto y = [&](std::size_t i) {
        return static_cast<unsigned char>(i == ed25519_key_size - 1 ? key[i] & 0x7f : key[i]);
    };
    for (const auto& bad : small_order) {
        bool same = true;
        for (std::size_t i = 0; i < ed25519_key_size; ++i)
            same = same && y(i) == bad[i];
        if (same) return false;
    }
    // p = 2^255 - 19: only encodings that end in ff…ff 7f and begin with ed or more reach it.
    bool high = y(ed25519_key_size - 1) == 0x7f && key[0] >= 0xed;
    for (std::size_t i = 1; i < ed25519_key_size - 1; ++i)
        high = high && key[i] == 0xff;
    return !high;
}

/// Reads a raw public key; null where it is not sound or OpenSSL fails.
[[nodiscard]] inline pkey
load_ed25519_public_key(std::span<const unsigned char, ed25519_key_size> key) noexcept {
    if (!is_sound_ed25519_key(key)) return {};
    const error_queue_mark mark;
    return pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
}

/// `none` where `signature` is one of `message` (RFC 8032, PureEdDSA), `signature_mismatch` where it is not, and
/// `internal_failure` where OpenSSL failed. OpenSSL refuses S ≥ L and non-canonical R.
[[nodiscard]] inline error check_ed25519(const pkey& key, std::string_view message,
                                         std::span<const unsigned char> signature) noexcept {
    if (!key || signature.size() != ed25519_signature_size) return error::signature_mismatch;
    const error_queue_mark mark;
    const md_context context;
    if (context.get() == nullptr
        || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1)
        return error::internal_failure;
    // The result is -1 for some bad signatures: exactly 1 is a good one.
    if (EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                         reinterpret_cast<const unsigned char*>(message.data()), message.size())
        == 1)
        return error::none;
    return mark.ran_out_of_memory() ? error::internal_failure : error::signature_mismatch;
}

/// Whether `signature` is one of `message`.
[[nodiscard]] inline bool verify_ed25519(const pkey& key, std::string_view message,
                                         std::span<const unsigned char> signature) noexcept {
    return check_ed25519(key, message, signature) == error::none;
}

} // namespace hookseal::inline v0_1

#endif
