// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_VERCEL_HPP
#define HOOKSEAL_PROVIDERS_VERCEL_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Vercel: `x-vercel-signature: <hex>`, HMAC-SHA-1 over the body.
///
/// Not protected: time. Retried for 24 hours.
/// Source: vercel.com/docs/webhooks/webhooks-api (read 2026-11-21).
struct vercel {
    static constexpr signed_scheme scheme{
        .name = "vercel",
        .digest = digest::sha1,
        .signature = header("x-vercel-signature"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
