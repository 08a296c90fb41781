// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PADDLE_BILLING_HPP
#define HOOKSEAL_PROVIDERS_PADDLE_BILLING_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Paddle Billing: `Paddle-Signature: ts=<unix seconds>;h1=<hex>[;h1=<hex>…]`, HMAC-SHA-256 over `{ts}:{body}`.
///
/// Semicolons in the header, a colon in the content. The key is the whole `pdl_ntfset_…`. Fresh for five seconds, so
/// each retry is signed anew. Retried for 3 days.
/// Source: PaddleHQ/paddle-node-sdk `webhooks-validator.ts` (read 2026-11-21).
struct paddle_billing {
    static constexpr signed_scheme scheme{
        .name = "paddle_billing",
        .signature = header("paddle-signature").item("h1=", ';'),
        .timestamp = header("paddle-signature").item("ts=", ';'),
        .signed_content = "{timestamp}:{body}",
        .event_id = json("event_id"),
        .event_type = json("event_type"),
        .tolerance = seconds(5),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
