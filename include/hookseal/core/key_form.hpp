// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_KEY_FORM_HPP
#define HOOKSEAL_CORE_KEY_FORM_HPP

#include <hookseal/core/algorithm.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A member that a JWK must have beside those of RFC 7517, and what it may say: what the key is for.
struct jwk_purpose {
    std::string_view member{};
    std::string_view is{};
    std::string_view or_is{};

    friend constexpr bool operator==(const jwk_purpose&, const jwk_purpose&) = default;
};

/// How a provider hands out its secret or public key: text with these bytes, in this encoding, behind this prefix.
struct key_form {
    hookseal::encoding encoding = hookseal::encoding::text;
    std::string_view prefix{};
    char prefix_until = '\0'; ///< the prefix goes on, in any words, up to and with this character
    bool prefix_required = false;
    std::size_t at_least = 1;     ///< decoded bytes
    jwk_purpose purpose{};        ///< of keys as JWK
    bool text_unprefixed = false; ///< without the prefix, the text as it stands is the key
    bool hashed = false;          ///< the key is the SHA-1 of what is decoded

    friend constexpr bool operator==(const key_form&, const key_form&) = default;
};

} // namespace hookseal::inline v0_1

#endif
