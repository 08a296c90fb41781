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

/// The bit that tells upper from lower case in each of eight bytes that is a letter. Sums of seven-bit values show in
/// each byte's top bit whether it is at least `a` and whether it is beyond `z`, without a carry into the next one.
constexpr std::uint64_t case_bits(std::uint64_t text) noexcept {
    const std::uint64_t values = (text | eight_times(0x20)) & eight_times(0x7f);
    const std::uint64_t from_a = values + eight_times(0x80 - 'a');
    const std::uint64_t beyond_z = values + eight_times(0x7f - 'z');
    return ((from_a ^ beyond_z) & ~text & eight_times(0x80)) >> 2U;
}

constexpr bool equal_eight_ignoring_case(const char* a, const char* b) noexcept {
    const std::uint64_t text = eight_bytes(a);
    return ((text ^ eight_bytes(b)) & ~case_bits(text)) == 0;
}

constexpr bool equal_ignoring_case(const char* a, const char* b, std::size_t size) noexcept {
    if (size < 8) {
        for (std::size_t i = 0; i < size; ++i)
            if (to_lower(a[i]) != to_lower(b[i])) return false;
        return true;
    }
    // The last eight bytes overlap those before them where the length is no multiple of eight.
    for (std::size_t i = 0; i < size - 8; i += 8)
        if (!equal_eight_ignoring_case(a + i, b + i)) return false;
    return equal_eight_ignoring_case(a + size - 8, b + size - 8);
}

} // namespace detail

/// Equality of tokens that ignores the case of ASCII letters: header field names (RFC 9110 section 5.1),
/// authentication schemes (section 11.1). Not for secrets or signatures: it stops at the first difference.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && detail::equal_ignoring_case(a.data(), b.data(), a.size());
}

/// An ASCII digit, `0` to `9`.
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The value of one hexadecimal digit of either case, 0 to 15, or -1 for every other byte.
[[nodiscard]] constexpr int hex_digit(char c) noexcept {
    if (is_digit(c)) return c - '0';
    const char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

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
