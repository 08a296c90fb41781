// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_DODO_PAYMENTS_HPP
#define HOOKSEAL_PROVIDERS_DODO_PAYMENTS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Dodo Payments: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The id stays the same across retries, which go on for about 27 hours.
/// Source: dodopayments/dodopayments-typescript `webhooks.ts` (read 2026-11-21).
struct dodo_payments {
    static constexpr signed_scheme scheme{
        .name = "dodo_payments",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "whsec_"},
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
        .event_type = json("type"),
        .retry_window = hours(28),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
