// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_QUERY_STRING_HASH_HPP
#define HOOKSEAL_SCHEMES_QUERY_STRING_HASH_HPP

#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/hex.hpp>
#include <hookseal/schemes/url_parts.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// The characters of a name or value of a query, decoded and then percent-encoded in one way (RFC 3986, section 2.3).
class encoded_characters {
public:
    constexpr explicit encoded_characters(std::string_view raw) noexcept : rest_(raw) {}

    /// The next character; `end` behind the last one, `broken` where an escape is cut short.
    static constexpr int end = -1;
    static constexpr int broken = -2;
    [[nodiscard]] constexpr int next() noexcept {
        constexpr std::string_view digits = "0123456789ABCDEF";
        if (pending_ == 2) return pending_ = 1, digits[byte_ >> 4U];
        if (pending_ == 1) return pending_ = 0, digits[byte_ & 15U];
        if (rest_.empty()) return end;
        byte_ = static_cast<unsigned char>(rest_.front() == '+' ? ' ' : rest_.front());
        std::size_t taken = 1;
        if (rest_.front() == '%') {
            const int high = rest_.size() < 3 ? -1 : hex_digit(rest_[1]);
            const int low = rest_.size() < 3 ? -1 : hex_digit(rest_[2]);
            if (high < 0 || low < 0) return broken;
            byte_ = static_cast<unsigned char>(high * 16 + low);
            taken = 3;
        }
        rest_.remove_prefix(taken);
        const char c = static_cast<char>(byte_);
        if (is_alphanumeric(c) || std::string_view("-._~").find(c) != std::string_view::npos) return c;
        pending_ = 2;
        return '%';
    }

private:
    std::string_view rest_;
    unsigned char byte_ = 0;
    int pending_ = 0;
};

/// Less than, equal to or greater than zero, as the encoded texts compare.
[[nodiscard]] constexpr int compare_encoded(std::string_view a, std::string_view b) noexcept {
    encoded_characters in_a(a);
    encoded_characters in_b(b);
    while (true) {
        const int c = in_a.next();
        const int d = in_b.next();
        if (c != d || c < 0) return c - d;
    }
}

[[nodiscard]] inline bool write_encoded(std::string_view raw, const sink& out) noexcept {
    encoded_characters in(raw);
    int c = 0;
    while ((c = in.next()) >= 0) {
        const char character = static_cast<char>(c);
        if (!out({&character, 1})) return false;
    }
    return c == encoded_characters::end;
}

} // namespace detail

namespace readers {

/// The canonical request whose hash is Atlassian's `qsh`: `METHOD&path&query`, the path below that of the app's base URL and
/// without a slash at its end, the query sorted, `jwt` left out, and the values of one name joined with commas.
///
/// False for a URL that is not below the base, and for more than 64 parameters.
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

    struct parameter {
        std::string_view name;
        std::string_view value;
    } all[64];
    std::size_t count = 0;
    for (std::string_view rest = url.query(); !rest.empty();) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(pair.size() == rest.size() ? pair.size() : pair.size() + 1);
        const std::size_t equals = pair.find('=');
        const parameter next{pair.substr(0, equals),
                             equals == pair.npos ? std::string_view() : pair.substr(equals + 1)};
        if (pair.empty() || detail::compare_encoded(next.name, "jwt") == 0) continue;
        if (count == 64) return false;
        const auto before = [](const parameter& a, const parameter& b) {
            const int names = detail::compare_encoded(a.name, b.name);
            return names != 0 ? names < 0 : detail::compare_encoded(a.value, b.value) < 0;
        };
        std::size_t at = count++;
        for (; at > 0 && before(next, all[at - 1]); --at)
            all[at] = all[at - 1];
        all[at] = next;
    }

    if (!out(from.method()) || !out("&") || !out(path.empty() ? "/" : "")) return false;
    for (const char c : path)
        if (!out(c == '&' ? std::string_view("%26") : std::string_view(&c, 1))) return false;
    if (!out("&")) return false;
    for (std::size_t i = 0; i < count; ++i) {
        const bool again = i > 0 && detail::compare_encoded(all[i].name, all[i - 1].name) == 0;
        const bool good =
            again ? out(",") : (i == 0 || out("&")) && detail::write_encoded(all[i].name, out) && out("=");
        if (!good || !detail::write_encoded(all[i].value, out)) return false;
    }
    return true;
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
