// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_READ_CERTIFICATE_URL_HPP
#define HOOKSEAL_SCHEMES_READ_CERTIFICATE_URL_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/schemes/certificate_url.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

[[nodiscard]] constexpr std::string_view take_while(std::string_view& from, bool (*is)(char)) noexcept {
    std::size_t n = 0;
    while (n < from.size() && is(from[n]))
        ++n;
    const std::string_view taken = from.substr(0, n);
    from.remove_prefix(n);
    return taken;
}
[[nodiscard]] constexpr bool is_lower_letter(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_lower_hex(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f'); }
[[nodiscard]] constexpr bool is_name_character(char c) noexcept {
    return is_digit(c) || is_lower_letter(to_lower(c)) || c == '-' || c == '_';
}

/// A region's name: `us-east-1`, `us-gov-west-1`, `us-isob-east-1`. None looks like `s3-us-west-2`, of which everybody can
/// have a bucket named `sns`.
[[nodiscard]] constexpr std::string_view take_region(std::string_view& from) noexcept {
    std::string_view rest = from;
    const auto follows = [&rest](bool (*is)(char)) {
        return rest.size() > 1 && rest.front() == '-' && is(rest[1]);
    };
    bool good = take_while(rest, is_lower_letter).size() == 2;
    int words = 0;
    for (; words < 2 && follows(is_lower_letter); ++words) {
        rest.remove_prefix(1);
        static_cast<void>(take_while(rest, is_lower_letter));
    }
    good = good && words != 0 && follows(is_digit);
    if (!good) return {};
    rest.remove_prefix(1);
    static_cast<void>(take_while(rest, is_digit));
    const std::string_view taken = from.substr(0, from.size() - rest.size());
    from = rest;
    return taken;
}

/// Whether a whole text is of a pattern; `region` is what `{region}` stands for, which must be one throughout.
[[nodiscard]] constexpr bool is_of_pattern(std::string_view text, std::string_view pattern,
                                           std::string_view& region) noexcept {
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        const std::string_view literal = pattern.substr(0, open);
        if (!text.starts_with(literal)) return false;
        text.remove_prefix(literal.size());
        if (open == std::string_view::npos) return text.empty();
        const std::string_view named = pattern.substr(open, pattern.find('}') - open + 1);
        pattern.remove_prefix(literal.size() + named.size());
        if (named == "{region}") {
            const std::string_view found = take_region(text);
            if (found.empty() || (!region.empty() && found != region)) return false;
            region = found;
        } else if (named == "{hex}") {
            const std::size_t digits = take_while(text, is_lower_hex).size();
            if (digits == 0 || digits % 2 != 0) return false;
        } else if (named == "{name}") {
            if (take_while(text, is_name_character).empty()) return false;
        } else if (named == "{path}") {
            do {
                if (take_while(text, is_name_character).empty()) return false;
            } while (text.starts_with('/') && (text.remove_prefix(1), true));
        } else if (named == "{rest}") {
            return true;
        } else {
            return false;
        }
    }
    return text.empty();
}

} // namespace detail

/// The hint for a key source: `forbidden_key_url` unless the URL is one of these.
[[nodiscard]] inline error read_certificate_url(const certificate_url& where, const reading& in,
                                                key_hint& to) noexcept {
    auto names = name_set::unsettled;
    text url = text::of({});
    text agrees = text::of({});
    error found = find(where.at, in.from, in.with, names, url);
    if (where.or_at) {
        text other = text::of({});
        const error there = find(where.or_at, in.from, in.with, names, other);
        if (there != error::missing_field && found != error::missing_field) return error::malformed_field;
        if (found == error::missing_field) {
            found = there;
            url = other;
        }
    }
    if (found != error::none) return found;
    if (where.beside)
        if (const error e = find(where.beside, in.from, in.with, names, agrees); e != error::none) return e;
    // What has escapes has two spellings.
    if (url.read != nullptr || agrees.read != nullptr) return error::forbidden_key_url;
    for (const certificate_url::pattern& each : where.allowed) {
        std::string_view region;
        if (each.url.empty() || !detail::is_of_pattern(url.raw(), each.url, region)) continue;
        if (where.beside && !detail::is_of_pattern(agrees.raw(), each.beside, region)) continue;
        to = {key_hint::kind::certificate_url, url.raw(), each.name};
        return error::none;
    }
    return error::forbidden_key_url;
}

} // namespace hookseal::inline v0_1

#endif
