// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_ERROR_QUEUE_HPP
#define HOOKSEAL_CRYPTO_ERROR_QUEUE_HPP

#include <openssl/err.h>

namespace hookseal::inline v0_1 {

/// Leaves OpenSSL's error queue as it was found: what we leave in it, the host program's TLS code would trip over.
class error_queue_mark {
public:
    error_queue_mark() noexcept { ERR_set_mark(); }
    error_queue_mark(const error_queue_mark&) = delete;
    error_queue_mark& operator=(const error_queue_mark&) = delete;
    ~error_queue_mark() { ERR_pop_to_mark(); }
};

} // namespace hookseal::inline v0_1

#endif
