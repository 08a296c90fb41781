// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_JSON_FIELD_HPP
#define HOOKSEAL_ENCODING_JSON_FIELD_HPP

#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/json_cursor.hpp>
#include <hookseal/encoding/json_string.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// What a path leads to in a JSON document.
enum class json_kind : unsigned char {
    missing,   ///< the document is valid, and nothing is there
    malformed, ///< the document is refused
    null,
    boolean,
    number,
    string,
    object,
    array
};

/// A value as it stands in the document: for a string what is between its quotes, still escaped; for all others
/// their text, an object's or array's with its brackets. A view of the document.
struct json_value {
    json_kind kind = json_kind::missing;
    std::string_view raw;
    bool escaped = false; ///< a string that holds a backslash: see `unescape_json`
};

/// How many objects and arrays may be open at once. A document that nests deeper is refused.
inline constexpr int max_json_depth = 64;

namespace detail {

/// A path's names: between dots, with `\.` for a dot and `\\` for a backslash within a name.
struct json_path {
    std::string_view text;

    [[nodiscard]] constexpr int size() const noexcept {
        int names = text.empty() ? 0 : 1;
        for (std::size_t at = 0; (at = end_of_name(at)) < text.size(); ++at)
            ++names;
        return names;
    }

    [[nodiscard]] constexpr std::string_view name(int index) const noexcept {
        std::size_t start = 0;
        while (index-- > 0)
            start = end_of_name(start) + 1;
        return text.substr(start, end_of_name(start) - start);
    }

    /// Whether a member's name, `raw` as it stands in the document, is one of the path's names.
    [[nodiscard]] static constexpr bool same_unescaped(std::string_view name, std::string_view raw) noexcept {
        const bool begins = unescape_json(raw, [&name](std::string_view piece) noexcept {
            for (const char c : piece) {
                if (name.size() > 1 && name.front() == '\\') name.remove_prefix(1);
                if (name.empty() || name.front() != c) return false;
                name.remove_prefix(1);
            }
            return true;
        });
        return begins && name.empty();
    }

private:
    [[nodiscard]] constexpr std::size_t end_of_name(std::size_t at) const noexcept {
        while (at < text.size() && text[at] != '.')
            at += text[at] == '\\' ? 2U : 1U;
        return at < text.size() ? at : text.size();
    }
};

/// One walk over a whole document that checks its grammar and, on the way, follows a path. No recursion: the open
/// objects and arrays are the bits of one word.
class json_walk {
public:
    constexpr json_walk(std::string_view document, std::string_view path) noexcept
        : in_{document}, path_{path}, path_size_{path_.size()} {}

    [[nodiscard]] constexpr json_value find() noexcept {
        constexpr json_value refused{json_kind::malformed, {}, false};
        for (bool more = true; more;) {
            in_.skip_space();
            if (in_.next_is('{') || in_.next_is('[')) {
                if (!open()) return refused;
                in_.skip_space();
                if (!in_.next_is(in_object() ? '}' : ']')) {
                    if (!begin_member()) return refused;
                    continue;
                }
            } else if (!scalar()) {
                return refused;
            }
            for (more = false; depth_ > 0 && !more;) {
                in_.skip_space();
                if (in_.skip(',')) {
                    in_.skip_space();
                    if (!begin_member()) return refused;
                    more = true;
                } else if (!close()) {
                    return refused;
                }
            }
        }
        in_.skip_space();
        return in_.done() ? found_ : refused;
    }

private:
    [[nodiscard]] constexpr bool in_object() const noexcept { return (objects_ & 1U) != 0; }

    /// Whether the value that begins here is the one the whole path leads to.
    [[nodiscard]] constexpr bool at_target() const noexcept { return followed_ && depth_ == path_size_; }

    [[nodiscard]] constexpr bool open() noexcept {
        if (depth_ == max_json_depth) return false;
        const bool target = at_target();
        const bool object = in_.next_is('{');
        objects_ = objects_ << 1U | (object ? 1U : 0U);
        ++depth_;
        if (target) {
            found_.kind = object ? json_kind::object : json_kind::array;
            target_start_ = in_.at;
            target_depth_ = depth_;
        } else if (followed_) {
            enter();
            taken_ = false;
            position_ = 0;
            if (!parse_decimal(name_, wanted_)) wanted_ = -1;
        }
        ++in_.at;
        return true;
    }

    [[nodiscard]] constexpr bool close() noexcept {
        if (!in_.skip(in_object() ? '}' : ']')) return false;
        if (depth_ == target_depth_) {
            found_.raw = in_.since(target_start_);
            target_depth_ = 0;
        }
        const bool leaves_path = depth_ == path_depth_;
        objects_ >>= 1U;
        --depth_;
        if (leaves_path) {
            enter();
            taken_ = true;
        }
        return true;
    }

    /// Makes the innermost open object or array the last one on the path.
    constexpr void enter() noexcept {
        path_depth_ = depth_;
        if (depth_ == 0) return;
        name_ = path_.name(depth_ - 1);
        name_escaped_ = name_.find('\\') != std::string_view::npos;
    }

    [[nodiscard]] static constexpr std::string_view between_quotes(std::string_view string) noexcept {
        return {string.data() + 1, string.size() - 2};
    }

    [[nodiscard]] constexpr bool is_name(std::string_view raw, bool escaped) const noexcept {
        return escaped || name_escaped_ ? json_path::same_unescaped(name_, raw) : raw == name_;
    }

    /// An object's member name and colon, nothing for an array's element. A name on the path that comes a second
    /// time is refused: readers differ about which of the two counts.
    [[nodiscard]] constexpr bool begin_member() noexcept {
        const bool on_path = depth_ == path_depth_;
        if (!in_object()) {
            followed_ = on_path && !taken_ && position_++ == wanted_;
            taken_ = taken_ || followed_;
            return true;
        }
        bool escaped = false;
        const char* const start = in_.at;
        if (!in_.skip_string(escaped)) return false;
        followed_ = on_path && is_name(between_quotes(in_.since(start)), escaped);
        if (followed_ && taken_) return false;
        taken_ = taken_ || followed_;
        in_.skip_space();
        return in_.skip(':');
    }

    [[nodiscard]] constexpr bool scalar() noexcept {
        if (in_.done()) return false;
        const char* const start = in_.at;
        json_value value;
        switch (*start) {
        case '"':
            if (!in_.skip_string(value.escaped)) return false;
            value.kind = json_kind::string;
            value.raw = between_quotes(in_.since(start));
            break;
        case 't':
        case 'f':
            if (!in_.skip(*start == 't' ? "true" : "false")) return false;
            value.kind = json_kind::boolean;
            value.raw = in_.since(start);
            break;
        case 'n':
            if (!in_.skip("null")) return false;
            value.kind = json_kind::null;
            value.raw = in_.since(start);
            break;
        default:
            if (!in_.skip_number()) return false;
            value.kind = json_kind::number;
            value.raw = in_.since(start);
            break;
        }
        if (at_target()) found_ = value;
        return true;
    }

    json_cursor in_;
    json_path path_;
    int path_size_;
    int depth_ = 0;
    std::uint64_t objects_ = 0; // the lowest bit is the innermost; 1 is an object, 0 an array
    bool followed_ = true;      // the path leads to the value that begins at in_

    // What the path asks of the innermost object or array it leads through, and how far that is answered.
    int path_depth_ = 0;
    std::string_view name_;
    bool name_escaped_ = false;
    std::int64_t wanted_ = -1;
    std::int64_t position_ = 0;
    bool taken_ = false;

    json_value found_;
    const char* target_start_ = nullptr;
    int target_depth_ = 0;
};

} // namespace detail

/// Finds one value in a JSON document (RFC 8259) without allocating. `path` is member names and array indices with
/// dots between them, `event.items.0.id`; a dot within a name is written `\.`, a backslash `\\`. The empty path
/// is the document itself. Member names are compared unescaped.
///
/// The whole document is checked, whatever the path: one value, white space around it alone, no comments, no
/// trailing commas, no byte order mark, RFC 8259's numbers, no control characters or halves of surrogate pairs in
/// strings, at most `max_json_depth` deep. That the text is UTF-8 is not checked. `malformed` is also
/// the answer when a name that the path follows occurs twice in its object; other names' repetitions do not
/// change the answer and are not looked for.
[[nodiscard]] constexpr json_value find_json_field(std::string_view document,
                                                   std::string_view path) noexcept {
    return detail::json_walk{document, path}.find();
}

} // namespace hookseal::inline v0_1

#endif
