// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_JOSE_ALGORITHM_HPP
#define HOOKSEAL_SCHEMES_JOSE_ALGORITHM_HPP

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

} // namespace hookseal::inline v0_1

#endif
