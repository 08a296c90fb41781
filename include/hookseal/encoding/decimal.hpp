// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_DECIMAL_HPP
#define HOOKSEAL_ENCODING_DECIMAL_HPP

#include <hookseal/encoding/ascii.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

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
    std::int64_t read = 0;
    for (const char c : text) {
        if (!is_digit(c)) return false;
        read = 10 * read + (c - '0');
    }
    value = read;
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
