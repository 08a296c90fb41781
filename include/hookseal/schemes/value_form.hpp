// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_VALUE_FORM_HPP
#define HOOKSEAL_SCHEMES_VALUE_FORM_HPP

#include <hookseal/encoding/ascii.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Longest value of a challenge, in bytes.
inline constexpr std::size_t max_value_size = 384;

/// Characters that a value consists of. None of them needs escaping in JSON, in HTML or in a header.
enum class alphabet : unsigned char {
    digits,
    hex,    ///< lower case
    token,  ///< letters, digits, `-`, `_`
    opaque, ///< those and `.`, `~`, `+`, `/`, `=`, `:`
    text,   ///< what is printable in ASCII, less `"`, `'`, `<`, `>`, `&`, `\` and `` ` ``
};

/// How a short value looks: of these characters, and so many.
struct value_form {
    alphabet of = alphabet::opaque;
    std::size_t at_least = 1;
    std::size_t at_most = 256;

    [[nodiscard]] constexpr bool holds(std::string_view value) const noexcept {
        if (value.size() < at_least || value.size() > at_most) return false;
        for (const char c : value)
            if (!has(c)) return false;
        return true;
    }

    /// Whether such a value can be neither JSON with content nor a form nor a part of signed content behind a separator.
    [[nodiscard]] constexpr bool is_narrow() const noexcept {
        return of == alphabet::digits || of == alphabet::hex || of == alphabet::token;
    }

private:
    [[nodiscard]] constexpr bool has(char c) const noexcept {
        constexpr std::string_view of_text = "\"'<>&\\`";
        constexpr std::string_view of_opaque = ".~+/=:";
        switch (of) {
        case alphabet::digits: return is_digit(c);
        case alphabet::hex: return is_digit(c) || (c >= 'a' && c <= 'f');
        case alphabet::token: return is_token(c);
        case alphabet::opaque: return is_token(c) || of_opaque.find(c) != std::string_view::npos;
        case alphabet::text: return c >= ' ' && c <= '~' && of_text.find(c) == std::string_view::npos;
        }
        return false;
    }
    [[nodiscard]] static constexpr bool is_token(char c) noexcept {
        return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '-' || c == '_';
    }
};

} // namespace hookseal::inline v0_1

#endif
