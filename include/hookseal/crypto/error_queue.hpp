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

    /// Whether an allocation was the last thing that failed: OpenSSL answers that like a bad signature.
    [[nodiscard]] bool ran_out_of_memory() const noexcept {
        return ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE;
    }
};

} // namespace hookseal::inline v0_1

#endif
