// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_FIELD_HPP
#define HOOKSEAL_CORE_FIELD_HPP

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
