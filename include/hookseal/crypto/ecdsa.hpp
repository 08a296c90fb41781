// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_ECDSA_HPP
#define HOOKSEAL_CRYPTO_ECDSA_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/crypto/decode_pkey.hpp>
#include <hookseal/crypto/pkey.hpp>
#include <hookseal/crypto/spki.hpp>
#include <hookseal/encoding/der.hpp>

#include <cstddef>
#include <span>
#include <utility>

namespace hookseal::inline v0_1 {

/// Longest signature as DER, by a key on P-384.
inline constexpr std::size_t max_ecdsa_der_size = 104;

/// Longest signature as DER, by a key on a curve: a SEQUENCE of two INTEGERs.
[[nodiscard]] constexpr std::size_t ecdsa_der_size(ec_curve curve) noexcept {
    return 2 + 2 * (2 + 1 + size_of(curve));
}

/// Reads a public key on P-256 or P-384 (RFC 5480), as a named curve and an uncompressed point; OpenSSL checks that the
/// point is on the curve.
[[nodiscard]] inline error load_ecdsa_public_key(const spki& from, pkey& to) noexcept {
    if (from.curve() == ec_curve::none) return error::unsuitable_key;
    pkey key = decode_public_key(from, "EC");
    if (!key) return error::unsuitable_key;
    to = std::move(key);
    return error::none;
}

/// Writes a signature r ‖ s (IEEE P1363; RFC 7518, section 3.4) as the DER that OpenSSL takes (RFC 3279, section 2.2.3).
/// Empty unless both halves are as long as the curve's coordinates.
[[nodiscard]] constexpr std::span<const unsigned char>
ecdsa_der_of_p1363(std::span<const unsigned char> r_and_s, ec_curve curve,
                   std::span<unsigned char, max_ecdsa_der_size> room) noexcept {
    const std::size_t half = size_of(curve);
    if (half == 0 || r_and_s.size() != 2 * half) return {};
    der_writer out(room);
    out.unsigned_integer(r_and_s.subspan(half));
    out.unsigned_integer(r_and_s.first(half));
    out.header(der_tag::sequence, out.size());
    return out.written();
}

/// The way back. False unless the DER is one signature that fits the curve; `out` is then of no use.
[[nodiscard]] constexpr bool p1363_of_ecdsa_der(std::span<const unsigned char> der, ec_curve curve,
                                                std::span<unsigned char> out) noexcept {
    const std::size_t half = size_of(curve);
    if (half == 0 || out.size() != 2 * half || der.size() < 2 || der.size() > max_ecdsa_der_size
        || der[0] != static_cast<unsigned char>(der_tag::sequence) || der[1] != der.size() - 2)
        return false;
    der = der.subspan(2);
    for (std::size_t i = 0; i < 2; ++i) {
        if (der.size() < 2 || der[0] != static_cast<unsigned char>(der_tag::integer)) return false;
        const std::size_t size = der[1];
        if (size == 0 || size > der.size() - 2) return false;
        std::span<const unsigned char> number = der.subspan(2, size);
        der = der.subspan(2 + size);
        while (number.size() > half && number.front() == 0)
            number = number.subspan(1);
        if (number.size() > half) return false;
        const std::span<unsigned char> to = out.subspan(i * half, half);
        std::size_t at = 0;
        for (; at < half - number.size(); ++at)
            to[at] = 0;
        for (const unsigned char byte : number)
            to[at++] = byte;
    }
    return der.empty();
}

} // namespace hookseal::inline v0_1

#endif
