// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MODERN_TREASURY_HPP
#define HOOKSEAL_PROVIDERS_MODERN_TREASURY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Modern Treasury: `X-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time, and every header.
/// Source: Modern-Treasury/modern-treasury-node `src/resources/webhooks.ts` (read 2026-11-21).
struct modern_treasury {
    static constexpr signed_scheme scheme{
        .name = "modern_treasury",
        .signature = header("x-signature"),
        .signed_content = "{body}",
        .event_id = header("x-event-id"),
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
