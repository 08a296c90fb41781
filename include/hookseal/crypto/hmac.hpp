// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_HMAC_HPP
#define HOOKSEAL_CRYPTO_HMAC_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/whole_message.hpp>

#include <openssl/crypto.h>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A key whose work is done: the hash states after its inner and its outer pad (RFC 2104). Preparing it once leaves
/// two copies of a state and one extra block to each message.
///
/// RFC 2104: H(K ⊕ opad ‖ H(K ⊕ ipad ‖ text)), with K hashed first where it is longer than a block.
template <class Hash>
class hmac_key {
public:
    /// False for an empty key, an unsuitable digest, or a failure of OpenSSL; the key is then unusable.
    [[nodiscard]] bool prepare(digest hash, std::string_view key) noexcept {
        unsigned char block[128] = {};
        const std::size_t block_size = hash == digest::sha384 || hash == digest::sha512 ? 128 : 64;
        bool ok = !key.empty() && hash != digest::crc32;
        if (ok && key.size() > block_size) {
            unsigned char hashed[max_digest_size];
            Hash long_key;
            ok = long_key.start(hash) && long_key.update(key);
            const std::size_t size = ok ? long_key.finish(hashed) : 0;
            ok = size != 0;
            std::memcpy(block, hashed, size);
            OPENSSL_cleanse(hashed, sizeof hashed);
        } else if (ok) {
            std::memcpy(block, key.data(), key.size());
        }
        ok = ok && pad(inner_, hash, block, block_size, 0x36) && pad(outer_, hash, block, block_size, 0x5c);
        OPENSSL_cleanse(block, sizeof block);
        return ok;
    }

    [[nodiscard]] const Hash& inner() const noexcept { return inner_; }
    [[nodiscard]] const Hash& outer() const noexcept { return outer_; }

private:
    [[nodiscard]] static bool pad(Hash& into, digest hash, const unsigned char* key, std::size_t size,
                                  unsigned char with) noexcept {
        char padded[128];
        for (std::size_t i = 0; i < size; ++i)
            padded[i] = static_cast<char>(key[i] ^ with);
        const bool ok = into.start(hash) && into.update({padded, size});
        OPENSSL_cleanse(padded, sizeof padded);
        return ok;
    }

    Hash inner_;
    Hash outer_;
};

/// One message under a prepared key, or under none as a plain hash, in as many updates as it takes.
template <class Hash>
class running_hmac {
public:
    [[nodiscard]] bool start(const hmac_key<Hash>& key) noexcept { return state_.assign(key.inner()); }
    [[nodiscard]] bool start(digest plain) noexcept { return state_.start(plain); }
    [[nodiscard]] bool update(std::string_view bytes) noexcept { return state_.update(bytes); }

    /// The plain hash's length, or 0 on failure.
    [[nodiscard]] std::size_t finish(unsigned char (&hash)[max_digest_size]) noexcept {
        return state_.finish(hash);
    }

    /// The tag's length, or 0 on failure.
    [[nodiscard]] std::size_t finish(const hmac_key<Hash>& key,
                                     unsigned char (&tag)[max_digest_size]) noexcept {
        const std::size_t size = state_.finish(tag);
        return size == 0 ? 0 : state_.finish_from(key.outer(), tag, size);
    }

    /// The tag of a short message that is all there is, without a start: its length, or 0 on failure.
    [[nodiscard]] std::size_t finish_whole(const hmac_key<Hash>& key, whole_message& message,
                                           unsigned char (&tag)[max_digest_size]) noexcept {
        const std::size_t size = state_.finish_whole(key.inner(), message, tag);
        return size == 0 ? 0 : state_.finish_from(key.outer(), tag, size);
    }

private:
    Hash state_;
};

} // namespace hookseal::inline v0_1

#endif
