// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_JSON_ITEMS_HPP
#define HOOKSEAL_ENCODING_JSON_ITEMS_HPP

#include <hookseal/encoding/json_cursor.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// The elements of a JSON array, one after the other, as they stand in it.
///
/// The array's text must be valid JSON, as `find_json_field` hands it out: that is not checked a second time. In any other
/// text the reading ends somewhere, never beyond the text.
class json_items {
public:
    constexpr explicit json_items(std::string_view array) noexcept : in_{array} {}

    /// The next element; false where there is none.
    [[nodiscard]] constexpr bool next(std::string_view& element) noexcept {
        in_.skip_space();
        if (!in_.skip(is_first_ ? '[' : ',')) return false;
        is_first_ = false;
        in_.skip_space();
        const char* const start = in_.at;
        if (in_.next_is(']') || !skip_value()) return false;
        element = in_.since(start);
        return true;
    }

private:
    [[nodiscard]] constexpr bool skip_value() noexcept {
        bool escaped = false;
        if (in_.next_is('"')) return in_.skip_string(escaped);
        for (std::size_t depth = 0; !in_.done();) {
            const char c = *in_.at;
            if (c == '"') {
                if (!in_.skip_string(escaped)) return false;
                continue;
            }
            const bool closes = c == '}' || c == ']';
            const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
            if (depth == 0 && (closes || is_space || c == ',')) return true; // behind a number or a word
            ++in_.at;
            if (c == '{' || c == '[') ++depth;
            if (closes && --depth == 0) return true;
        }
        return false;
    }

    json_cursor in_;
    bool is_first_ = true;
};

} // namespace hookseal::inline v0_1

#endif
