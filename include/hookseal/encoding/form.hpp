// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_FORM_HPP
#define HOOKSEAL_ENCODING_FORM_HPP

#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/chars.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// How often a form holds a field. Only `one` is an answer; the others say why there is none.
enum class form_match : unsigned char { missing, one, repeated, malformed };

/// A field's value as it stands in the form, still encoded; empty unless `match` is `one`.
struct form_value {
    form_match match = form_match::missing;
    std::string_view raw;
};

/// Decodes one name or value of `application/x-www-form-urlencoded`: `+` is a space, `%XX` a byte, all other
/// bytes are themselves (URL Standard, section 5.1). `put(std::string_view) -> bool` gets the text piece by
/// piece, in order; the pieces live for the call alone.
///
/// False for an escape that is cut short or not hexadecimal, and as soon as `put` answers false; what was put
/// until then is to be thrown away. Browsers let `%zz` pass as text; here it is refused, because another
/// reader of the same form may see something else in it.
template <class Sink>
[[nodiscard]] constexpr bool decode_form(std::string_view raw,
                                         Sink&& put) noexcept(noexcept(put(std::string_view{}))) {
    while (!raw.empty()) {
        std::size_t plain = 0;
        while (plain < raw.size() && raw[plain] != '%' && raw[plain] != '+')
            ++plain;
        if (plain != 0 && !put(raw.substr(0, plain))) return false;
        raw.remove_prefix(plain);
        if (raw.empty()) return true;
        char byte = ' ';
        std::size_t taken = 1;
        if (raw.front() == '%') {
            if (raw.size() < 3) return false;
            const int high = hex_digit(raw[1]);
            const int low = hex_digit(raw[2]);
            if (high < 0 || low < 0) return false;
            byte = static_cast<char>(static_cast<unsigned char>(high << 4 | low));
            taken = 3;
        }
        if (!put(chars(&byte, 1))) return false;
        raw.remove_prefix(taken);
    }
    return true;
}

namespace detail {

/// Whether all escapes of a name or value are whole, and, on the way, whether it decodes to `expected`.
struct form_comparison {
    bool well_formed = false;
    bool equal = false;
};

constexpr form_comparison compare_form(std::string_view raw, std::string_view expected) noexcept {
    bool equal = true;
    const bool well_formed = decode_form(raw, [&](std::string_view piece) noexcept {
        equal = equal && expected.starts_with(piece);
        if (equal) expected.remove_prefix(piece.size());
        return true;
    });
    return {well_formed, equal && expected.empty()};
}

} // namespace detail

/// Whether a name or value of a form is this text, decoded.
[[nodiscard]] constexpr bool is_form_text(std::string_view raw, std::string_view text) noexcept {
    const detail::form_comparison compared = detail::compare_form(raw, text);
    return compared.well_formed && compared.equal;
}

/// Finds the one field of that name in `a=1&b=2`, a form or a URL's query. Names are compared decoded; pairs are
/// separated by `&` alone, never `;`; a pair without `=` has an empty value; empty pairs are passed over.
///
/// A field that occurs twice is `repeated`, not its first or last value: readers differ about which one counts.
/// The answer is `malformed` when the field's own value, or any name of the form (which might have been this one),
/// holds a broken escape; it outranks `repeated`. Other fields' values are not looked at.
[[nodiscard]] constexpr form_value find_form_field(std::string_view form, std::string_view name) noexcept {
    form_value found;
    while (!form.empty()) {
        const std::string_view pair = form.substr(0, form.find('&'));
        form.remove_prefix(pair.size() < form.size() ? pair.size() + 1 : pair.size());
        if (pair.empty()) continue;

        const std::string_view raw_name = pair.substr(0, pair.find('='));
        const detail::form_comparison compared = detail::compare_form(raw_name, name);
        if (!compared.well_formed) return {form_match::malformed, {}};
        if (!compared.equal) continue;

        const std::string_view value = raw_name.size() < pair.size() ? pair.substr(raw_name.size() + 1) : "";
        if (!detail::compare_form(value, {}).well_formed) return {form_match::malformed, {}};
        found = found.match == form_match::missing ? form_value{form_match::one, value}
                                                   : form_value{form_match::repeated, {}};
    }
    return found;
}

namespace detail {

/// What follows scheme and authority, without the fragment.
constexpr std::string_view url_after_authority(std::string_view url) noexcept {
    url = url.substr(0, url.find('#'));
    const std::size_t scheme = url.find_first_of(":/?");
    if (scheme == 0 || scheme == std::string_view::npos || !url.substr(scheme).starts_with("://")) return url;
    url.remove_prefix(scheme + 3);
    const std::size_t authority = url.find_first_of("/?");
    return authority == std::string_view::npos ? "/" : url.substr(authority);
}

} // namespace detail

/// Path and query, as in a request line: `/hooks/7?x=1` of `https://example.com/hooks/7?x=1#top` or of
/// `/hooks/7?x=1` itself. `/` for an absolute URL that ends with its authority (RFC 9110 section 4.2.3);
/// otherwise as it stands, nothing decoded or normalised.
[[nodiscard]] constexpr std::string_view url_path_and_query(std::string_view url) noexcept {
    return detail::url_after_authority(url);
}

/// The path alone, `/hooks/7`; `/` for an absolute URL that has none.
[[nodiscard]] constexpr std::string_view url_path(std::string_view url) noexcept {
    const std::string_view rest = detail::url_after_authority(url);
    const std::string_view path = rest.substr(0, rest.find('?'));
    return path.empty() && rest.data() != url.data() ? "/" : path;
}

/// The query alone, without its question mark: `x=1`. Empty for a URL that has none.
[[nodiscard]] constexpr std::string_view url_query(std::string_view url) noexcept {
    const std::string_view rest = detail::url_after_authority(url);
    const std::size_t mark = rest.find('?');
    return mark == std::string_view::npos ? std::string_view{} : rest.substr(mark + 1);
}

} // namespace hookseal::inline v0_1

#endif
