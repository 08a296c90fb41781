// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_RUNNING_PROOF_HPP
#define HOOKSEAL_CRYPTO_RUNNING_PROOF_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/crypto/ecdsa.hpp>
#include <hookseal/crypto/ed25519.hpp>
#include <hookseal/crypto/equal.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/hmac.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/rsa.hpp>
#include <hookseal/encoding/chars.hpp>

#include <openssl/crypto.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

/// Bytes collected for who wants a message in one piece. They are wiped: a key may be a part of the message.
class message_buffer {
public:
    message_buffer() noexcept = default;
    message_buffer(message_buffer&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)),
          size_(std::exchange(other.size_, 0)),
          capacity_(std::exchange(other.capacity_, 0)) {}
    message_buffer& operator=(message_buffer&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
        return *this;
    }
    ~message_buffer() { release(); }

    [[nodiscard]] bool append(std::string_view bytes) noexcept {
        if (bytes.size() > capacity_ - size_ && !grow(bytes.size())) return false;
        if (!bytes.empty()) std::memcpy(data_ + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
        return true;
    }
    [[nodiscard]] std::string_view view() const noexcept { return chars(data_, size_); }

private:
    [[nodiscard]] bool grow(std::size_t more) noexcept {
        if (more > static_cast<std::size_t>(-1) / 2 - size_) return false;
        const std::size_t needed = size_ + more;
        const std::size_t capacity = needed < 2 * capacity_ ? 2 * capacity_ : needed;
        char* bigger = new (std::nothrow) char[capacity];
        if (bigger == nullptr) return false;
        if (size_ != 0) std::memcpy(bigger, data_, size_);
        release();
        data_ = bigger;
        capacity_ = capacity;
        return true;
    }

    void release() noexcept {
        if (data_ != nullptr) OPENSSL_cleanse(data_, size_);
        delete[] data_;
    }

    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// The tag that a signature is compared with: of a forged delivery it is the signature that its forger wants.
struct wiped_tag {
    std::size_t size = 0;
    unsigned char bytes[max_digest_size];

    ~wiped_tag() { OPENSSL_cleanse(bytes, size); }
};

} // namespace detail

/// Longest signature in bytes, decoded: RSA with the longest key.
inline constexpr std::size_t max_signature_size = max_rsa_bits / 8;

/// Longest signature in bytes, decoded, of one proof.
[[nodiscard]] constexpr std::size_t longest_signature(proof how) noexcept {
    switch (how) {
    case proof::hmac:
    case proof::keyed_hash:
    case proof::ed25519: break;
    case proof::token: // user and password of basic authentication are encoded
    case proof::rsa:
    case proof::rsa_pss: return max_signature_size;
    case proof::ecdsa_der:
    case proof::ecdsa_p1363: return max_ecdsa_der_size;
    }
    return max_digest_size;
}

/// Signed content on its way through one key: started, fed in order, then asked which signatures hold.
///
/// Whatever fails on the way, no signature holds.
template <class Hash>
class running_proof {
public:
    [[nodiscard]] bool start(const prepared_key<Hash>& key) noexcept {
        key_ = &key;
        switch (key.how()) {
        case proof::hmac: return running_.start(key.hmac());
        case proof::keyed_hash:
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: return running_.start(key.hash());
        case proof::token:
        case proof::ed25519: return true;
        }
        return false;
    }

    [[nodiscard]] bool update(std::string_view bytes) noexcept {
        if (key_ == nullptr) return false;
        switch (key_->how()) {
        case proof::hmac:
        case proof::keyed_hash:
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: return running_.update(bytes);
        case proof::token: return true;
        case proof::ed25519: return message_.append(bytes);
        }
        return false;
    }

    /// The key, where it is a part of the content.
    [[nodiscard]] bool update_with_key() noexcept {
        return key_ != nullptr && key_->how() == proof::keyed_hash && running_.update(key_->bytes());
    }

    /// After the last update, once.
    [[nodiscard]] bool finish() noexcept {
        if (key_ == nullptr) return false;
        switch (key_->how()) {
        case proof::hmac: tag_.size = running_.finish(key_->hmac(), tag_.bytes); return tag_.size != 0;
        case proof::keyed_hash:
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: tag_.size = running_.finish(tag_.bytes); return tag_.size != 0;
        case proof::token:
        case proof::ed25519: return true;
        }
        return false;
    }

    /// `none` where a presented signature holds, `signature_mismatch` where it does not, and `internal_failure` where
    /// that could not be found out.
    [[nodiscard]] error check(std::span<const unsigned char> signature) const noexcept {
        if (key_ == nullptr) return error::internal_failure;
        const auto verdict = [](bool same) { return same ? error::none : error::signature_mismatch; };
        switch (key_->how()) {
        case proof::hmac:
        case proof::keyed_hash: return verdict(equal(signature, {tag_.bytes, tag_.size}));
        case proof::token: {
            unsigned char hashed[32];
            if (!sha256({reinterpret_cast<const char*>(signature.data()), signature.size()}, hashed))
                return error::internal_failure;
            return verdict(equal(hashed, key_->token()));
        }
        case proof::ed25519: return check_ed25519(key_->public_part(), message_.view(), signature);
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: return key_->of_digests().check({tag_.bytes, tag_.size}, signature);
        }
        return error::internal_failure;
    }

    /// Whether a presented signature holds.
    [[nodiscard]] bool holds(std::span<const unsigned char> signature) const noexcept {
        return check(signature) == error::none;
    }

private:
    const prepared_key<Hash>* key_ = nullptr;
    running_hmac<Hash> running_;
    detail::message_buffer message_;
    detail::wiped_tag tag_;
};

} // namespace hookseal::inline v0_1

#endif
