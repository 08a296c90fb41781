// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_EQUAL_HPP
#define HOOKSEAL_CRYPTO_EQUAL_HPP

#include <openssl/crypto.h>

#include <span>

namespace hookseal::inline v0_1 {

/// Whether two tags are the same, in time that depends on their lengths alone: the only comparison of bytes derived
/// from a secret in the library.
///
/// The lengths are public. Different ones, and empty tags, are never equal: `CRYPTO_memcmp` over no bytes says yes.
[[nodiscard]] inline bool equal(std::span<const unsigned char> a, std::span<const unsigned char> b) noexcept {
    if (a.size() != b.size() || a.empty()) return false;
    return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace hookseal::inline v0_1

#endif
