// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_SIGNING_KEY_HPP
#define HOOKSEAL_CRYPTO_SIGNING_KEY_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/crypto/digest_signer.hpp>
#include <hookseal/crypto/ed25519.hpp>
#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/hmac.hpp>
#include <hookseal/crypto/key_text.hpp>
#include <hookseal/crypto/pkey.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/spki.hpp>

#include <openssl/evp.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A sender's key: what `prepared_key` is to a receiver. Shared secrets are the receiver's own; for Ed25519 it is the
/// 32-byte private key (RFC 8032, section 5.1.5), written as the provider writes its public keys; for RSA and ECDSA a
/// private key in PEM or DER.
class signing_key {
public:
    [[nodiscard]] error prepare(const key_format& format, const secret& from) noexcept {
        format_ = format;
        if (!detail::is_shared_secret(format.how) && format.how != proof::ed25519) {
            if (from.problem() != error::none) return from.problem();
            return of_digests_.prepare(format.how, format.hash, from.expose());
        }
        if (const error e = detail::decode_key(from, private_form(format), key_); e != error::none) return e;
        if (format.how != proof::ed25519) return error::none;
        const error_queue_mark mark;
        if (key_.size() != ed25519_key_size) return error::unsuitable_key;
        private_ = pkey(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, key_.data(), key_.size()));
        return private_ ? error::none : error::unsuitable_key;
    }

    [[nodiscard]] const key_format& format() const noexcept { return format_; }

    /// The length of every signature by this key; for `ecdsa_der`, whose signatures vary, of the longest.
    [[nodiscard]] std::size_t signature_size() const noexcept {
        switch (format_.how) {
        case proof::hmac:
        case proof::keyed_hash: return size_of(format_.hash);
        case proof::token: return key_.size();
        case proof::ed25519: return ed25519_signature_size;
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: return of_digests_.signature_size();
        }
        return 0;
    }

    /// The key itself, for who must hash it with the content.
    [[nodiscard]] std::string_view bytes() const noexcept { return key_.view(); }

    /// Signs a message into `signature`, which has room for exactly `signature_size()` bytes. The signature's length; 0 on
    /// failure.
    [[nodiscard]] std::size_t sign(std::string_view message,
                                   std::span<unsigned char> signature) const noexcept {
        if (signature.size() != signature_size()) return 0;
        unsigned char tag[max_digest_size];
        switch (format_.how) {
        case proof::hmac: {
            hmac_key<default_hash> prepared;
            running_hmac<default_hash> running;
            if (!prepared.prepare(format_.hash, key_.view()) || !running.start(prepared)
                || !running.update(message) || running.finish(prepared, tag) != signature.size())
                return 0;
            std::memcpy(signature.data(), tag, signature.size());
            return signature.size();
        }
        case proof::keyed_hash:
            if (hash_of(message, tag) != signature.size()) return 0;
            std::memcpy(signature.data(), tag, signature.size());
            return signature.size();
        case proof::token:
            std::memcpy(signature.data(), key_.view().data(), key_.size());
            return signature.size();
        case proof::ed25519: {
            const error_queue_mark mark;
            const md_context context;
            std::size_t size = signature.size();
            const bool signed_it =
                context.get() != nullptr
                && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, private_.get()) == 1
                && EVP_DigestSign(context.get(), signature.data(), &size,
                                  reinterpret_cast<const unsigned char*>(message.data()), message.size())
                       == 1;
            return signed_it && size == signature.size() ? size : 0;
        }
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: {
            const std::size_t size = hash_of(message, tag);
            return size == 0 ? 0 : of_digests_.sign({tag, size}, signature);
        }
        }
        return 0;
    }

    /// The public key, for receivers; empty where the key is a shared secret.
    [[nodiscard]] spki public_half() const noexcept {
        unsigned char raw[ed25519_key_size];
        return public_part(raw) ? spki::of_ed25519(raw) : of_digests_.public_half();
    }
    /// The raw public key of an Ed25519 key; false for other keys.
    [[nodiscard]] bool public_part(std::span<unsigned char, ed25519_key_size> out) const noexcept {
        const error_queue_mark mark;
        std::size_t size = out.size();
        return private_ && EVP_PKEY_get_raw_public_key(private_.get(), out.data(), &size) == 1
               && size == out.size();
    }

private:
    /// A private key has its public key's encoding, but not the prefix that marks a public one.
    [[nodiscard]] static key_form private_form(const key_format& format) noexcept {
        if (detail::is_shared_secret(format.how)) return format.form;
        return {.encoding = format.form.encoding};
    }

    [[nodiscard]] std::size_t hash_of(std::string_view message,
                                      unsigned char (&out)[max_digest_size]) const noexcept {
        default_hash running;
        return running.start(format_.hash) && running.update(message) ? running.finish(out) : 0;
    }

    key_format format_{};
    detail::wiped_bytes key_;
    pkey private_;
    digest_signer of_digests_;
};

} // namespace hookseal::inline v0_1

#endif
