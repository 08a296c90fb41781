// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_QUERY_STRING_HASH_HPP
#define HOOKSEAL_SCHEMES_QUERY_STRING_HASH_HPP

#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/schemes/sorted_query.hpp>
#include <hookseal/schemes/url_parts.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace readers {

/// The canonical request whose hash is Atlassian's `qsh`: `METHOD&path&query`, the path below that of the app's base URL and
/// without a slash at its end, the query sorted, `jwt` left out, and the values of one name joined with commas.
///
/// False for a URL that is not below the base, and for more than `max_query_parameters`.
inline bool query_string_hash(const request& from, std::string_view base_url, sink out) noexcept {
    const url_parts url(from.url());
    if (!url.valid()) return false;
    std::string_view path = url.path();
    if (!base_url.empty()) {
        std::string_view base = url_parts(base_url).path();
        while (base.ends_with('/'))
            base.remove_suffix(1);
        const std::string_view behind = path.starts_with(base) ? path.substr(base.size()) : "?";
        if (!behind.empty() && behind.front() != '/') return false;
        path = behind;
    }
    while (path.ends_with('/'))
        path.remove_suffix(1);

    detail::query_parameters all;
    if (!all.read(url.query())) return false;

    if (!out(from.method()) || !out("&") || !out(path.empty() ? "/" : "")) return false;
    for (const char c : path)
        if (!out(c == '&' ? std::string_view("%26") : chars(&c, 1))) return false;
    if (!out("&")) return false;
    const detail::query_parameter* last = nullptr;
    for (const detail::query_parameter& p : all) {
        if (detail::compare_encoded(p.name, "jwt") == 0) continue;
        const bool again = last != nullptr && detail::compare_encoded(p.name, last->name) == 0;
        const bool good =
            again ? out(",")
                  : (last == nullptr || out("&")) && detail::write_encoded(p.name, out) && out("=");
        if (!good || !detail::write_encoded(p.value, out)) return false;
        last = &p;
    }
    return true;
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
