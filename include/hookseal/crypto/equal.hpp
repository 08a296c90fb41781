// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_EQUAL_HPP
#define HOOKSEAL_CRYPTO_EQUAL_HPP

#include <openssl/crypto.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace hookseal::inline v0_1 {

/// Whether two tags are the same, in time that depends on their lengths alone: the only comparison of bytes derived
/// from a secret in the library.
///
/// The lengths are public. Different ones, and empty tags, are never equal: `CRYPTO_memcmp` over no bytes says yes.
[[nodiscard]] inline bool equal(std::span<const unsigned char> a, std::span<const unsigned char> b) noexcept {
    if (a.size() != b.size() || a.empty()) return false;
    // `CRYPTO_memcmp` goes byte by byte. It is handed all differences in four bytes, of which no compiler can leave one
    // out: what is behind its call is not known to it.
    std::uint32_t differences = 0;
    std::size_t i = 0;
    for (; a.size() - i >= sizeof differences; i += sizeof differences) {
        std::uint32_t in_a = 0;
        std::uint32_t in_b = 0;
        std::memcpy(&in_a, a.data() + i, sizeof in_a);
        std::memcpy(&in_b, b.data() + i, sizeof in_b);
        differences |= in_a ^ in_b;
    }
    for (; i < a.size(); ++i)
        differences |= static_cast<std::uint32_t>(a[i] ^ b[i]);
    constexpr std::uint32_t none = 0;
    return CRYPTO_memcmp(&differences, &none, sizeof none) == 0;
}

} // namespace hookseal::inline v0_1

#endif
