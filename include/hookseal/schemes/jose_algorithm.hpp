// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_JOSE_ALGORITHM_HPP
#define HOOKSEAL_SCHEMES_JOSE_ALGORITHM_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/scheme.hpp>

#include <string_view>

namespace hookseal::inline v0_1 {

/// The algorithms of RFC 7518, section 3.1, and RFC 8037. There is no "none" among them.
enum class jose_algorithm : unsigned char {
    none, ///< no algorithm: the end of a list
    hs256,
    hs384,
    hs512,
    rs256,
    rs384,
    rs512,
    ps256,
    ps384,
    ps512,
    es256,
    es384,
    eddsa,
};

/// What `alg` says; exact, as in RFC 7515.
[[nodiscard]] constexpr jose_algorithm find_jose_algorithm(std::string_view name) noexcept {
    using a = jose_algorithm;
    constexpr struct {
        std::string_view name;
        a is;
    } all[] = {{"HS256", a::hs256}, {"HS384", a::hs384}, {"HS512", a::hs512}, {"RS256", a::rs256},
               {"RS384", a::rs384}, {"RS512", a::rs512}, {"PS256", a::ps256}, {"PS384", a::ps384},
               {"PS512", a::ps512}, {"ES256", a::es256}, {"ES384", a::es384}, {"EdDSA", a::eddsa}};
    for (const auto& each : all)
        if (each.name == name) return each.is;
    return a::none;
}

/// The proof and digest of an algorithm, for keys written like this.
[[nodiscard]] constexpr key_format key_format_of(jose_algorithm which, key_form form = {}) noexcept {
    switch (which) {
    case jose_algorithm::none:
    case jose_algorithm::hs256: return {proof::hmac, digest::sha256, form};
    case jose_algorithm::hs384: return {proof::hmac, digest::sha384, form};
    case jose_algorithm::hs512: return {proof::hmac, digest::sha512, form};
    case jose_algorithm::rs256: return {proof::rsa, digest::sha256, form};
    case jose_algorithm::rs384: return {proof::rsa, digest::sha384, form};
    case jose_algorithm::rs512: return {proof::rsa, digest::sha512, form};
    case jose_algorithm::ps256: return {proof::rsa_pss, digest::sha256, form};
    case jose_algorithm::ps384: return {proof::rsa_pss, digest::sha384, form};
    case jose_algorithm::ps512: return {proof::rsa_pss, digest::sha512, form};
    case jose_algorithm::es256: return {proof::ecdsa_p1363, digest::sha256, form};
    case jose_algorithm::es384: return {proof::ecdsa_p1363, digest::sha384, form};
    case jose_algorithm::eddsa: return {proof::ed25519, digest::sha512, form};
    }
    return {proof::hmac, digest::sha256, form};
}

} // namespace hookseal::inline v0_1

#endif
