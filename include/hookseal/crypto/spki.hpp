// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_SPKI_HPP
#define HOOKSEAL_CRYPTO_SPKI_HPP

#include <hookseal/encoding/der.hpp>

#include <cstddef>
#include <span>

namespace hookseal::inline v0_1 {

/// The elliptic curves that keys may be on.
enum class ec_curve : unsigned char { none, p256, p384 };

/// The length of a coordinate, and of each half of a signature r ‖ s.
[[nodiscard]] constexpr std::size_t size_of(ec_curve curve) noexcept {
    switch (curve) {
    case ec_curve::p256: return 32;
    case ec_curve::p384: return 48;
    case ec_curve::none: break;
    }
    return 0;
}

namespace detail {

// What stands in front of the key itself, where that is of one length.
inline constexpr unsigned char ed25519_spki[] = { // RFC 8410, section 4
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
inline constexpr unsigned char p256_spki[] = { // RFC 5480: id-ecPublicKey, secp256r1, an uncompressed point
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
    0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
inline constexpr unsigned char p384_spki[] = { // the same with secp384r1
    0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
    0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};
inline constexpr unsigned char rsa_algorithm[] = { // RFC 8017, appendix A.1: rsaEncryption with a NULL
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};

} // namespace detail

/// A public key as the DER of its SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7): the one form in which keys are
/// handed on to OpenSSL, whatever they were written as.
///
/// It has room for RSA keys of 8192 bits; it is empty where a key needs more or its parts have the wrong lengths.
class spki {
public:
    static constexpr std::size_t max_size = 1152;

    constexpr spki() noexcept {} // user-provided: `{}` must not zero the bytes

    /// What claims to be one already.
    [[nodiscard]] static constexpr spki of_der(std::span<const unsigned char> der) noexcept {
        spki key;
        key.append(der);
        return key;
    }
    /// RFC 8032, section 5.1.5.
    [[nodiscard]] static constexpr spki of_ed25519(std::span<const unsigned char> raw) noexcept {
        spki key;
        if (raw.size() == 32) key.append(detail::ed25519_spki, raw);
        return key;
    }
    /// A point by its coordinates, which nobody has checked.
    [[nodiscard]] static constexpr spki of_ec(ec_curve curve, std::span<const unsigned char> x,
                                              std::span<const unsigned char> y) noexcept {
        spki key;
        if (x.size() != size_of(curve) || y.size() != size_of(curve)) return key;
        if (curve == ec_curve::p256) key.append(detail::p256_spki, x, y);
        if (curve == ec_curve::p384) key.append(detail::p384_spki, x, y);
        return key;
    }
    /// The RSAPublicKey of RFC 8017, appendix A.1.1 ("PKCS#1").
    [[nodiscard]] static constexpr spki of_pkcs1(std::span<const unsigned char> der) noexcept {
        if (der.empty()) return {};
        unsigned char room[max_size]{};
        der_writer out(room);
        constexpr unsigned char no_unused_bits[] = {0};
        out.bytes(der);
        out.bytes(no_unused_bits);
        out.header(der_tag::bit_string, out.size());
        out.bytes(detail::rsa_algorithm);
        out.header(der_tag::sequence, out.size());
        return of_der(out.written());
    }
    /// An RSA key by modulus and exponent, as big-endian numbers.
    [[nodiscard]] static constexpr spki of_rsa(std::span<const unsigned char> modulus,
                                               std::span<const unsigned char> exponent) noexcept {
        unsigned char room[max_size]{};
        der_writer out(room);
        out.unsigned_integer(exponent);
        out.unsigned_integer(modulus);
        out.header(der_tag::sequence, out.size());
        return of_pkcs1(out.written());
    }

    [[nodiscard]] constexpr std::span<const unsigned char> der() const noexcept { return {bytes_, size_}; }

    /// The raw key of an Ed25519 key; empty for others.
    [[nodiscard]] constexpr std::span<const unsigned char> ed25519() const noexcept {
        return behind(detail::ed25519_spki, 32);
    }
    /// Which curve the key is on, as a named curve and an uncompressed point: other spellings (explicit parameters,
    /// compressed points) are `none`.
    [[nodiscard]] constexpr ec_curve curve() const noexcept {
        if (!behind(detail::p256_spki, 2 * size_of(ec_curve::p256)).empty()) return ec_curve::p256;
        if (!behind(detail::p384_spki, 2 * size_of(ec_curve::p384)).empty()) return ec_curve::p384;
        return ec_curve::none;
    }

private:
    template <class... Parts>
    constexpr void append(const Parts&... parts) noexcept {
        (append(std::span<const unsigned char>(parts)), ...);
    }
    constexpr void append(std::span<const unsigned char> more) noexcept {
        if (more.size() > max_size - size_) {
            size_ = 0;
            return;
        }
        for (const unsigned char byte : more)
            bytes_[size_++] = byte;
    }
    [[nodiscard]] constexpr std::span<const unsigned char> behind(std::span<const unsigned char> prefix,
                                                                  std::size_t size) const noexcept {
        if (size_ != prefix.size() + size) return {};
        for (std::size_t i = 0; i < prefix.size(); ++i)
            if (bytes_[i] != prefix[i]) return {};
        return der().subspan(prefix.size());
    }

    std::size_t size_ = 0;
    unsigned char bytes_[max_size];
};

} // namespace hookseal::inline v0_1

#endif
