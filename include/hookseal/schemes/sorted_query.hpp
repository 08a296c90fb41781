// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SORTED_QUERY_HPP
#define HOOKSEAL_SCHEMES_SORTED_QUERY_HPP

#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/schemes/heap_sort.hpp>
#include <hookseal/schemes/url_parts.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Most parameters of a query that is signed sorted.
inline constexpr std::size_t max_query_parameters = 64;

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
        if (!out(chars(&character, 1))) return false;
    }
    return c == encoded_characters::end;
}

/// A query's parameter as it stands.
struct query_parameter {
    std::string_view name;
    std::string_view value;
};

/// A query's parameters, sorted by name and then by value, as both are encoded.
class query_parameters {
public:
    /// False for more of them than `max_query_parameters`.
    [[nodiscard]] bool read(std::string_view query) noexcept {
        for (size_ = 0; !query.empty();) {
            const std::string_view pair = query.substr(0, query.find('&'));
            query.remove_prefix(pair.size() == query.size() ? pair.size() : pair.size() + 1);
            if (pair.empty()) continue;
            if (size_ == max_query_parameters) return false;
            const std::size_t equals = pair.find('=');
            all_[size_++] = {pair.substr(0, equals),
                             equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1)};
        }
        heap_sort(all_, size_, [](const query_parameter& a, const query_parameter& b) noexcept {
            const int names = compare_encoded(a.name, b.name);
            return names != 0 ? names : compare_encoded(a.value, b.value);
        });
        return true;
    }
    [[nodiscard]] const query_parameter* begin() const noexcept { return all_; }
    [[nodiscard]] const query_parameter* end() const noexcept { return all_ + size_; }

private:
    std::size_t size_ = 0;
    query_parameter all_[max_query_parameters];
};

} // namespace detail

namespace readers {

/// A query's parameters `a=1&b=2`, sorted, and percent-encoded in one way (RFC 3986, section 2.3). False for one with too
/// many of them, or with an escape that is cut short.
inline bool sorted_query(const request&, std::string_view query, sink out) noexcept {
    detail::query_parameters all;
    if (!all.read(query)) return false;
    for (const detail::query_parameter& p : all) {
        if (&p != all.begin() && !out("&")) return false;
        if (!detail::write_encoded(p.name, out) || !out("=") || !detail::write_encoded(p.value, out))
            return false;
    }
    return true;
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
