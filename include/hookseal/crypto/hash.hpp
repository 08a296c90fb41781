// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_HASH_HPP
#define HOOKSEAL_CRYPTO_HASH_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/whole_message.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// Two ways to hash, as types: a program may use both, and neither changes meaning with a translation unit's settings.
//
// A running hash has `start`, `update`, `finish` (which returns the digest's length, 0 on failure), `assign`, which
// copies a prepared state, and two that end a prepared state of one block, as HMAC has them: `finish_whole` with a short
// message, and `finish_from` with a digest, in place. Each call on a failed state fails.

namespace hookseal::inline v0_1 {

namespace detail {

[[nodiscard]] inline const EVP_MD* evp_md(digest hash) noexcept {
    switch (hash) {
    case digest::sha1: return EVP_sha1();
    case digest::sha256: return EVP_sha256();
    case digest::sha384: return EVP_sha384();
    case digest::sha512: return EVP_sha512();
    case digest::md5: return EVP_md5();
    case digest::crc32: break;
    }
    return nullptr;
}

/// Writes words as a digest has them: the most significant byte first.
template <class Word, std::size_t Count>
void write_big_endian(const Word (&words)[Count], unsigned char* to) noexcept {
    static_assert(sizeof words % 16 == 0 && sizeof(Word) == 4);
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    // Four at once, and written at once: whoever reads them next then need not wait until single ones have arrived.
    using four_words [[gnu::vector_size(16)]] = Word;
    for (std::size_t i = 0; i < Count; i += 4) {
        four_words four;
        std::memcpy(&four, words + i, sizeof four);
        four = four >> 24U | (four >> 8U & 0xff00U) | (four << 8U & 0xff'0000U) | four << 24U;
        std::memcpy(to + 4 * i, &four, sizeof four);
    }
#else
    for (const Word word : words)
        for (unsigned shift = 32; shift > 0; shift -= 8)
            *to++ = static_cast<unsigned char>(word >> (shift - 8) & 0xff);
#endif
}

} // namespace detail

/// Hashes through OpenSSL's EVP interface: the provider that the process is configured with (FIPS, an engine) does
/// the work. Each running hash owns heap memory.
class evp_hash {
public:
    evp_hash() noexcept = default;
    evp_hash(evp_hash&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}
    evp_hash& operator=(evp_hash&& other) noexcept {
        std::swap(context_, other.context_);
        return *this;
    }
    ~evp_hash() {
        if (context_ != nullptr) EVP_MD_CTX_free(context_);
    }

    [[nodiscard]] bool start(digest hash) noexcept {
        const error_queue_mark mark;
        const EVP_MD* md = detail::evp_md(hash);
        return md != nullptr && allocated() && EVP_DigestInit_ex(context_, md, nullptr) == 1;
    }
    [[nodiscard]] bool assign(const evp_hash& prepared) noexcept {
        const error_queue_mark mark;
        return prepared.context_ != nullptr && allocated()
               && EVP_MD_CTX_copy_ex(context_, prepared.context_) == 1;
    }
    [[nodiscard]] bool update(std::string_view bytes) noexcept {
        const error_queue_mark mark;
        return context_ != nullptr && EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1;
    }
    [[nodiscard]] std::size_t finish(unsigned char (&out)[max_digest_size]) noexcept {
        const error_queue_mark mark;
        unsigned int size = 0;
        return context_ != nullptr && EVP_DigestFinal_ex(context_, out, &size) == 1 ? size : 0;
    }
    [[nodiscard]] std::size_t finish_whole(const evp_hash& block, whole_message& message,
                                           unsigned char (&out)[max_digest_size]) noexcept {
        return assign(block) && update(message.view()) ? finish(out) : 0;
    }
    [[nodiscard]] std::size_t finish_from(const evp_hash& block, unsigned char (&hashed)[max_digest_size],
                                          std::size_t size) noexcept {
        if (!assign(block) || !update({reinterpret_cast<const char*>(hashed), size})) return 0;
        return finish(hashed);
    }

private:
    [[nodiscard]] bool allocated() noexcept {
        if (context_ == nullptr) context_ = EVP_MD_CTX_new();
        return context_ != nullptr;
    }

    EVP_MD_CTX* context_ = nullptr;
};

#ifndef OPENSSL_NO_DEPRECATED_3_0

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#elif defined(_MSC_VER)
#pragma warning(push)
#pragma warning(disable : 4996)
#endif

/// Hashes with OpenSSL's low-level functions, which keep their state in the object: a prepared state is copied, and
/// nothing is allocated or fetched. They are deprecated since OpenSSL 3.0, hence behind this one class.
class low_level_hash {
public:
    low_level_hash() noexcept = default;
    low_level_hash(const low_level_hash& other) noexcept { *this = other; }
    low_level_hash& operator=(const low_level_hash& other) noexcept {
        hash_ = other.hash_;
        started_ = other.started_;
        if (hash_ == digest::sha256)
            state_.sha256 = other.state_.sha256;
        else
            state_ = other.state_;
        return *this;
    }
    ~low_level_hash() {
        // States of prepared keys are worth as much as the keys.
        OPENSSL_cleanse(&state_, worth_wiping());
    }

    [[nodiscard]] bool start(digest hash) noexcept {
        hash_ = hash;
        started_ = true;
        switch (hash) {
        case digest::sha1: return SHA1_Init(&state_.sha1) == 1;
        case digest::sha256: return SHA256_Init(&state_.sha256) == 1;
        case digest::sha384: return SHA384_Init(&state_.sha512) == 1;
        case digest::sha512: return SHA512_Init(&state_.sha512) == 1;
        case digest::md5: return MD5_Init(&state_.md5) == 1;
        case digest::crc32: break;
        }
        return started_ = false;
    }
    [[nodiscard]] bool assign(const low_level_hash& prepared) noexcept {
        *this = prepared;
        return started_;
    }
    [[nodiscard]] bool update(std::string_view bytes) noexcept {
        if (!started_) return false;
        switch (hash_) {
        case digest::sha1: return SHA1_Update(&state_.sha1, bytes.data(), bytes.size()) == 1;
        case digest::sha256: return SHA256_Update(&state_.sha256, bytes.data(), bytes.size()) == 1;
        case digest::sha384: return SHA384_Update(&state_.sha512, bytes.data(), bytes.size()) == 1;
        case digest::sha512: return SHA512_Update(&state_.sha512, bytes.data(), bytes.size()) == 1;
        case digest::md5: return MD5_Update(&state_.md5, bytes.data(), bytes.size()) == 1;
        case digest::crc32: break;
        }
        return false;
    }
    [[nodiscard]] std::size_t finish(unsigned char (&out)[max_digest_size]) noexcept {
        if (!started_) return 0;
        started_ = false;
        bool done = false;
        switch (hash_) {
        case digest::sha1: done = SHA1_Final(out, &state_.sha1) == 1; break;
        case digest::sha256: done = SHA256_Final(out, &state_.sha256) == 1; break;
        case digest::sha384: done = SHA384_Final(out, &state_.sha512) == 1; break;
        case digest::sha512: done = SHA512_Final(out, &state_.sha512) == 1; break;
        case digest::md5: done = MD5_Final(out, &state_.md5) == 1; break;
        case digest::crc32: break;
        }
        return done ? size_of(hash_) : 0;
    }
    [[nodiscard]] std::size_t finish_whole(const low_level_hash& block, whole_message& message,
                                           unsigned char (&out)[max_digest_size]) noexcept {
        if (!block.is_sha256()) return assign(block) && update(message.view()) ? finish(out) : 0;
        const std::string_view blocks = message.padded_to_64(SHA256_CBLOCK);
        continue_sha256(block);
        state_.sha256.num = 0; // nothing is left over from before: all of it is whole blocks
        state_.sha256.Nl = state_.sha256.Nh = 0;
        if (SHA256_Update(&state_.sha256, blocks.data(), blocks.size()) != 1) return 0;
        write_sha256(out);
        return SHA256_DIGEST_LENGTH;
    }
    [[nodiscard]] std::size_t finish_from(const low_level_hash& block,
                                          unsigned char (&hashed)[max_digest_size],
                                          std::size_t size) noexcept {
        if (block.is_sha256() && size == SHA256_DIGEST_LENGTH) {
            finish_sha256_from(block, hashed);
            return size;
        }
        if (!assign(block) || !update({reinterpret_cast<const char*>(hashed), size})) return 0;
        return finish(hashed);
    }

private:
    [[nodiscard]] bool is_sha256() const noexcept { return hash_ == digest::sha256 && started_; }

    void continue_sha256(const low_level_hash& block) noexcept {
        hash_ = digest::sha256;
        started_ = false;
        std::memcpy(state_.sha256.h, block.state_.sha256.h, sizeof state_.sha256.h);
    }

    /// What is left is one block, which is put together here: three calls less in every delivery.
    void finish_sha256_from(const low_level_hash& block, unsigned char (&hashed)[max_digest_size]) noexcept {
        constexpr unsigned bits = 8 * (SHA256_CBLOCK + SHA256_DIGEST_LENGTH);
        unsigned char last[SHA256_CBLOCK] = {}; // FIPS 180-4, section 5.1.1: a one, zeros, and the length
        std::memcpy(last, hashed, SHA256_DIGEST_LENGTH);
        last[SHA256_DIGEST_LENGTH] = 0x80;
        last[SHA256_CBLOCK - 2] = bits >> 8;
        last[SHA256_CBLOCK - 1] = bits & 0xff;
        continue_sha256(block);
        SHA256_Transform(&state_.sha256, last);
        write_sha256(hashed);
    }

    void write_sha256(unsigned char (&out)[max_digest_size]) const noexcept {
        detail::write_big_endian(state_.sha256.h, out);
    }

    [[nodiscard]] std::size_t worth_wiping() const noexcept {
        if (hash_ != digest::sha256) return sizeof state_;
        // `SHA256_Final` wipes the block itself; the digest, which comes first, is left.
        return started_ ? sizeof state_.sha256 : sizeof state_.sha256.h;
    }

    union state {
        MD5_CTX md5;
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
    } state_;
    digest hash_ = digest::sha256;
    bool started_ = false;
};

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#elif defined(_MSC_VER)
#pragma warning(pop)
#endif

using default_hash = low_level_hash;

#else

using default_hash = evp_hash;

#endif

/// SHA-1 of some bytes, through EVP. False on failure.
[[nodiscard]] inline bool sha1(std::string_view bytes, std::span<unsigned char, 20> out) noexcept {
    unsigned int size = 0;
    return EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha1(), nullptr) == 1 && size == 20;
}

/// SHA-256 of some bytes, through EVP. False on failure.
[[nodiscard]] inline bool sha256(std::string_view bytes, std::span<unsigned char, 32> out) noexcept {
    const error_queue_mark mark;
    unsigned int size = 0;
    return EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha256(), nullptr) == 1
           && size == 32;
}

} // namespace hookseal::inline v0_1

#endif
