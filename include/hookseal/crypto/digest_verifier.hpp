// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_DIGEST_VERIFIER_HPP
#define HOOKSEAL_CRYPTO_DIGEST_VERIFIER_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/crypto/ecdsa.hpp>
#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/pkey.hpp>
#include <hookseal/crypto/rsa.hpp>
#include <hookseal/crypto/spki.hpp>

#include <openssl/evp.h>

#include <cstddef>
#include <span>
#include <utility>

namespace hookseal::inline v0_1 {

/// An RSA or ECDSA key made ready to verify signatures over digests: the key is parsed, the algorithms are looked up
/// and the padding is settled once. Each signature is then verified in a copy of that state, so any number of threads
/// may verify at a time.
class digest_verifier {
public:
    digest_verifier() noexcept = default;
    digest_verifier(digest_verifier&& other) noexcept { *this = std::move(other); }
    digest_verifier& operator=(digest_verifier&& other) noexcept {
        std::swap(prepared_, other.prepared_);
        std::swap(how_, other.how_);
        std::swap(curve_, other.curve_);
        std::swap(exact_size_, other.exact_size_);
        return *this;
    }
    ~digest_verifier() { EVP_PKEY_CTX_free(prepared_); }

    /// `unsuitable_key` for a key of another kind than the proof, a weak one, or a digest that is not to be signed.
    [[nodiscard]] error prepare(proof how, digest hash, const spki& from) noexcept {
        const bool is_rsa = how == proof::rsa || how == proof::rsa_pss;
        const bool is_ecdsa = how == proof::ecdsa_der || how == proof::ecdsa_p1363;
        if ((!is_rsa && !is_ecdsa) || hash == digest::md5 || hash == digest::crc32)
            return error::unsuitable_key;
        pkey key;
        const error e = is_rsa ? load_rsa_public_key(from, key) : load_ecdsa_public_key(from, key);
        if (e != error::none) return e;

        const error_queue_mark mark;
        EVP_PKEY_CTX_free(prepared_);
        prepared_ = EVP_PKEY_CTX_new(key.get(), nullptr);
        // A policy of the system (FIPS, RHEL's on SHA-1) may refuse a digest: better here than for each request.
        if (prepared_ == nullptr || EVP_PKEY_verify_init(prepared_) != 1
            || EVP_PKEY_CTX_set_signature_md(prepared_, detail::evp_md(hash)) != 1
            || (is_rsa && !set_rsa_padding(prepared_, how, hash))) {
            EVP_PKEY_CTX_free(std::exchange(prepared_, nullptr));
            return error::unsuitable_key;
        }
        how_ = how;
        curve_ = from.curve();
        exact_size_ = is_rsa ? static_cast<std::size_t>(EVP_PKEY_get_size(key.get())) : 0;
        return error::none;
    }

    /// `none` where `signature` is one of the content with this digest, `signature_mismatch` where it is not, and
    /// `internal_failure` where OpenSSL failed.
    [[nodiscard]] error check(std::span<const unsigned char> digest,
                              std::span<const unsigned char> signature) const noexcept {
        if (prepared_ == nullptr || digest.empty() || signature.empty()) return error::signature_mismatch;
        unsigned char room[max_ecdsa_der_size];
        if (how_ == proof::ecdsa_p1363) signature = ecdsa_der_of_p1363(signature, curve_, room);
        // RFC 8017, sections 8.1.2 and 8.2.2: OpenSSL itself takes a PSS signature without its leading zero bytes.
        if (signature.empty() || (exact_size_ != 0 && signature.size() != exact_size_))
            return error::signature_mismatch;

        const error_queue_mark mark;
        EVP_PKEY_CTX* const once = EVP_PKEY_CTX_dup(prepared_);
        if (once == nullptr) return error::internal_failure;
        // The result is negative for some bad signatures: exactly 1 is a good one.
        const bool good =
            EVP_PKEY_verify(once, signature.data(), signature.size(), digest.data(), digest.size()) == 1;
        EVP_PKEY_CTX_free(once);
        if (good) return error::none;
        return mark.ran_out_of_memory() ? error::internal_failure : error::signature_mismatch;
    }

    /// Whether `signature` is one of the content with this digest.
    [[nodiscard]] bool holds(std::span<const unsigned char> digest,
                             std::span<const unsigned char> signature) const noexcept {
        return check(digest, signature) == error::none;
    }

private:
    EVP_PKEY_CTX* prepared_ = nullptr;
    proof how_ = proof::rsa;
    ec_curve curve_ = ec_curve::none;
    std::size_t exact_size_ = 0; ///< of RSA signatures
};

} // namespace hookseal::inline v0_1

#endif
