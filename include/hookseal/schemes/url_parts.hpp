// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_URL_PARTS_HPP
#define HOOKSEAL_SCHEMES_URL_PARTS_HPP

#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/chars.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
    return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
}

[[nodiscard]] inline bool write_lower(std::string_view text, const sink& out) noexcept {
    for (const char c : text) {
        const char lower = to_lower(c);
        if (!out(chars(&lower, 1))) return false;
    }
    return true;
}

/// The percent-encoding of `application/x-www-form-urlencoded`, with `%20` for a space (URL Standard, section 5.2).
[[nodiscard]] inline bool write_form_component(std::string_view bytes, const sink& out) noexcept {
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const char escaped[3] = {'%', digits[byte >> 4U], digits[byte & 15U]};
        const bool plain = is_alphanumeric(c) || std::string_view("*-._").find(c) != std::string_view::npos;
        if (!out(plain ? chars(&c, 1) : chars(escaped, 3))) return false;
    }
    return true;
}

} // namespace detail

/// An `http` or `https` URL in its parts (RFC 3986), as it stands. Not valid where it has user information, a fragment,
/// an empty host or bytes that no URL has.
class url_parts {
public:
    constexpr explicit url_parts(std::string_view url) noexcept : whole_(url) {
        const std::size_t colon = url.find("://");
        if (colon == url.npos) return;
        scheme_ = url.substr(0, colon);
        std::string_view rest = url.substr(colon + 3);
        const std::size_t authority_ends = rest.find_first_of("/?#");
        host_ = rest.substr(0, authority_ends);
        rest.remove_prefix(host_.size());
        const std::size_t question = rest.find('?');
        has_query_ = question != rest.npos;
        path_ = rest.substr(0, question);
        if (has_query_) query_ = rest.substr(question + 1);
        // A colon within brackets belongs to an IPv6 address.
        const std::size_t port = host_.rfind(':');
        if (port != host_.npos && host_.find(']', port) == host_.npos) {
            port_ = host_.substr(port + 1);
            host_ = host_.substr(0, port);
        }
        valid_ = (is("https") || is("http")) && !host_.empty() && url.find('#') == url.npos
                 && host_.find('@') == host_.npos && is_number(port_);
        for (const char c : url)
            valid_ = valid_ && c > ' ' && c <= '~' && c != '\\';
    }

    [[nodiscard]] constexpr bool valid() const noexcept { return valid_; }
    [[nodiscard]] constexpr std::string_view whole() const noexcept { return whole_; }
    [[nodiscard]] constexpr std::string_view path() const noexcept { return path_.empty() ? "/" : path_; }
    [[nodiscard]] constexpr bool has_query() const noexcept { return has_query_; }
    /// Behind the `?`.
    [[nodiscard]] constexpr std::string_view query() const noexcept { return query_; }

    /// In lower case.
    [[nodiscard]] bool write_scheme(sink out) const noexcept { return detail::write_lower(scheme_, out); }

    /// In lower case, without the scheme's own port (RFC 9421, section 2.2.3).
    [[nodiscard]] bool write_authority(sink out) const noexcept {
        const bool own_port =
            port_.empty() || (is("https") && port_ == "443") || (is("http") && port_ == "80");
        return detail::write_lower(host_, out) && (own_port || (out(":") && out(port_)));
    }

    /// RFC 3986, section 6.2.2: lower case, no default port, escapes in upper case and only where they are needed, no dot
    /// segments. The query stays as it is. False for a path of more than 2 KiB or with broken escapes.
    [[nodiscard]] bool write_canonical(sink out) const noexcept {
        char room[2048];
        std::size_t size = 0;
        if (!write_scheme(out) || !out("://") || !write_authority(out)) return false;
        if (!unescaped_path(room, size)) return false;
        size = without_dot_segments(room, size);
        return out(chars(room, size)) && (!has_query_ || (out("?") && (query_.empty() || out(query_))));
    }

private:
    [[nodiscard]] constexpr bool is(std::string_view scheme) const noexcept {
        return equal_ignoring_case(scheme_, scheme);
    }
    [[nodiscard]] static constexpr bool is_number(std::string_view port) noexcept {
        for (const char c : port)
            if (!is_digit(c)) return false;
        return port.size() <= 5;
    }

    /// Decodes the escapes of unreserved characters, and writes all others in upper case.
    template <std::size_t Capacity>
    [[nodiscard]] constexpr bool unescaped_path(char (&room)[Capacity], std::size_t& size) const noexcept {
        const std::string_view from = path();
        if (from.size() > Capacity) return false;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (from[i] != '%') {
                room[size++] = from[i];
                continue;
            }
            const int high = i + 2 < from.size() ? hex_digit(from[i + 1]) : -1;
            const int low = i + 2 < from.size() ? hex_digit(from[i + 2]) : -1;
            if (high < 0 || low < 0) return false;
            const char c = static_cast<char>(static_cast<unsigned char>(high * 16 + low));
            if (detail::is_alphanumeric(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
                room[size++] = c;
            } else {
                constexpr char digits[] = "0123456789ABCDEF";
                room[size++] = '%';
                room[size++] = digits[high];
                room[size++] = digits[low];
            }
            i += 2;
        }
        return true;
    }

    /// RFC 3986, section 5.2.4, for a path that begins with `/`.
    [[nodiscard]] static constexpr std::size_t without_dot_segments(char* path, std::size_t size) noexcept {
        std::size_t written = 0;
        for (std::size_t i = 0; i < size;) {
            std::size_t end = i + 1;
            while (end < size && path[end] != '/')
                ++end;
            const std::string_view segment = chars(path + i + 1, end - i - 1);
            const bool last = end == size;
            if (segment == "." || segment == "..") {
                while (segment == ".." && written > 0 && path[--written] != '/') {
                }
                if (last) path[written++] = '/';
            } else {
                for (std::size_t k = i; k < end; ++k)
                    path[written++] = path[k];
            }
            i = end;
        }
        return written;
    }

    std::string_view whole_;
    std::string_view scheme_{};
    std::string_view host_{};
    std::string_view port_{};
    std::string_view path_{};
    std::string_view query_{};
    bool has_query_ = false;
    bool valid_ = false;
};

} // namespace hookseal::inline v0_1

#endif
