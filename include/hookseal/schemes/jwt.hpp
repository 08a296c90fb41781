// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_JWT_HPP
#define HOOKSEAL_SCHEMES_JWT_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/key_form.hpp>
#include <hookseal/core/reader.hpp>
#include <hookseal/core/scratch_space.hpp>
#include <hookseal/schemes/jose_algorithm.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

enum class error : unsigned char;
struct outgoing_form;
struct protection;
struct reading;
struct scheme_info;
struct statement;

/// A claim that must be there and say what it must: `claim("iss").is("Upstash")`, `claim("aud").is(option("audience"))`.
struct jwt_claim {
    std::string_view name{};
    std::string_view values[2]{}; ///< either
    field from{};                 ///< the value of this field of the request or option of the receiver
    bool url = false;             ///< the URL that the receiver is known under
    bool yes = false;             ///< true

    [[nodiscard]] constexpr jwt_claim is(std::string_view exactly,
                                         std::string_view or_this = {}) const noexcept {
        jwt_claim c = *this;
        c.values[0] = exactly;
        c.values[1] = or_this;
        return c;
    }
    [[nodiscard]] constexpr jwt_claim is(field value) const noexcept {
        jwt_claim c = *this;
        c.from = value;
        return c;
    }
    [[nodiscard]] constexpr jwt_claim is_the_url() const noexcept {
        jwt_claim c = *this;
        c.url = true;
        return c;
    }
    [[nodiscard]] constexpr jwt_claim is_true() const noexcept {
        jwt_claim c = *this;
        c.yes = true;
        return c;
    }
};

[[nodiscard]] constexpr jwt_claim claim(std::string_view name) noexcept { return {.name = name}; }

/// A claim that holds a SHA-256 of something, and by which the token signs it.
struct jwt_digest {
    std::string_view claim{};
    hookseal::encoding encoding = hookseal::encoding::hex; ///< base64url may be padded
    bool absent_if_empty = false;                          ///< a token without it is one for an empty body
    reader of = nullptr; ///< of what the request is read as; none: of the body
    field with{};        ///< an option that the reader gets, and that need not be there
};

enum class jwt_time : unsigned char { optional, required };

/// Which key a token says it was signed with.
enum class jwt_signer : unsigned char {
    kid_if_any, ///< the header's `kid`, where there is one
    kid,        ///< the header's `kid`, which must be there
    issuer,     ///< the claim `iss`
};

/// The shape of the schemes that send a JSON Web Token (RFC 7519) in a compact JWS (RFC 7515), as data.
///
/// The algorithm is the key's, never the token's: a token that names another finds no key. A header with `crit`, with a
/// key or a place to fetch one from (`jwk`, `jku`, `x5u`, `x5c`), or with a changed payload (`b64`, `zip`) is refused, as
/// are names that come twice, escapes in `alg` and `kid`, numbers that are not whole seconds and base64url that is not
/// canonical. A token alone says nothing about the body: without a `body_digest` whoever sees one can send any body with it.
struct jwt_scheme {
    std::string_view name{};

    jose_algorithm algorithms[4]{jose_algorithm::hs256}; ///< those that keys may be for
    key_form key{};
    jwt_signer signer = jwt_signer::kid_if_any;

    field token{};
    jwt_time issued = jwt_time::required;  ///< `iat`: not older than the tolerance, and not newer
    jwt_time expires = jwt_time::optional; ///< `exp`
    jwt_time starts = jwt_time::optional;  ///< `nbf`
    duration leeway = seconds(30);         ///< for `nbf`, as clocks differ
    jwt_claim claims[4]{};
    jwt_digest body_digest{};
    jwt_digest request_digest{};

    selector event_id{};
    selector event_type{};

    duration tolerance = seconds(300);
    duration retry_window{};

    static constexpr std::size_t scratch = max_scratch;

    [[nodiscard]] static constexpr int candidates() noexcept { return 1; }

    // Defined in `jwt_facts.hpp` and `jwt_reader.hpp`, as those of `signed_scheme` are.

    [[nodiscard]] constexpr scheme_info info() const noexcept;
    [[nodiscard]] constexpr protection protects() const noexcept;
    /// Tokens are not written here.
    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept;

    [[nodiscard]] inline error read(const reading& in, statement& out) const noexcept;
};

} // namespace hookseal::inline v0_1

#endif
