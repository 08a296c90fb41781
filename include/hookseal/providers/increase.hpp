// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_INCREASE_HPP
#define HOOKSEAL_PROVIDERS_INCREASE_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Increase: `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over `{webhook-id}.{webhook-timestamp}.{body}`, or,
/// older, `Increase-Webhook-Signature: t=<RFC 3339>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret as text, unlike with Standard Webhooks.
/// Source: increase.com/documentation/webhooks; increase-python `webhooks` (read 2026-11-21).
struct increase {
    static constexpr either scheme{
        signed_scheme{
            .name = "increase",
            .encoding = encoding::base64,
            .signature = header("webhook-signature").item("v1,", ' '),
            .timestamp = header("webhook-timestamp"),
            .signed_content = "{event_id}.{timestamp}.{body}",
            .event_id = header("webhook-id"),
            .event_type = json("category"),
        },
        signed_scheme{
            .name = "increase",
            .signature = header("increase-webhook-signature").item("v1=", ','),
            .timestamp = header("increase-webhook-signature").item("t=", ','),
            .timestamp_form = timestamp_form::rfc3339,
            .signed_content = "{timestamp}.{body}",
            .event_id = json("id"),
            .event_type = json("category"),
        },
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
