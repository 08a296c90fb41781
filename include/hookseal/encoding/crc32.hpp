// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_CRC32_HPP
#define HOOKSEAL_ENCODING_CRC32_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// CRC-32 as in zlib and PNG (ISO 3309, reflected polynomial EDB88320), fed in pieces: a checksum, not a protection.
class crc32 {
public:
    constexpr void update(std::string_view bytes) noexcept {
        for (const char c : bytes)
            state_ = table.entry[(state_ ^ static_cast<unsigned char>(c)) & 0xff] ^ (state_ >> 8);
    }
    [[nodiscard]] constexpr std::uint32_t value() const noexcept { return ~state_; }

private:
    struct entries {
        std::uint32_t entry[256];
    };
    static constexpr entries table = [] {
        entries made{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t c = i;
            for (int bit = 0; bit < 8; ++bit)
                c = (c & 1) != 0 ? 0xedb88320U ^ (c >> 1) : c >> 1;
            made.entry[i] = c;
        }
        return made;
    }();

    std::uint32_t state_ = 0xffffffffU;
};

} // namespace hookseal::inline v0_1

#endif
