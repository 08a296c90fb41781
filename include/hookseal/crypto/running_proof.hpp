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

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

/// Bytes collected for an algorithm that wants its message in one piece.
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
    ~message_buffer() { delete[] data_; }

    [[nodiscard]] bool append(std::string_view bytes) noexcept {
        if (bytes.size() > capacity_ - size_ && !grow(bytes.size())) return false;
        if (!bytes.empty()) std::memcpy(data_ + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
        return true;
    }
    [[nodiscard]] std::string_view view() const noexcept { return {data_, size_}; }

private:
    [[nodiscard]] bool grow(std::size_t more) noexcept {
        if (more > static_cast<std::size_t>(-1) / 2 - size_) return false;
        const std::size_t needed = size_ + more;
        const std::size_t capacity = needed < 2 * capacity_ ? 2 * capacity_ : needed;
        char* bigger = new (std::nothrow) char[capacity];
        if (bigger == nullptr) return false;
        if (size_ != 0) std::memcpy(bigger, data_, size_);
        delete[] data_;
        data_ = bigger;
        capacity_ = capacity;
        return true;
    }

    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace detail

/// Longest signature in bytes, decoded: RSA with the longest key.
inline constexpr std::size_t max_signature_size = max_rsa_bits / 8;

/// Longest signature in bytes, decoded, of one proof.
[[nodiscard]] constexpr std::size_t longest_signature(proof how) noexcept {
    switch (how) {
    case proof::hmac:
    case proof::keyed_hash:
    case proof::token:
    case proof::ed25519: break;
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
        case proof::hmac: tag_size_ = running_.finish(key_->hmac(), tag_); return tag_size_ != 0;
        case proof::keyed_hash:
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: tag_size_ = running_.finish(tag_); return tag_size_ != 0;
        case proof::token:
        case proof::ed25519: return true;
        }
        return false;
    }

    /// Whether a presented signature holds.
    [[nodiscard]] bool holds(std::span<const unsigned char> signature) const noexcept {
        if (key_ == nullptr) return false;
        switch (key_->how()) {
        case proof::hmac:
        case proof::keyed_hash: return equal(signature, {tag_, tag_size_});
        case proof::token: {
            unsigned char hashed[32];
            return sha256({reinterpret_cast<const char*>(signature.data()), signature.size()}, hashed)
                   && equal(hashed, key_->token());
        }
        case proof::ed25519: return verify_ed25519(key_->public_part(), message_.view(), signature);
        case proof::rsa:
        case proof::rsa_pss:
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: return key_->of_digests().holds({tag_, tag_size_}, signature);
        }
        return false;
    }

private:
    const prepared_key<Hash>* key_ = nullptr;
    running_hmac<Hash> running_;
    detail::message_buffer message_;
    std::size_t tag_size_ = 0;
    unsigned char tag_[max_digest_size];
};

} // namespace hookseal::inline v0_1

#endif
