// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_BASE64_HPP
#define HOOKSEAL_ENCODING_BASE64_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// The two spellings of base64 that webhooks use.
enum class base64_form : unsigned char {
    padded, ///< RFC 4648 section 4: `+` and `/`, padded with `=` to a multiple of four
    url     ///< RFC 4648 section 5: `-` and `_`, no padding (as in JWTs, RFC 7515 section 2)
};

/// The answer of the decoders for a text that is refused.
inline constexpr std::size_t not_base64 = static_cast<std::size_t>(-1);

namespace detail {

inline constexpr unsigned char no_base64_digit = 0x80;

constexpr std::string_view base64_digits(base64_form form) noexcept {
    return form == base64_form::padded ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                                       : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
}

constexpr std::array<unsigned char, 256> make_base64_values(base64_form form) noexcept {
    std::array<unsigned char, 256> values{};
    for (auto& value : values)
        value = no_base64_digit;
    for (unsigned char i = 0; i < 64; ++i)
        values[static_cast<unsigned char>(base64_digits(form)[i])] = i;
    return values;
}

inline constexpr std::array<unsigned char, 256> base64_values_padded =
    make_base64_values(base64_form::padded);
inline constexpr std::array<unsigned char, 256> base64_values_url = make_base64_values(base64_form::url);

/// The value of a digit of the standard alphabet, else `no_base64_digit`, by arithmetic alone.
constexpr unsigned secret_base64_value(char digit) noexcept {
    const int c = static_cast<unsigned char>(digit);
    const auto within = [c](char first, char last) noexcept {
        return ((first - 1 - c) & (c - last - 1)) >> 15;
    };
    const int value = (within('A', 'Z') & (c - 'A' + 1)) | (within('a', 'z') & (c - 'a' + 27))
                      | (within('0', '9') & (c - '0' + 53)) | (within('+', '+') & 63)
                      | (within('/', '/') & 64);
    return static_cast<unsigned>(value - 1) & (no_base64_digit | 0x3fU);
}

constexpr std::size_t base64_decoded_size(std::size_t digits) noexcept {
    return digits / 4 * 3 + (digits % 4 == 0 ? 0 : digits % 4 - 1);
}

/// Decodes `digits` (no padding, never one digit more than a multiple of four) into as many bytes as they make.
/// Answers all values or-ed together; `left_over` gets the bits of the last digit that are part of no byte.
template <class ValueOf>
constexpr unsigned decode_base64_digits(std::string_view digits, unsigned char* out, std::uint32_t& left_over,
                                        ValueOf value_of) noexcept {
    unsigned seen = 0;
    std::size_t i = 0;
    for (; i + 4 <= digits.size(); i += 4) {
        const unsigned a = value_of(digits[i]);
        const unsigned b = value_of(digits[i + 1]);
        const unsigned c = value_of(digits[i + 2]);
        const unsigned d = value_of(digits[i + 3]);
        seen |= a | b | c | d;
        *out++ = static_cast<unsigned char>(a << 2U | b >> 4U);
        *out++ = static_cast<unsigned char>(b << 4U | c >> 2U);
        *out++ = static_cast<unsigned char>(c << 6U | d);
    }
    left_over = 0;
    if (digits.size() - i >= 2) {
        const unsigned a = value_of(digits[i]);
        const unsigned b = value_of(digits[i + 1]);
        seen |= a | b;
        *out++ = static_cast<unsigned char>(a << 2U | b >> 4U);
        left_over = b & 0x0fU;
        if (digits.size() - i == 3) {
            const unsigned c = value_of(digits[i + 2]);
            seen |= c;
            *out = static_cast<unsigned char>(b << 4U | c >> 2U);
            left_over = c & 0x03U;
        }
    }
    return seen;
}

} // namespace detail

/// How many characters `bytes` bytes take in this form.
[[nodiscard]] constexpr std::size_t base64_size(std::size_t bytes, base64_form form) noexcept {
    if (form == base64_form::padded) return (bytes + 2) / 3 * 4;
    return bytes / 3 * 4 + (bytes % 3 == 0 ? 0 : bytes % 3 + 1);
}

/// Decodes the one canonical spelling of some bytes and nothing else: a text decodes exactly when encoding the
/// result gives the text again. Refused are therefore missing, superfluous or misplaced padding, left-over bits
/// that are not zero (RFC 4648 section 3.5), white space and the other form's alphabet.
///
/// Answers the number of bytes written, or `not_base64` when the text is refused or its bytes do not fit in
/// `out`. An empty text is no bytes. What `out` holds after a refusal is of no use.
[[nodiscard]] constexpr std::size_t decode_base64(std::string_view text, std::span<unsigned char> out,
                                                  base64_form form) noexcept {
    if (form == base64_form::padded) {
        if (text.size() % 4 != 0) return not_base64;
        if (text.ends_with('=')) text.remove_suffix(1);
        if (text.ends_with('=')) text.remove_suffix(1);
    }
    if (text.size() % 4 == 1) return not_base64;
    const std::size_t size = detail::base64_decoded_size(text.size());
    if (size > out.size()) return not_base64;

    const auto& values =
        form == base64_form::padded ? detail::base64_values_padded : detail::base64_values_url;
    std::uint32_t left_over = 0;
    const unsigned seen =
        detail::decode_base64_digits(text, out.data(), left_over, [&values](char digit) noexcept -> unsigned {
            return values[static_cast<unsigned char>(digit)];
        });
    return (seen & detail::no_base64_digit) != 0 || left_over != 0 ? not_base64 : size;
}

/// Decodes a configured secret, which people copy and cut: the standard alphabet, padding either complete or
/// left out, and left-over bits ignored, as the Standard Webhooks libraries for Python, PHP and Ruby do. All else
/// is refused: white space, a comma, `-`, `_`, half a padding, and a single digit that is left over, for it is
/// no byte and hints at a secret that was cut off.
///
/// For configuration alone: a presented signature has one spelling, see `decode_base64`. Answers as that does.
[[nodiscard]] constexpr std::size_t decode_base64_secret(std::string_view text,
                                                         std::span<unsigned char> out) noexcept {
    if (text.size() % 4 == 0) {
        if (text.ends_with('=')) text.remove_suffix(1);
        if (text.ends_with('=')) text.remove_suffix(1);
    }
    if (text.size() % 4 == 1) return not_base64;
    const std::size_t size = detail::base64_decoded_size(text.size());
    if (size > out.size()) return not_base64;

    // A table indexed by a secret's digits tells them to whoever shares the cache (RUSTSEC-2024-0354), so every
    // digit takes the same arithmetic and the only branch is on whether the whole text was base64.
    std::uint32_t left_over = 0;
    const unsigned seen =
        detail::decode_base64_digits(text, out.data(), left_over, detail::secret_base64_value);
    return (seen & detail::no_base64_digit) != 0 ? not_base64 : size;
}

/// Writes `base64_size(bytes.size(), form)` characters to `out`, without a terminating NUL, and answers how many.
constexpr std::size_t encode_base64(std::span<const unsigned char> bytes, char* out,
                                    base64_form form) noexcept {
    const std::string_view digits = detail::base64_digits(form);
    const char* const start = out;
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        const unsigned group = unsigned{bytes[i]} << 16U | unsigned{bytes[i + 1]} << 8U | bytes[i + 2];
        *out++ = digits[group >> 18U];
        *out++ = digits[group >> 12U & 0x3fU];
        *out++ = digits[group >> 6U & 0x3fU];
        *out++ = digits[group & 0x3fU];
    }
    if (i < bytes.size()) {
        const bool two = i + 1 < bytes.size();
        const unsigned group = unsigned{bytes[i]} << 16U | (two ? unsigned{bytes[i + 1]} << 8U : 0U);
        *out++ = digits[group >> 18U];
        *out++ = digits[group >> 12U & 0x3fU];
        if (two) *out++ = digits[group >> 6U & 0x3fU];
        if (form == base64_form::padded) {
            if (!two) *out++ = '=';
            *out++ = '=';
        }
    }
    return static_cast<std::size_t>(out - start);
}

} // namespace hookseal::inline v0_1

#endif
