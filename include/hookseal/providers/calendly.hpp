// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CALENDLY_HPP
#define HOOKSEAL_PROVIDERS_CALENDLY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Calendly: `Calendly-Webhook-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA-256 over `{t}.{body}`.
///
/// Fresh for three minutes. Deliveries have no id. Retried for 24 hours.
/// Source: developer.calendly.com, "Webhook signatures" (read 2026-11-21).
struct calendly {
    static constexpr signed_scheme scheme{
        .name = "calendly",
        .signature = header("calendly-webhook-signature").item("v1=", ','),
        .timestamp = header("calendly-webhook-signature").item("t=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_type = json("event"),
        .tolerance = minutes(3),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
