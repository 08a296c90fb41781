// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_STANDARD_WEBHOOKS_HPP
#define HOOKSEAL_PROVIDERS_STANDARD_WEBHOOKS_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Standard Webhooks: `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over `{webhook-id}.{webhook-timestamp}.{body}`, or
/// `v1a,<base64>`, Ed25519 over the same.
///
/// Secrets are `whsec_<base64>` (the prefix may be absent), public keys `whpk_<base64>`. Elements of other versions are
/// passed over. Each attempt is signed anew; the id stays. The suggested retry schedule ends after 75 h 35 min.
/// Source: github.com/standard-webhooks/standard-webhooks `spec/standard-webhooks.md` (read 2026-11-21).
struct standard_webhooks {
    static constexpr either scheme{
        signed_scheme{
            .name = "standard_webhooks",
            .encoding = encoding::base64,
            .key = {.encoding = encoding::base64, .prefix = "whsec_", .at_least = 16},
            .signature = header("webhook-signature").item("v1,", ' '),
            .timestamp = header("webhook-timestamp"),
            .signed_content = "{event_id}.{timestamp}.{body}",
            .event_id = header("webhook-id"),
            .event_type = json("type"),
            .retry_window = hours(76),
        },
        signed_scheme{
            .name = "standard_webhooks",
            .proof = proof::ed25519,
            .encoding = encoding::base64,
            .key = {.encoding = encoding::base64, .prefix = "whpk_", .prefix_required = true},
            .signature = header("webhook-signature").item("v1a,", ' '),
            .timestamp = header("webhook-timestamp"),
            .signed_content = "{event_id}.{timestamp}.{body}",
            .event_id = header("webhook-id"),
            .event_type = json("type"),
            .retry_window = hours(76),
        },
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
