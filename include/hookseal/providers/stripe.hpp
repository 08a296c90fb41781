// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_STRIPE_HPP
#define HOOKSEAL_PROVIDERS_STRIPE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Stripe: `Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>…]`, HMAC-SHA-256 over `{t}.{body}`.
///
/// The key is the endpoint secret as shown, *with* its `whsec_`: unlike at Svix it is neither stripped nor decoded. While
/// a secret is being rolled there is one `v1` for each active one. `v0` is a fake that Stripe adds in test mode and is never
/// accepted. Each retry is signed anew, with a new `t`. Connect and account endpoints have secrets of their own.
/// Source: docs.stripe.com/webhooks, "Verify webhook signatures manually"; stripe-node `src/Webhooks.ts` (read
/// 2026-11-21).
struct stripe {
    static constexpr signed_scheme scheme{
        .name = "stripe",
        .signature = header("stripe-signature").item("v1=", ','),
        .timestamp = header("stripe-signature").item("t=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
