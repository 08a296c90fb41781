// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_DIGEST_SIGNER_HPP
#define HOOKSEAL_CRYPTO_DIGEST_SIGNER_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/crypto/decode_pkey.hpp>
#include <hookseal/crypto/ecdsa.hpp>
#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/pkey.hpp>
#include <hookseal/crypto/rsa.hpp>
#include <hookseal/crypto/spki.hpp>

#include <openssl/evp.h>

#include <cstddef>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// The private half of `digest_verifier`, for senders and for tests; not for the hot path.
class digest_signer {
public:
    /// Takes an RSA or EC private key in PEM or DER (PKCS#8, PKCS#1 or SEC 1), not encrypted. `unsuitable_key` for any
    /// other, and for one whose public half `digest_verifier` would refuse.
    [[nodiscard]] error prepare(proof how, digest hash, std::string_view written) noexcept {
        const bool is_rsa = how == proof::rsa || how == proof::rsa_pss;
        private_ = decode_private_key(written, is_rsa ? "RSA" : "EC");
        const spki open = public_half();
        if (open.der().empty() || (is_rsa ? !is_sound_rsa_key(private_) : open.curve() == ec_curve::none))
            return error::unsuitable_key;
        how_ = how;
        hash_ = hash;
        curve_ = open.curve();
        return error::none;
    }

    [[nodiscard]] std::size_t signature_size() const noexcept {
        if (!private_) return 0;
        if (how_ == proof::ecdsa_der) return ecdsa_der_size(curve_);
        if (how_ == proof::ecdsa_p1363) return 2 * size_of(curve_);
        return static_cast<std::size_t>(EVP_PKEY_get_size(private_.get()));
    }

    /// Signs the content with this digest into at most `signature.size()` bytes. The signature's length; 0 on failure.
    [[nodiscard]] std::size_t sign(std::span<const unsigned char> digest,
                                   std::span<unsigned char> signature) const noexcept {
        if (!private_) return 0;
        const error_queue_mark mark;
        unsigned char der[max_ecdsa_der_size];
        std::span<unsigned char> out = signature;
        if (how_ == proof::ecdsa_p1363) out = der;
        std::size_t size = out.size();
        EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new(private_.get(), nullptr);
        const bool signed_it =
            context != nullptr && EVP_PKEY_sign_init(context) == 1
            && EVP_PKEY_CTX_set_signature_md(context, detail::evp_md(hash_)) == 1
            && (curve_ != ec_curve::none || set_rsa_padding(context, how_, hash_))
            && EVP_PKEY_sign(context, out.data(), &size, digest.data(), digest.size()) == 1;
        EVP_PKEY_CTX_free(context);
        if (!signed_it) return 0;
        if (how_ != proof::ecdsa_p1363) return size;
        return p1363_of_ecdsa_der({der, size}, curve_, signature) ? signature.size() : 0;
    }

    /// The public half; empty where there is no key.
    [[nodiscard]] spki public_half() const noexcept { return hookseal::public_half(private_); }

private:
    pkey private_;
    proof how_ = proof::rsa;
    digest hash_ = digest::sha256;
    ec_curve curve_ = ec_curve::none;
};

} // namespace hookseal::inline v0_1

#endif
