// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_ALGORITHM_HPP
#define HOOKSEAL_CORE_ALGORITHM_HPP

#include <cstddef>

namespace hookseal::inline v0_1 {

/// What a scheme does with key and signed content. Schemes name it; only `crypto/` carries it out.
enum class proof : unsigned char {
    hmac,       ///< RFC 2104
    keyed_hash, ///< a plain hash over content that holds the key, where `{key}` stands: not a MAC
    token,      ///< the shared secret itself is sent; nothing is signed
    ed25519,    ///< RFC 8032
    rsa,        ///< RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2)
    rsa_pss,    ///< RSASSA-PSS (RFC 8017, section 8.1): MGF1 with the same digest, a salt of its length

    // ECDSA (FIPS 186-5) on P-256 or P-384, as the key says.
    ecdsa_der,   ///< signatures in DER (RFC 3279, section 2.2.3)
    ecdsa_p1363, ///< signatures r ‖ s, each half as long as a coordinate
};

/// Hash functions; `crc32` is no hash, but is what one provider binds its body with.
enum class digest : unsigned char { sha1, sha256, sha384, sha512, md5, crc32 };

/// How bytes are written as text. `hex` is lower case only; `crc32` values are written in `decimal`.
enum class encoding : unsigned char { text, hex, hex_any_case, base64, base64url, decimal };

/// The length of a digest in bytes.
[[nodiscard]] constexpr std::size_t size_of(digest hash) noexcept {
    switch (hash) {
    case digest::sha1: return 20;
    case digest::sha256: return 32;
    case digest::sha384: return 48;
    case digest::sha512: return 64;
    case digest::md5: return 16;
    case digest::crc32: return 4;
    }
    return 0;
}

inline constexpr std::size_t max_digest_size = 64;

} // namespace hookseal::inline v0_1

#endif
