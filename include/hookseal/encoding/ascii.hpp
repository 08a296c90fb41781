// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_ASCII_HPP
#define HOOKSEAL_ENCODING_ASCII_HPP

#include <hookseal/encoding/eight_bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// The lower-case form of an ASCII letter; every other byte as it is. Never asks the locale: in a Turkish one
/// `std::tolower` would make a header's name another name.
[[nodiscard]] constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

namespace detail {

/// `to_lower` of eight bytes at once. Sums of seven-bit values show in each byte's top bit whether it is at least
/// `A` and whether it is beyond `Z`, without a carry into the next one; 0x80, shifted, is the bit of lower case.
constexpr std::uint64_t lower_eight(std::uint64_t text) noexcept {
    const std::uint64_t values = text & eight_times(0x7f);
    const std::uint64_t from_a = values + eight_times(0x80 - 'A');
    const std::uint64_t beyond_z = values + eight_times(0x7f - 'Z');
    return text | ((from_a ^ beyond_z) & ~text & eight_times(0x80)) >> 2U;
}

} // namespace detail

/// Equality of tokens that ignores the case of ASCII letters: header field names (RFC 9110 section 5.1),
/// authentication schemes (section 11.1). Not for secrets or signatures: it stops at the first difference.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    std::size_t i = 0;
    for (; a.size() - i >= 8; i += 8) {
        if (detail::lower_eight(eight_bytes(a.data() + i)) != detail::lower_eight(eight_bytes(b.data() + i)))
            return false;
    }
    for (; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}

/// An ASCII digit, `0` to `9`.
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// What may surround a header's value: SP or HTAB (`OWS`, RFC 9110 section 5.6.3). Line breaks are no space.
[[nodiscard]] constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t'; }

/// Whether all bytes are printable ASCII, 0x20 to 0x7e: no controls, no NUL, nothing beyond ASCII.
/// An empty text is printable.
[[nodiscard]] constexpr bool is_printable(std::string_view text) noexcept {
    for (const char c : text) {
        if (c < ' ' || c > '~') return false;
    }
    return true;
}

} // namespace hookseal::inline v0_1

#endif
