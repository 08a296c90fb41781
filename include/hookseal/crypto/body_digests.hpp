// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_BODY_DIGESTS_HPP
#define HOOKSEAL_CRYPTO_BODY_DIGESTS_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/encoding/crc32.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// The digests of a body that a statement or a store wants, taken together while the body passes by.
class body_digests {
public:
    static constexpr std::size_t max = 4;

    /// Wants a digest; asking twice is asking once. False when there is no room or OpenSSL fails.
    [[nodiscard]] bool want(digest hash) noexcept {
        if (find(hash) != nullptr) return true;
        if (size_ == max) return false;
        if (hash != digest::crc32 && !wanted_[size_].running.start(hash)) return false;
        wanted_[size_++].hash = hash;
        return true;
    }

    [[nodiscard]] bool update(std::string_view bytes) noexcept {
        for (std::size_t i = 0; i < size_; ++i) {
            entry& e = wanted_[i];
            if (e.hash == digest::crc32)
                e.checksum.update(bytes);
            else if (!e.running.update(bytes))
                return false;
        }
        return true;
    }

    /// After the last update, once.
    [[nodiscard]] bool finish() noexcept {
        for (std::size_t i = 0; i < size_; ++i) {
            entry& e = wanted_[i];
            if (e.hash == digest::crc32) {
                const std::uint32_t value = e.checksum.value();
                for (std::size_t byte = 0; byte < 4; ++byte)
                    e.bytes[byte] = static_cast<unsigned char>(value >> (24 - 8 * byte));
                e.size = 4;
            } else {
                e.size = e.running.finish(e.bytes);
            }
            if (e.size == 0) return false;
        }
        return true;
    }

    /// The finished digest; empty where it was not wanted.
    [[nodiscard]] std::span<const unsigned char> get(digest hash) const noexcept {
        const entry* e = find(hash);
        return e == nullptr ? std::span<const unsigned char>{}
                            : std::span<const unsigned char>{e->bytes, e->size};
    }

private:
    struct entry {
        digest hash = digest::sha256;
        evp_hash running{};
        crc32 checksum{};
        std::size_t size = 0;
        unsigned char bytes[max_digest_size];
    };

    [[nodiscard]] const entry* find(digest hash) const noexcept {
        for (std::size_t i = 0; i < size_; ++i)
            if (wanted_[i].hash == hash) return &wanted_[i];
        return nullptr;
    }

    std::size_t size_ = 0;
    entry wanted_[max];
};

} // namespace hookseal::inline v0_1

#endif
