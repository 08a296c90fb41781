// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_WHOLE_MESSAGE_HPP
#define HOOKSEAL_CRYPTO_WHOLE_MESSAGE_HPP

#include <hookseal/encoding/chars.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A short message in one piece. A hash then takes its blocks in one call, where it would take the head, the body, the
/// piece between two blocks and the padding in four; and several keys take the same blocks.
class whole_message {
public:
    /// Most bytes it holds. Beyond, the calls saved cost less than the copying.
    static constexpr std::size_t capacity = 1536;

    /// Appends; false, and nothing is appended, where it does not fit.
    [[nodiscard]] bool update(std::string_view bytes) noexcept {
        if (bytes.size() > capacity - size_) return false;
        if (!bytes.empty()) std::memcpy(bytes_ + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
        return true;
    }

    [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }

    /// The message padded to blocks of 64 bytes, where `before` bytes in whole blocks were hashed already: a one, zeros,
    /// and the length of all in bits (FIPS 180-4, section 5.1.1). The message itself stays what it is.
    [[nodiscard]] std::string_view padded_to_64(std::uint16_t before) noexcept {
        const std::size_t padded = (size_ + 1 + 8 + 63) / 64 * 64;
        std::memset(bytes_ + size_, 0, padded - size_);
        bytes_[size_] = '\x80';
        const std::size_t bits = 8 * (before + size_);
        for (std::size_t i = 1; i <= 3; ++i)
            bytes_[padded - i] = static_cast<char>(bits >> 8 * (i - 1) & 0xff);
        return chars(bytes_, padded);
    }

private:
    std::size_t size_ = 0;
    char bytes_[capacity + 72];
};

} // namespace hookseal::inline v0_1

#endif
