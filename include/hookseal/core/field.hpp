// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_FIELD_HPP
#define HOOKSEAL_CORE_FIELD_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/options.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Where something stands in a request, as a provider's documentation would say it:
///
///     header("x-slack-signature").after("v0=")      the value behind a fixed prefix
///     header("stripe-signature").item("v1=", ',')   the elements of a list that begin with `v1=`
///     header("x-shopify-hmac-sha256").or_header("shopify-hmac-sha256")
///     json("data.0.id")   query("data.id")   form("token")   option("webhook_id")
///
/// Header names are written in lower case.
struct field {
    enum class place : unsigned char { none, header, json, query, form, option };

    place where = place::none;
    char separator = '\0'; ///< of the list the value is an element of; none: the whole value
    bool spaced = false;   ///< one space may follow the separator
    bool first = false;    ///< the list's first element, and no other
    std::string_view name{};
    std::string_view other_name{};
    std::string_view prefix{};

    /// The value stands behind this prefix, exactly.
    [[nodiscard]] constexpr field after(std::string_view exact) const noexcept {
        field f = *this;
        f.prefix = exact;
        return f;
    }
    /// The value is an element of a list, behind this prefix. Elements with other prefixes are passed over. A list
    /// separated by spaces may have empty elements; in any other, white space around an element or an empty one
    /// spoils the whole list.
    [[nodiscard]] constexpr field item(std::string_view exact, char between) const noexcept {
        field f = after(exact);
        f.separator = between;
        return f;
    }
    /// The value is a list's first element, as where a list has no names.
    [[nodiscard]] constexpr field first_item(char between) const noexcept {
        field f = item({}, between);
        f.first = true;
        return f;
    }
    /// Allows one space behind the separator.
    [[nodiscard]] constexpr field with_spaces() const noexcept {
        field f = *this;
        f.spaced = true;
        return f;
    }
    /// The header is known under a second name. A request must use one of the two sets of names throughout; one that
    /// has both headers is refused.
    [[nodiscard]] constexpr field or_header(std::string_view second) const noexcept {
        field f = *this;
        f.other_name = second;
        return f;
    }

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return where != place::none; }
    friend constexpr bool operator==(const field&, const field&) = default;
};

/// None. As a constant, here and for other defaults of descriptions: a compiler copies one in less time than it makes
/// one anew for each of them.
inline constexpr field no_field{};

[[nodiscard]] constexpr field header(std::string_view name) noexcept {
    return {.where = field::place::header, .name = name};
}
[[nodiscard]] constexpr field json(std::string_view path) noexcept {
    return {.where = field::place::json, .name = path};
}
[[nodiscard]] constexpr field query(std::string_view name) noexcept {
    return {.where = field::place::query, .name = name};
}
[[nodiscard]] constexpr field form(std::string_view name) noexcept {
    return {.where = field::place::form, .name = name};
}
[[nodiscard]] constexpr field option(std::string_view name) noexcept {
    return {.where = field::place::option, .name = name};
}

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

/// One field, or a few that identify an event together.
struct selector {
    field parts[3] = {no_field, no_field, no_field};

    constexpr selector() noexcept = default;
    constexpr selector(field only) noexcept : parts{only, no_field, no_field} {}
    constexpr selector(field first, field second, field third = no_field) noexcept
        : parts{first, second, third} {}

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return static_cast<bool>(parts[0]); }
    friend constexpr bool operator==(const selector&, const selector&) = default;
};

inline constexpr selector no_selector{};

} // namespace hookseal::inline v0_1

#endif
