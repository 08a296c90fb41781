// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_PUBLIC_KEY_TEXT_HPP
#define HOOKSEAL_CRYPTO_PUBLIC_KEY_TEXT_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/crypto/jwk.hpp>
#include <hookseal/crypto/spki.hpp>
#include <hookseal/encoding/hex.hpp>
#include <hookseal/encoding/pem.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// Tells apart what the bytes of a public key may be: a raw Ed25519 key, PKCS#1, or a SubjectPublicKeyInfo, whose
/// first element is a SEQUENCE where PKCS#1 has an INTEGER.
[[nodiscard]] constexpr spki spki_of_bytes(std::span<const unsigned char> bytes, proof how) noexcept {
    if (how == proof::ed25519 && bytes.size() == 32) return spki::of_ed25519(bytes);
    const bool is_rsa = how == proof::rsa || how == proof::rsa_pss;
    constexpr std::size_t header_of_long_sequence = 4;
    if (is_rsa && bytes.size() > header_of_long_sequence && bytes[0] == 0x30 && bytes[1] == 0x82
        && bytes[header_of_long_sequence] == static_cast<unsigned char>(der_tag::integer))
        return spki::of_pkcs1(bytes);
    return spki::of_der(bytes);
}

[[nodiscard]] constexpr bool is_jwk(std::string_view text) noexcept {
    return without_space_around(text).starts_with('{');
}

/// Whether a key says that it is for what a provider's own member names.
[[nodiscard]] constexpr error check_jwk_purpose(std::string_view jwk, const jwk_purpose& purpose) noexcept {
    if (purpose.member.empty()) return error::none;
    const jwk_member said = jwk_member::find(jwk, purpose.member);
    if (said.problem != error::none) return said.problem;
    const bool fits = !said.value.empty() && (said.value == purpose.is || said.value == purpose.or_is);
    return fits ? error::none : error::unsuitable_key;
}

} // namespace detail

/// Reads a public key as a provider hands it out:
///
/// - PEM, `PUBLIC KEY` or `RSA PUBLIC KEY`;
/// - a JSON Web Key;
/// - else, behind the format's prefix and in its encoding (base64 unless that is hex), DER or a raw Ed25519 key.
///
/// `malformed_secret` for a text that is none of these, `unsuitable_key` for a private key, a certificate, or a key that
/// is not for the format's proof. What the key itself is worth is checked when it is loaded.
[[nodiscard]] constexpr error read_public_key(std::string_view text, const key_format& format,
                                              spki& to) noexcept {
    if (detail::is_jwk(text)) {
        const error e = detail::check_jwk_purpose(text, format.form.purpose);
        return e == error::none ? read_jwk(text, format.how, format.hash, to) : e;
    }

    unsigned char bytes[spki::max_size]{};
    std::size_t size = not_base64;
    if (is_pem(text)) {
        const pem_text pem = read_pem(text);
        if (pem.label.empty()) return error::malformed_secret;
        if (pem.label != "PUBLIC KEY" && pem.label != "RSA PUBLIC KEY") return error::unsuitable_key;
        size = decode_base64_lines(pem.base64, bytes);
    } else {
        if (!format.form.prefix.empty() && text.starts_with(format.form.prefix))
            text.remove_prefix(format.form.prefix.size());
        else if (format.form.prefix_required)
            return error::malformed_secret;
        if (text.empty()) return error::empty_secret;
        if (format.form.encoding == encoding::hex || format.form.encoding == encoding::hex_any_case) {
            if (text.size() / 2 <= sizeof bytes
                && decode_hex(text, std::span(bytes).first(text.size() / 2), hex_case::any))
                size = text.size() / 2;
        } else {
            size = decode_base64_lines(text, bytes);
        }
    }
    if (size == not_base64 || size == 0) return error::malformed_secret;
    to = detail::spki_of_bytes(std::span(bytes).first(size), format.how);
    return to.der().empty() ? error::malformed_secret : error::none;
}

/// The same for a key that is given as bytes: raw or DER.
[[nodiscard]] constexpr error read_public_key_bytes(std::string_view bytes, const key_format& format,
                                                    spki& to) noexcept {
    if (bytes.empty()) return error::empty_secret;
    if (bytes.size() > spki::max_size) return error::malformed_secret;
    unsigned char copy[spki::max_size]{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        copy[i] = static_cast<unsigned char>(bytes[i]);
    to = detail::spki_of_bytes(std::span(copy).first(bytes.size()), format.how);
    return to.der().empty() ? error::malformed_secret : error::none;
}

} // namespace hookseal::inline v0_1

#endif
