// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BIGCOMMERCE_HPP
#define HOOKSEAL_PROVIDERS_BIGCOMMERCE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// BigCommerce: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the app's client secret as text, unlike with Standard Webhooks. `hash` in the body proves
/// nothing: it has no key. Retried for 48 hours.
/// Source: developer.bigcommerce.com, "Webhooks overview"; hookdeck/webhook-skills `bigcommerce-webhooks`
/// (read 2026-11-21).
struct bigcommerce {
    static constexpr signed_scheme scheme{
        .name = "bigcommerce",
        .encoding = encoding::base64,
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
        .event_type = json("scope"),
        .retry_window = hours(48),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
