// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_COINBASE_COMMERCE_HPP
#define HOOKSEAL_PROVIDERS_COINBASE_COMMERCE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Coinbase Commerce: `X-CC-Webhook-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. `event.id` stays across retries, the `id` beside it does not. Retried for 3 days.
/// Source: coinbase/coinbase-commerce-node `lib/Webhook.js` (read 2026-11-21).
struct coinbase_commerce {
    static constexpr signed_scheme scheme{
        .name = "coinbase_commerce",
        .signature = header("x-cc-webhook-signature"),
        .signed_content = "{body}",
        .event_id = json("event.id"),
        .event_type = json("event.type"),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
