// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_URI_TEXT_HPP
#define HOOKSEAL_SCHEMES_URI_TEXT_HPP

#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/form.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A URL up to its query and fragment, as it stands.
[[nodiscard]] constexpr std::string_view url_base(std::string_view url) noexcept {
    return url.substr(0, url.find_first_of("?#"));
}

namespace detail {

/// Writes `percent` and two hex digits for every byte that is neither letter nor digit nor in `kept`.
[[nodiscard]] inline bool percent_encode(std::string_view raw, std::string_view kept,
                                         std::string_view percent, sink out) noexcept {
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : raw) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
                           || kept.find(c) != std::string_view::npos;
        const auto byte = static_cast<unsigned char>(c);
        const char escaped[2] = {digits[byte >> 4U], digits[byte & 15U]};
        if (plain ? !out(chars(&c, 1)) : !(out(percent) && out(chars(escaped, 2)))) return false;
    }
    return true;
}

} // namespace detail

namespace readers {

/// A URL with its port left out, or, where it has none, with its scheme's own port (`:443`, `:80`) written.
inline bool other_port(const request&, std::string_view url, sink out) noexcept {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return out(url);
    const std::size_t end = url.find_first_of("/?#", scheme + 3);
    const std::string_view upto = url.substr(0, end);
    const std::string_view rest = url.substr(upto.size());
    const std::size_t before_port = upto.find_last_of(":@]/");
    if (upto[before_port] == ':') return out(upto.substr(0, before_port)) && out(rest);
    return out(upto) && out(upto.starts_with("https:") ? ":443" : ":80") && out(rest);
}

/// A URL of which the escapes of `: / ? @ ! $ ' ( ) * , ;` are decoded and all others stay.
inline bool reserved_decoded(const request&, std::string_view raw, sink out) noexcept {
    constexpr std::string_view decoded = ":/?@!$'()*,;";
    while (!raw.empty()) {
        const std::size_t percent = raw.find('%');
        if (percent != 0 && !out(raw.substr(0, percent))) return false;
        if (percent == std::string_view::npos) return true;
        raw.remove_prefix(percent);
        const int high = raw.size() < 3 ? -1 : hex_digit(raw[1]);
        const int low = raw.size() < 3 ? -1 : hex_digit(raw[2]);
        const char c = high < 0 || low < 0 ? '\0' : static_cast<char>(high * 16 + low);
        const bool decodes = decoded.find(c) != std::string_view::npos;
        if (!out(decodes ? chars(&c, 1) : raw.substr(0, 1))) return false;
        raw.remove_prefix(decodes ? 3 : 1);
    }
    return true;
}

/// JavaScript's `encodeURI`: `%XX` for every byte but letters, digits and a URI's own punctuation.
inline bool uri_encoded(const request&, std::string_view raw, sink out) noexcept {
    return detail::percent_encode(raw, "-_.!~*'();/?:@&=+$,#", "%", out);
}

/// `encodeURI` of `encodeURIComponent`: of what the latter escapes, the percent sign is escaped once more.
inline bool uri_component_encoded_twice(const request&, std::string_view raw, sink out) noexcept {
    return detail::percent_encode(raw, "-_.!~*'()", "%25", out);
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
