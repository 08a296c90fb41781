// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_HEX_HPP
#define HOOKSEAL_ENCODING_HEX_HPP

#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/eight_bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace hookseal::inline v0_1 {

/// Which letters a hexadecimal text may use. One spelling is the default: two spellings of one signature are
/// two chances to be taken for two deliveries.
enum class hex_case : unsigned char {
    lower, ///< `a` to `f`
    any    ///< `a` to `f` and `A` to `F`, mixed as they come
};

namespace detail {

/// The four bytes that eight lower-case digits spell, the first the least significant. The high half of each byte of
/// `wrong` stays 0 if all are digits: bit 6 tells letters, values end at 15, and those of letters alone are above 9.
constexpr std::uint64_t hex_bytes(std::uint64_t digits, std::uint64_t& wrong) noexcept {
    const std::uint64_t letters = digits >> 6U & eight_times(1);
    const std::uint64_t values = (digits ^ eight_times('0')) - (('a' ^ '0') - 10) * letters;
    wrong |= values | ((values + eight_times(6)) ^ letters << 4U);
    const std::uint64_t pairs = (values << 4U | values >> 8U) & 0x00ff'00ff'00ff'00ff;
    const std::uint64_t halves = (pairs | pairs >> 8U) & 0x0000'ffff'0000'ffff;
    return (halves | halves >> 16U) & 0xffff'ffff;
}

#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

using sixteen_chars [[gnu::vector_size(16)]] = signed char;
using eight_pairs [[gnu::vector_size(16)]] = std::uint16_t;

/// The pairs of digits' values, each with its byte in the lower half; `wrong` as above.
inline eight_pairs hex_pairs(const char* digits, signed char upper_case, sixteen_chars& wrong) noexcept {
    sixteen_chars text;
    std::memcpy(&text, digits, sizeof text);
    const sixteen_chars letters = text > '9';
    text |= letters & upper_case;
    const sixteen_chars values = text - '0' - (letters & ('a' - '0' - 10));
    wrong |= values | (letters & (values < 10));
    const auto pairs = reinterpret_cast<eight_pairs>(values);
    return (pairs << 4U | pairs >> 8U) & 0xff;
}

/// Sixteen bytes at once, in vectors, which makes a quarter of the instructions.
inline void hex_sixteen_bytes(const char* digits, hex_case letters, std::uint64_t& wrong,
                              unsigned char* out) noexcept {
    const signed char upper_case = letters == hex_case::any ? 0x20 : 0;
    sixteen_chars wrong_ones{};
    const auto first = reinterpret_cast<sixteen_chars>(hex_pairs(digits, upper_case, wrong_ones));
    const auto second = reinterpret_cast<sixteen_chars>(hex_pairs(digits + 16, upper_case, wrong_ones));
    const sixteen_chars bytes =
        __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    std::memcpy(out, &bytes, sizeof bytes);
    std::uint64_t halves[2];
    std::memcpy(halves, &wrong_ones, sizeof halves);
    wrong |= halves[0] | halves[1];
}

#endif

} // namespace detail

/// Decodes exactly `out.size()` bytes from exactly twice as many digits (base16, RFC 4648 section 8, in the case
/// asked for). False for any other length or byte; what `out` holds then is of no use.
///
/// Keys may be decoded with it: no branch but the last and no table depends on a digit (compare
/// RUSTSEC-2024-0354, where tables told a base64 secret to whoever shared the cache).
[[nodiscard]] constexpr bool decode_hex(std::string_view text, std::span<unsigned char> out,
                                        hex_case letters = hex_case::lower) noexcept {
    if (text.size() != 2 * out.size()) return false;
    const std::uint64_t upper_case = letters == hex_case::any ? eight_times(0x40) : 0;
    std::uint64_t wrong = 0;
    const auto four = [&](const char* digits) noexcept {
        const std::uint64_t eight = eight_bytes(digits);
        return detail::hex_bytes(eight | (eight & upper_case) >> 1U, wrong);
    };
    const char* from = text.data();
    std::size_t i = 0;
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (!std::is_constant_evaluated())
        for (; out.size() - i >= 16; i += 16, from += 32)
            detail::hex_sixteen_bytes(from, letters, wrong, out.data() + i);
#endif
    for (; out.size() - i >= 8; i += 8, from += 16)
        write_eight_bytes(four(from) | four(from + 8) << 32U, out.data() + i);
    for (; i < out.size(); ++i, from += 2) {
        const char padded[8] = {from[0], from[1], '0', '0', '0', '0', '0', '0'};
        out[i] = static_cast<unsigned char>(four(padded));
    }
    return (wrong & eight_times(0xf0)) == 0;
}

/// Writes `2 * bytes.size()` lower-case digits to `out`, without a terminating NUL.
constexpr void encode_hex(std::span<const unsigned char> bytes, char* out) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    for (const unsigned char byte : bytes) {
        *out++ = digits[byte >> 4U];
        *out++ = digits[byte & 0x0fU];
    }
}

} // namespace hookseal::inline v0_1

#endif
