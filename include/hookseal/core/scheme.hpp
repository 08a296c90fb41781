// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_SCHEME_HPP
#define HOOKSEAL_CORE_SCHEME_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/statement.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// How a provider hands out its secret or public key: text with these bytes, in this encoding, behind this prefix.
struct key_form {
    hookseal::encoding encoding = hookseal::encoding::text;
    std::string_view prefix{};
    bool prefix_required = false;
    std::size_t at_least = 1; ///< decoded bytes

    friend constexpr bool operator==(const key_form&, const key_form&) = default;
};

/// A kind of key that can prove statements of a scheme.
struct key_format {
    hookseal::proof how = hookseal::proof::hmac;
    hookseal::digest hash = hookseal::digest::sha256;
    key_form form{};

    friend constexpr bool operator==(const key_format&, const key_format&) = default;
};

inline constexpr std::size_t max_key_formats = 3;

/// What a verifier needs to know of a scheme beside its statements.
struct scheme_info {
    std::string_view name{};
    key_format keys[max_key_formats]{};
    std::size_t key_formats = 1;
    selector event_id{};
    selector event_type{};
    protection protects{};
    duration tolerance = seconds(300);
    duration retry_window{};
    int candidates = 1;      ///< how many statements one request may yield; any may hold
    bool streams = true;     ///< whether head alone gives the statement, so that the body may come in pieces
};

/// A scheme knows one provider's format and nothing else: it reads a request into statements. It holds no key, reads
/// no clock, compares nothing and allocates nothing; all its functions are `const` and may run in parallel.
///
/// - `info()`: the same each time;
/// - `read(reading, statement&)`: the statement of one candidate, or why there is none.
template <class Scheme>
concept scheme = requires(const Scheme& s, const reading& from, statement& to) {
    { s.info() }
    noexcept->std::convertible_to<const scheme_info&>;
    { s.read(from, to) }
    noexcept->std::same_as<error>;
};

/// A provider is a type with a scheme: `static constexpr signed_scheme scheme{…};`
template <class Provider>
concept provider = requires {
    { Provider::scheme } -> scheme;
};

} // namespace hookseal::inline v0_1

#endif
