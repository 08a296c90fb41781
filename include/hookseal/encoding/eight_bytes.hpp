// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_EIGHT_BYTES_HPP
#define HOOKSEAL_ENCODING_EIGHT_BYTES_HPP

#include <cstdint>

namespace hookseal::inline v0_1 {

/// The same byte eight times: what a test of eight characters at once compares with.
[[nodiscard]] constexpr std::uint64_t eight_times(unsigned char byte) noexcept {
    return std::uint64_t{0x0101'0101'0101'0101} * byte;
}

/// Eight bytes of text as one number, the first byte the least significant, whatever the machine's own order.
/// Compilers make one load of it. `text` must have eight bytes.
[[nodiscard]] constexpr std::uint64_t eight_bytes(const char* text) noexcept {
    const auto byte = [text](unsigned i) noexcept {
        return std::uint64_t{static_cast<unsigned char>(text[i])} << 8U * i;
    };
    return byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
}

/// The same of four.
[[nodiscard]] constexpr std::uint32_t four_bytes(const char* text) noexcept {
    const auto byte = [text](unsigned i) noexcept {
        return std::uint32_t{static_cast<unsigned char>(text[i])} << 8U * i;
    };
    return byte(0) | byte(1) | byte(2) | byte(3);
}

/// The inverse for eight: writes the least significant byte first.
constexpr void write_eight_bytes(std::uint64_t from, unsigned char* to) noexcept {
    to[0] = static_cast<unsigned char>(from);
    to[1] = static_cast<unsigned char>(from >> 8U);
    to[2] = static_cast<unsigned char>(from >> 16U);
    to[3] = static_cast<unsigned char>(from >> 24U);
    to[4] = static_cast<unsigned char>(from >> 32U);
    to[5] = static_cast<unsigned char>(from >> 40U);
    to[6] = static_cast<unsigned char>(from >> 48U);
    to[7] = static_cast<unsigned char>(from >> 56U);
}

} // namespace hookseal::inline v0_1

#endif
