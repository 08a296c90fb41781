// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_DECODE_PKEY_HPP
#define HOOKSEAL_CRYPTO_DECODE_PKEY_HPP

#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/pkey.hpp>
#include <hookseal/crypto/spki.hpp>

#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/evp.h>

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

[[nodiscard]] inline pkey decode_pkey(std::string_view written, const char* input, const char* structure,
                                      const char* kind, int selection) noexcept {
    const error_queue_mark mark;
    EVP_PKEY* key = nullptr;
    OSSL_DECODER_CTX* const context =
        OSSL_DECODER_CTX_new_for_pkey(&key, input, structure, kind, selection, nullptr, nullptr);
    const auto* at = reinterpret_cast<const unsigned char*>(written.data());
    std::size_t left = written.size();
    const bool read = context != nullptr && OSSL_DECODER_from_data(context, &at, &left) == 1 && left == 0;
    OSSL_DECODER_CTX_free(context);
    pkey owned(key);
    return read ? std::move(owned) : pkey();
}

} // namespace detail

/// Reads a public key of one kind, `"RSA"` or `"EC"`: null for any other kind, for what is no key, and where bytes follow.
[[nodiscard]] inline pkey decode_public_key(const spki& from, const char* kind) noexcept {
    const auto der = from.der();
    return detail::decode_pkey({reinterpret_cast<const char*>(der.data()), der.size()}, "DER",
                               "SubjectPublicKeyInfo", kind, EVP_PKEY_PUBLIC_KEY);
}

/// Reads a private key of one kind in PEM or DER, as PKCS#8, PKCS#1 or SEC 1, not encrypted: null for anything else.
[[nodiscard]] inline pkey decode_private_key(std::string_view written, const char* kind) noexcept {
    return detail::decode_pkey(written, nullptr, nullptr, kind, EVP_PKEY_KEYPAIR);
}

/// The public half of a key; empty where there is none.
[[nodiscard]] inline spki public_half(const pkey& key) noexcept {
    if (!key) return {};
    const error_queue_mark mark;
    unsigned char room[spki::max_size];
    unsigned char* at = room;
    std::size_t left = sizeof room;
    OSSL_ENCODER_CTX* const context =
        OSSL_ENCODER_CTX_new_for_pkey(key.get(), EVP_PKEY_PUBLIC_KEY, "DER", "SubjectPublicKeyInfo", nullptr);
    const bool written = context != nullptr && OSSL_ENCODER_to_data(context, &at, &left) == 1;
    OSSL_ENCODER_CTX_free(context);
    return written ? spki::of_der({room, sizeof room - left}) : spki();
}

} // namespace hookseal::inline v0_1

#endif
