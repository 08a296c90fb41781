// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_CANONICAL_JSON_HPP
#define HOOKSEAL_SCHEMES_CANONICAL_JSON_HPP

#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/json_cursor.hpp>
#include <hookseal/encoding/json_field.hpp>
#include <hookseal/encoding/json_string.hpp>
#include <hookseal/schemes/heap_sort.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Most members that may be open at once in a document that is signed in its canonical form: those of an object and of
/// all objects around it.
inline constexpr std::size_t max_canonical_members = 512;

namespace detail {

/// The bytes of a string's text, unescaped, one by one. The text is known to be valid.
class json_bytes {
public:
    explicit constexpr json_bytes(std::string_view raw) noexcept : in_(raw) {}

    /// A number by which strings compare as their UTF-16 code units do; -1 behind the last byte. In UTF-16, unlike in
    /// UTF-8, what lies above U+FFFF comes before U+E000 (RFC 8785, section 3.2.3).
    [[nodiscard]] constexpr int next() noexcept {
        if (at_ == size_) {
            if (in_.done()) return -1;
            at_ = 0;
            size_ = 1;
            bytes_[0] = *in_.at;
            if (bytes_[0] == '\\') {
                std::uint32_t code_point = 0;
                if (!in_.read_escape(code_point)) return -1;
                size_ = write_utf8(code_point, bytes_);
            } else {
                ++in_.at;
            }
        }
        const int byte = static_cast<unsigned char>(bytes_[at_++]);
        return byte == 0xee || byte == 0xef ? byte + 0x10 : byte;
    }

private:
    json_cursor in_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    char bytes_[4]{};
};

/// An object's member as it stands: the name between its quotes, and the value.
struct json_member {
    std::string_view name;
    std::string_view value;

    [[nodiscard]] constexpr int compare(const json_member& other) const noexcept {
        json_bytes left(name);
        json_bytes right(other.name);
        while (true) {
            const int l = left.next();
            const int r = right.next();
            if (l != r || l < 0) return l - r;
        }
    }
};

/// Writes a valid document in its canonical form, with room for the members of all objects that are open.
class canonical_json_writer {
public:
    explicit canonical_json_writer(sink out) noexcept : out_(out) {}

    // NOLINTNEXTLINE(misc-no-recursion): as deep as `max_json_depth`, which the document was checked for.
    [[nodiscard]] bool write(std::string_view value) noexcept {
        json_cursor in(value);
        if (in.skip('{')) return write_object(in);
        if (in.skip('[')) return write_array(in);
        return in.next_is('"') ? write_string(value.substr(1, value.size() - 2)) : out_(value);
    }

private:
    [[nodiscard]] static bool read_value(json_cursor& in, std::string_view& value) noexcept {
        in.skip_space();
        const char* const start = in.at;
        if (!in.skip_value()) return false;
        value = in.since(start);
        in.skip_space();
        return true;
    }

    // NOLINTNEXTLINE(misc-no-recursion)
    [[nodiscard]] bool write_object(json_cursor& in) noexcept {
        const std::size_t first = size_;
        for (in.skip_space(); !in.skip('}'); static_cast<void>(in.skip(','))) {
            json_member next;
            if (size_ == max_canonical_members || !read_value(in, next.name) || !in.skip(':')
                || !read_value(in, next.value))
                return false;
            next.name = next.name.substr(1, next.name.size() - 2);
            members_[size_++] = next;
        }
        heap_sort(members_ + first, size_ - first,
                  [](const json_member& a, const json_member& b) noexcept { return a.compare(b); });
        for (std::size_t i = first; i < size_; ++i) {
            if (i > first && members_[i].compare(members_[i - 1]) == 0) return false;
            if (!out_(i == first ? "{" : ",") || !write_string(members_[i].name) || !out_(":")
                || !write(members_[i].value))
                return false;
        }
        const bool empty = size_ == first;
        size_ = first;
        return out_(empty ? "{}" : "}");
    }

    // NOLINTNEXTLINE(misc-no-recursion)
    [[nodiscard]] bool write_array(json_cursor& in) noexcept {
        if (!out_("[")) return false;
        in.skip_space();
        for (bool more = false; !in.skip(']'); more = in.skip(',')) {
            std::string_view value;
            if ((more && !out_(",")) || !read_value(in, value) || !write(value)) return false;
        }
        return out_("]");
    }

    /// RFC 8785, section 3.2.2.2: escapes where RFC 8259 demands them, the short ones where there are any.
    [[nodiscard]] bool write_string(std::string_view raw) noexcept {
        const auto put = [this](std::string_view bytes) noexcept {
            for (std::size_t plain = 0; !bytes.empty(); plain = 0) {
                while (plain < bytes.size() && !is_escaped(bytes[plain]))
                    ++plain;
                if (plain > 0 && !out_(bytes.substr(0, plain))) return false;
                bytes.remove_prefix(plain);
                if (bytes.empty()) break;
                if (!write_escape(bytes.front())) return false;
                bytes.remove_prefix(1);
            }
            return true;
        };
        return out_("\"") && unescape_json(raw, put) && out_("\"");
    }

    [[nodiscard]] static constexpr bool is_escaped(char c) noexcept {
        return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    }

    [[nodiscard]] bool write_escape(char c) noexcept {
        constexpr std::string_view special = "\"\\\b\f\n\r\t";
        constexpr std::string_view letters = "\"\\bfnrt";
        constexpr char digits[] = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        const std::size_t at = special.find(c);
        const char letter[2] = {'\\', at == std::string_view::npos ? 'u' : letters[at]};
        const char code[4] = {'0', '0', digits[byte >> 4U], digits[byte & 15U]};
        return out_(chars(letter, 2)) && (at != std::string_view::npos || out_(chars(code, 4)));
    }

    sink out_;
    std::size_t size_ = 0;
    json_member members_[max_canonical_members];
};

} // namespace detail

namespace readers {

/// A JSON document as RFC 8785 writes it: members sorted, no white space, strings escaped in one way. Nothing stays
/// nothing.
///
/// Numbers are written as they stand: who signs canonical JSON writes them as ECMAScript does already, and where one is
/// written otherwise, no signature fits. False for what is no JSON, nests too deep, has too many members, or has a name
/// twice in one object.
inline bool canonical_json(const request&, std::string_view document, sink out) noexcept {
    if (document.empty()) return true;
    if (find_json_field(document, {}).kind == json_kind::malformed) return false;
    while (std::string_view(" \t\r\n").find(document.front()) != std::string_view::npos)
        document.remove_prefix(1);
    while (std::string_view(" \t\r\n").find(document.back()) != std::string_view::npos)
        document.remove_suffix(1);
    return detail::canonical_json_writer(out).write(document);
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
