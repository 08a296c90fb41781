// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_FIND_FIELD_HPP
#define HOOKSEAL_CORE_FIND_FIELD_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/options.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/encoding/json_field.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Longest header value that is looked into, in bytes.
inline constexpr std::size_t max_header_size = 8192;

/// Which of its two sets of header names a request uses; settled by the first header found.
enum class name_set : unsigned char { unsettled, first, second };

namespace detail {

[[nodiscard]] inline error find_header(const request& from, const field& at, name_set& names,
                                       std::string_view& value) noexcept {
    error found = error::missing_field;
    if (at.other_name.empty()) {
        found = from.headers().find_one(at.name, value);
    } else {
        std::string_view second;
        const error in_first = from.headers().find_one(at.name, value);
        const error in_second = from.headers().find_one(at.other_name, second);
        if (in_first != error::missing_field && in_second != error::missing_field)
            return error::repeated_header;
        const auto used = in_second == error::missing_field ? name_set::first : name_set::second;
        found = used == name_set::first ? in_first : in_second;
        if (found == error::none) {
            if (names != name_set::unsettled && names != used) return error::missing_field;
            names = used;
        }
        if (used == name_set::second) value = second;
    }
    if (found == error::none && value.size() > max_header_size) return error::too_large;
    return found;
}

[[nodiscard]] constexpr error of_json(const json_value& found, text& value) noexcept {
    switch (found.kind) {
    case json_kind::string:
        value = text::of(found.raw, found.escaped ? &readers::json_unescaped : nullptr);
        return found.raw.empty() ? error::missing_field : error::none;
    case json_kind::number:
    case json_kind::boolean: value = text::of(found.raw); return error::none;
    case json_kind::missing:
    case json_kind::null: return error::missing_field;
    case json_kind::malformed:
    case json_kind::object:
    case json_kind::array: break;
    }
    return error::malformed_field;
}

[[nodiscard]] constexpr error of_form(const form_value& found, text& value) noexcept {
    switch (found.match) {
    case form_match::one:
        value = text::of(found.raw, &readers::form_decoded);
        return found.raw.empty() ? error::missing_field : error::none;
    case form_match::missing: return error::missing_field;
    case form_match::repeated: return error::repeated_header;
    case form_match::malformed: break;
    }
    return error::malformed_field;
}

} // namespace detail

/// Finds a field's whole value: prefixes and lists are left to whoever knows what the value is.
///
/// An empty value is a missing one.
[[nodiscard]] inline error find(const field& at, const request& from, const options& with, name_set& names,
                                text& value) noexcept {
    std::string_view found;
    switch (at.where) {
    case field::place::header: {
        const error e = detail::find_header(from, at, names, found);
        value = text::of(found);
        return e;
    }
    case field::place::json: return detail::of_json(find_json_field(from.body(), at.name), value);
    case field::place::query: return detail::of_form(find_form_field(url_query(from.url()), at.name), value);
    case field::place::form: return detail::of_form(find_form_field(from.body(), at.name), value);
    case field::place::option:
        found = with.find(at.name);
        value = text::of(found);
        return found.empty() ? error::missing_option : error::none;
    case field::place::none: break;
    }
    return error::missing_field;
}

} // namespace hookseal::inline v0_1

#endif
