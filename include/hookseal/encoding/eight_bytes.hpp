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

} // namespace hookseal::inline v0_1

#endif
