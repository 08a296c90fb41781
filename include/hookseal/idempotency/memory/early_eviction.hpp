// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_EARLY_EVICTION_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_EARLY_EVICTION_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>

namespace hookseal::inline v0_1 {

/// An event that a full store forgot before its time, to make room.
struct early_eviction {
    locator where;          ///< as in the tokens of that event
    event_state state;      ///< `done`, `released`, or `in_flight` with its lease over
    milliseconds remaining; ///< for which it should have been remembered
};

/// What the store does about early evictions unless told otherwise: it counts them, which it does in any case.
struct ignore_evictions {
    void operator()(const early_eviction&) const noexcept {}
};

} // namespace hookseal::inline v0_1

#endif
