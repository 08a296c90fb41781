// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_RANDOM_HPP
#define HOOKSEAL_CRYPTO_RANDOM_HPP

#include <hookseal/crypto/error_queue.hpp>

#include <openssl/rand.h>

#include <climits>
#include <span>

namespace hookseal::inline v0_1 {

/// Fills `out` from OpenSSL's generator, which reseeds itself after `fork()`. False when it cannot; `out` is then
/// not random and must not be used.
[[nodiscard]] inline bool random_bytes(std::span<unsigned char> out) noexcept {
    if (out.size() > INT_MAX) return false;
    const error_queue_mark mark;
    return RAND_bytes(out.data(), static_cast<int>(out.size())) == 1;
}

} // namespace hookseal::inline v0_1

#endif
