// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_JWK_HPP
#define HOOKSEAL_CRYPTO_JWK_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/crypto/spki.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/json_field.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// One member of a JWK whose value is a string without escapes, as all have that a key is made of.
struct jwk_member {
    error problem = error::none; ///< a member that comes twice, or is of another kind, is one
    std::string_view value{};    ///< empty where the member is not there

    [[nodiscard]] static constexpr jwk_member find(std::string_view jwk, std::string_view name) noexcept {
        const json_value found = find_json_field(jwk, name);
        if (found.kind == json_kind::missing) return {};
        if (found.kind != json_kind::string || found.escaped || found.raw.empty())
            return {error::malformed_secret, {}};
        return {error::none, found.raw};
    }
};

/// A number or a coordinate: base64url without padding (RFC 7518, section 2).
template <std::size_t Capacity>
struct jwk_bytes {
    std::size_t size = 0;
    unsigned char bytes[Capacity]{};

    [[nodiscard]] constexpr bool read(std::string_view jwk, std::string_view name) noexcept {
        const jwk_member found = jwk_member::find(jwk, name);
        if (found.value.empty()) return false;
        size = decode_base64(found.value, bytes, base64_form::url);
        if (size == not_base64) size = 0;
        return size != 0;
    }
    [[nodiscard]] constexpr std::span<const unsigned char> view() const noexcept { return {bytes, size}; }
};

/// What `alg` says of keys for a proof (RFC 7518, section 3.1; RFC 8037, section 3.1). Empty: no name says that.
[[nodiscard]] constexpr std::string_view jose_name(proof how, digest hash, ec_curve curve) noexcept {
    const bool is_256 = hash == digest::sha256;
    const bool is_384 = hash == digest::sha384;
    const bool is_512 = hash == digest::sha512;
    switch (how) {
    case proof::rsa: return is_256 ? "RS256" : is_384 ? "RS384" : is_512 ? "RS512" : "";
    case proof::rsa_pss: return is_256 ? "PS256" : is_384 ? "PS384" : is_512 ? "PS512" : "";
    case proof::ecdsa_der:
    case proof::ecdsa_p1363:
        return is_256 && curve == ec_curve::p256 ? "ES256" : is_384 && curve == ec_curve::p384 ? "ES384" : "";
    case proof::ed25519: return "EdDSA";
    case proof::hmac:
    case proof::keyed_hash:
    case proof::token: break;
    }
    return {};
}

/// Whether a key says that it is not for verifying signatures (RFC 7517, sections 4.2 and 4.3).
[[nodiscard]] constexpr error check_jwk_purpose(std::string_view jwk) noexcept {
    const jwk_member use = jwk_member::find(jwk, "use");
    if (use.problem != error::none) return use.problem;
    if (!use.value.empty() && use.value != "sig") return error::unsuitable_key;

    switch (find_json_field(jwk, "key_ops").kind) {
    case json_kind::missing: return error::none;
    case json_kind::array: break;
    default: return error::malformed_secret;
    }
    constexpr std::int64_t most_operations = 16;
    for (std::int64_t i = 0; i < most_operations; ++i) {
        char path[32] = {'k', 'e', 'y', '_', 'o', 'p', 's', '.'};
        const std::string_view element =
            chars(path, 8 + write_decimal(static_cast<std::uint64_t>(i), path + 8));
        const jwk_member operation = jwk_member::find(jwk, element);
        if (operation.problem != error::none) return operation.problem;
        if (operation.value == "verify") return error::none;
        if (operation.value.empty()) break;
    }
    return error::unsuitable_key;
}

} // namespace detail

/// Reads one public JSON Web Key (RFC 7517) for a proof: `{"kty":"EC","crv":"P-256","x":…,"y":…}`.
///
/// `unsuitable_key` where it is a private or shared key, of another kind than the proof needs, or where `use`,
/// `key_ops` or `alg`, which may be absent, say that it is for something else; `malformed_secret` where it is no JWK,
/// or a member that a decision depends on comes twice. Members that are not known are passed over.
[[nodiscard]] constexpr error read_jwk(std::string_view jwk, proof how, digest hash, spki& to) noexcept {
    using detail::jwk_member;
    const jwk_member kind = jwk_member::find(jwk, "kty");
    if (kind.value.empty()) return error::malformed_secret;
    if (find_json_field(jwk, "d").kind != json_kind::missing) return error::unsuitable_key;
    if (const error e = detail::check_jwk_purpose(jwk); e != error::none) return e;

    const jwk_member curve_name = jwk_member::find(jwk, "crv");
    const jwk_member algorithm = jwk_member::find(jwk, "alg");
    if (curve_name.problem != error::none || algorithm.problem != error::none) return error::malformed_secret;
    const ec_curve curve = curve_name.value == "P-256"   ? ec_curve::p256
                           : curve_name.value == "P-384" ? ec_curve::p384
                                                         : ec_curve::none;
    if (!algorithm.value.empty() && algorithm.value != detail::jose_name(how, hash, curve)
        && !(how == proof::ed25519 && algorithm.value == "Ed25519")) // RFC 9864
        return error::unsuitable_key;

    detail::jwk_bytes<48> x;
    detail::jwk_bytes<48> y;
    switch (how) {
    case proof::ed25519:
        if (kind.value != "OKP" || curve_name.value != "Ed25519") return error::unsuitable_key;
        if (!x.read(jwk, "x")) return error::malformed_secret;
        to = spki::of_ed25519(x.view());
        break;
    case proof::ecdsa_der:
    case proof::ecdsa_p1363:
        if (kind.value != "EC" || curve == ec_curve::none) return error::unsuitable_key;
        if (!x.read(jwk, "x") || !y.read(jwk, "y")) return error::malformed_secret;
        to = spki::of_ec(curve, x.view(), y.view());
        break;
    case proof::rsa:
    case proof::rsa_pss: {
        if (kind.value != "RSA") return error::unsuitable_key;
        detail::jwk_bytes<spki::max_size> modulus;
        detail::jwk_bytes<64> exponent;
        if (!modulus.read(jwk, "n") || !exponent.read(jwk, "e")) return error::malformed_secret;
        to = spki::of_rsa(modulus.view(), exponent.view());
        break;
    }
    case proof::hmac:
    case proof::keyed_hash:
    case proof::token: return error::unsuitable_key;
    }
    return to.der().empty() ? error::malformed_secret : error::none;
}

/// The keys of a JWK Set (RFC 7517, section 5), `{"keys":[…]}`, each as a JWK of its own.
class jwk_set {
public:
    /// Most keys that are looked at.
    static constexpr std::size_t max_size = 64;

    constexpr explicit jwk_set(std::string_view text) noexcept : text_(text) {}

    /// Whether a text is a set, and not one key.
    [[nodiscard]] constexpr bool is_set() const noexcept {
        return find_json_field(text_, "keys").kind == json_kind::array;
    }
    /// The key at an index; empty behind the last one.
    [[nodiscard]] constexpr std::string_view operator[](std::size_t index) const noexcept {
        char path[32] = {'k', 'e', 'y', 's', '.'};
        const std::string_view element = chars(path, 5 + write_decimal(std::uint64_t{index}, path + 5));
        const json_value found = find_json_field(text_, element);
        return found.kind == json_kind::object && index < max_size ? found.raw : std::string_view{};
    }

private:
    std::string_view text_;
};

} // namespace hookseal::inline v0_1

#endif
