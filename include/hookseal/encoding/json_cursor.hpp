// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_JSON_CURSOR_HPP
#define HOOKSEAL_ENCODING_JSON_CURSOR_HPP

#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/eight_bytes.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Walks over JSON tokens. Every `skip_` and `read_` begins at `at`, says whether what it looks for stands there,
/// and leaves `at` behind it.
struct json_cursor {
    const char* at;
    const char* end;

    constexpr explicit json_cursor(std::string_view text) noexcept
        : at{text.data()}, end{text.data() + text.size()} {}

    [[nodiscard]] constexpr bool done() const noexcept { return at == end; }

    [[nodiscard]] constexpr bool next_is(char c) const noexcept { return at != end && *at == c; }

    [[nodiscard]] constexpr bool skip(char c) noexcept {
        if (!next_is(c)) return false;
        ++at;
        return true;
    }

    [[nodiscard]] constexpr bool skip(std::string_view word) noexcept {
        for (const char c : word) {
            if (!skip(c)) return false;
        }
        return true;
    }

    [[nodiscard]] constexpr std::string_view since(const char* start) const noexcept {
        return {start, static_cast<std::size_t>(at - start)};
    }

    constexpr void skip_space() noexcept {
        const char* p = at;
        while (p != end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
            ++p;
        at = p;
    }

    [[nodiscard]] constexpr bool skip_digits() noexcept {
        const char* const start = at;
        while (at != end && is_digit(*at))
            ++at;
        return at != start;
    }

    /// RFC 8259 section 6.
    [[nodiscard]] constexpr bool skip_number() noexcept {
        if (next_is('-')) ++at;
        if (next_is('0')) {
            ++at;
        } else if (!skip_digits()) {
            return false;
        }
        if (skip('.') && !skip_digits()) return false;
        if (next_is('e') || next_is('E')) {
            ++at;
            if (next_is('+') || next_is('-')) ++at;
            if (!skip_digits()) return false;
        }
        return true;
    }

    /// To the next quote, backslash or control character, or to the end.
    constexpr void skip_plain() noexcept {
        // Eight bytes at a time: most of a document is text, and this is most of the reader's time. The least
        // significant flag of each test is exact; those above it may be carried over, and are not looked at.
        constexpr std::uint64_t ones = eight_times(1);
        const char* p = at;
        for (; end - p >= 8; p += 8) {
            const std::uint64_t text = eight_bytes(p);
            const std::uint64_t quote = text ^ eight_times('"');
            const std::uint64_t backslash = text ^ eight_times('\\');
            const std::uint64_t special = (((text - eight_times(0x20)) & ~text) | ((quote - ones) & ~quote)
                                           | ((backslash - ones) & ~backslash))
                                          & eight_times(0x80);
            if (special != 0) {
                at = p + std::countr_zero(special) / 8;
                return;
            }
        }
        while (p != end && *p != '"' && *p != '\\' && static_cast<unsigned char>(*p) >= 0x20)
            ++p;
        at = p;
    }

    /// A string with its quotes; `escaped` becomes true where it holds a backslash.
    [[nodiscard]] constexpr bool skip_string(bool& escaped) noexcept {
        if (!skip('"')) return false;
        for (;;) {
            skip_plain();
            if (skip('"')) return true;
            std::uint32_t code_point = 0;
            if (!read_escape(code_point)) return false;
            escaped = true;
        }
    }

    /// One escape, or two that are a surrogate pair. A surrogate alone is no character (RFC 8259 section 8.2
    /// leaves to us what to do about it), so it is refused.
    [[nodiscard]] constexpr bool read_escape(std::uint32_t& code_point) noexcept {
        if (!skip('\\') || done()) return false;
        const char letter = *at++;
        switch (letter) {
        case '"':
        case '\\':
        case '/': code_point = static_cast<unsigned char>(letter); return true;
        case 'b': code_point = '\b'; return true;
        case 'f': code_point = '\f'; return true;
        case 'n': code_point = '\n'; return true;
        case 'r': code_point = '\r'; return true;
        case 't': code_point = '\t'; return true;
        case 'u': break;
        default: return false;
        }
        if (!read_four_digits(code_point) || (code_point & 0xfc00U) == 0xdc00U) return false;
        if ((code_point & 0xfc00U) != 0xd800U) return true;
        std::uint32_t low = 0;
        if (!skip("\\u") || !read_four_digits(low) || (low & 0xfc00U) != 0xdc00U) return false;
        code_point = 0x1'0000U + ((code_point & 0x3ffU) << 10U | (low & 0x3ffU));
        return true;
    }

    /// Any value of a document that is known to be valid.
    [[nodiscard]] constexpr bool skip_value() noexcept {
        for (int depth = 0; !done();) {
            bool unused = false;
            if (next_is('"')) {
                if (!skip_string(unused)) return false;
            } else {
                const char c = *at++;
                if (c == '{' || c == '[') ++depth;
                if (c == '}' || c == ']') --depth;
                if (depth == 0 && c != '}' && c != ']') skip_scalar();
            }
            if (depth == 0) return true;
        }
        return false;
    }

private:
    /// To the end of a number or a word.
    constexpr void skip_scalar() noexcept {
        while (!done() && std::string_view(",]} \t\r\n").find(*at) == std::string_view::npos)
            ++at;
    }

    [[nodiscard]] constexpr bool read_four_digits(std::uint32_t& value) noexcept {
        value = 0;
        for (int i = 0; i < 4; ++i) {
            const int digit = done() ? -1 : hex_digit(*at++);
            if (digit < 0) return false;
            value = value << 4U | static_cast<std::uint32_t>(digit);
        }
        return true;
    }
};

} // namespace hookseal::inline v0_1

#endif
