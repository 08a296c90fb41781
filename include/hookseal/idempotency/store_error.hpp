// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_STORE_ERROR_HPP
#define HOOKSEAL_IDEMPOTENCY_STORE_ERROR_HPP

#include <hookseal/idempotency/claim.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Why a database did not do what it was asked to, for logs.
struct store_error {
    store_fault fault = store_fault::unspecified;
    int code = 0;          ///< the database's own, where it has one
    std::string_view text; ///< in the database's words; gone when the hook returns
};

/// What a store does about errors of its database beside answering `unavailable`.
struct ignore_store_errors {
    void operator()(const store_error&) const noexcept {}
};

/// What a sweep did.
struct sweep_answer {
    bool available = false;
    std::size_t visited = 0;
    std::size_t removed = 0;
    bool is_round = false; ///< the table's end, as it was then, was reached; the next call begins anew
    store_fault fault = store_fault::unspecified;

    [[nodiscard]] static constexpr sweep_answer failure(store_fault why, bool = false) noexcept {
        return {.fault = why};
    }
};

} // namespace hookseal::inline v0_1

#endif
