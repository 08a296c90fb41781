// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_REVENUECAT_HPP
#define HOOKSEAL_PROVIDERS_REVENUECAT_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// RevenueCat with signed webhooks: `X-RevenueCat-Webhook-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>…]`,
/// HMAC-SHA-256 over `{t}.{body}`.
///
/// To be switched on in the dashboard; for the authorization header alone see `revenuecat_token`. Each retry
/// is signed anew; the id stays. Retries end within 3 hours.
/// Source: revenuecat.com/docs/integrations/webhooks (read 2026-11-21).
struct revenuecat {
    static constexpr signed_scheme scheme{
        .name = "revenuecat",
        .signature = header("x-revenuecat-webhook-signature").item("v1=", ','),
        .timestamp = header("x-revenuecat-webhook-signature").item("t=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_id = json("event.id"),
        .event_type = json("event.type"),
        .retry_window = hours(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
