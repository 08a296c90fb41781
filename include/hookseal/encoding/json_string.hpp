// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_JSON_STRING_HPP
#define HOOKSEAL_ENCODING_JSON_STRING_HPP

#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/json_cursor.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

constexpr std::size_t write_utf8(std::uint32_t code_point, char* out) noexcept {
    const auto tail = [code_point](unsigned shift) noexcept {
        return static_cast<char>(static_cast<unsigned char>(0x80U | (code_point >> shift & 0x3fU)));
    };
    const auto head = [code_point](unsigned mark, unsigned shift) noexcept {
        return static_cast<char>(static_cast<unsigned char>(mark | code_point >> shift));
    };
    if (code_point < 0x80) {
        out[0] = head(0, 0);
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = head(0xc0, 6);
        out[1] = tail(0);
        return 2;
    }
    if (code_point < 0x1'0000) {
        out[0] = head(0xe0, 12);
        out[1] = tail(6);
        out[2] = tail(0);
        return 3;
    }
    out[0] = head(0xf0, 18);
    out[1] = tail(12);
    out[2] = tail(6);
    out[3] = tail(0);
    return 4;
}

} // namespace detail

/// Undoes the escapes of a string's `raw` text (RFC 8259 section 7). `put(std::string_view) -> bool` gets the
/// UTF-8 text piece by piece, in order; the pieces live for the call alone and may hold any byte, NUL included.
///
/// False for a text that could not stand between quotes (a broken escape, half a surrogate pair, a quote, a
/// control character), and as soon as `put` answers false; what was put until then is to be thrown away.
template <class Sink>
[[nodiscard]] constexpr bool unescape_json(std::string_view raw,
                                           Sink&& put) noexcept(noexcept(put(std::string_view{}))) {
    json_cursor in{raw};
    while (!in.done()) {
        const char* const start = in.at;
        in.skip_plain();
        if (in.at != start && !put(in.since(start))) return false;
        if (in.done()) return true;
        std::uint32_t code_point = 0;
        if (!in.read_escape(code_point)) return false;
        char utf8[4] = {};
        if (!put(chars(utf8, detail::write_utf8(code_point, utf8)))) return false;
    }
    return true;
}

} // namespace hookseal::inline v0_1

#endif
