// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_PEM_HPP
#define HOOKSEAL_ENCODING_PEM_HPP

#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/chars.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A PEM text (RFC 7468): what its first and last line say it is, and what stands between them, still in base64.
struct pem_text {
    std::string_view label{}; ///< `PUBLIC KEY`; empty for a text that is refused
    std::string_view base64{};
};

namespace detail {

constexpr bool is_line_space(char c) noexcept { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; }

constexpr std::string_view without_space_around(std::string_view text) noexcept {
    while (!text.empty() && is_line_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_line_space(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace detail

/// Whether a text sets out to be PEM.
[[nodiscard]] constexpr bool is_pem(std::string_view text) noexcept {
    return detail::without_space_around(text).starts_with("-----BEGIN ");
}

/// Takes the armour off a text that is one PEM block and nothing else, white space around it excepted: no words before
/// it, no headers in it, no second block. Its lines may have been joined, as environment variables have it.
[[nodiscard]] constexpr pem_text read_pem(std::string_view text) noexcept {
    constexpr std::string_view begin = "-----BEGIN ";
    constexpr std::string_view end = "-----END ";
    constexpr std::string_view dashes = "-----";
    text = detail::without_space_around(text);
    if (!text.starts_with(begin)) return {};
    text.remove_prefix(begin.size());
    const std::string_view label = text.substr(0, text.find(dashes));
    if (label.empty() || label.size() == text.size()) return {};
    text.remove_prefix(label.size() + dashes.size());

    if (!text.ends_with(dashes)) return {};
    text.remove_suffix(dashes.size());
    if (!text.ends_with(label)) return {};
    text.remove_suffix(label.size());
    if (!text.ends_with(end)) return {};
    text.remove_suffix(end.size());
    if (text.find('-') != std::string_view::npos) return {};
    return {label, text};
}

/// Decodes base64 that is broken into lines, as in PEM (RFC 7468, section 3): white space is passed over wherever it
/// stands, padding may be left out, and the rest has one spelling as in `decode_base64`, whose answers these are.
///
/// For public keys alone: it takes its time from the text.
[[nodiscard]] constexpr std::size_t decode_base64_lines(std::string_view text,
                                                        std::span<unsigned char> out) noexcept {
    std::size_t size = 0;
    std::size_t held = 0;
    bool ended = false;
    char group[4] = {};
    const auto put = [&]() noexcept {
        const std::size_t bytes = decode_base64(chars(group, 4), out.subspan(size), base64_form::padded);
        if (bytes == not_base64) return false;
        size += bytes;
        held = 0;
        ended = bytes < 3;
        return true;
    };
    for (const char c : text) {
        if (detail::is_line_space(c)) continue;
        if (ended) return not_base64;
        group[held++] = c;
        if (held == 4 && !put()) return not_base64;
    }
    if (held == 0) return size;
    if (held == 1 || group[held - 1] == '=') return not_base64;
    while (held < 4)
        group[held++] = '=';
    return put() ? size : not_base64;
}

} // namespace hookseal::inline v0_1

#endif
