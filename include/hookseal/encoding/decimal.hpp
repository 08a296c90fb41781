// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_DECIMAL_HPP
#define HOOKSEAL_ENCODING_DECIMAL_HPP

#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/eight_bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// The number that eight digits spell, the first in the least significant byte; `wrong` where one is no digit. Pairs,
/// then fours, then all eight are put together at once.
[[nodiscard]] constexpr std::uint64_t eight_digits(std::uint64_t text, bool& wrong) noexcept {
    std::uint64_t n = text ^ eight_times('0');
    wrong = (((n + eight_times(0x80 - 10)) | n) & eight_times(0x80)) != 0;
    n = (10 * n + (n >> 8U)) & 0x00ff'00ff'00ff'00ff;
    n = (100 * n + (n >> 16U)) & 0x0000'ffff'0000'ffff;
    return (10'000 * n + (n >> 32U)) & 0xffff'ffff;
}

} // namespace detail

/// Reads a canonical number: one to `max_digits` digits and nothing else, no sign, no space, no leading zero
/// except `0` itself. Two readers of one header that disagree about ` 12`, `+12`, `012` or `12abc` disagree
/// about what was signed, so all of these are refused.
///
/// More than 18 digits, which might not fit, are refused whatever `max_digits` says. `value` is written on
/// success only.
[[nodiscard]] constexpr bool parse_decimal(std::string_view text, std::int64_t& value,
                                           int max_digits = 18) noexcept {
    const std::size_t longest = max_digits < 0    ? 0
                                : max_digits < 18 ? static_cast<std::size_t>(max_digits)
                                                  : 18;
    if (text.empty() || text.size() > longest) return false;
    if (text.front() == '0' && text.size() > 1) return false;
    std::uint64_t read = 0;
    for (; text.size() >= 8; text.remove_prefix(8)) {
        bool wrong = false;
        read = 100'000'000 * read + detail::eight_digits(eight_bytes(text.data()), wrong);
        if (wrong) return false;
    }
    for (const char c : text) {
        if (!is_digit(c)) return false;
        read = 10 * read + static_cast<unsigned char>(c - '0');
    }
    value = static_cast<std::int64_t>(read);
    return true;
}

/// Writes the digits of `value`, at most 20, to `out`, without a terminating NUL, and answers how many.
constexpr std::size_t write_decimal(std::uint64_t value, char* out) noexcept {
    std::size_t digits = 1;
    for (std::uint64_t rest = value; rest >= 10; rest /= 10)
        ++digits;
    for (std::size_t i = digits; i-- > 0; value /= 10)
        out[i] = static_cast<char>('0' + value % 10);
    return digits;
}

} // namespace hookseal::inline v0_1

#endif
