// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SHOPIFY_HPP
#define HOOKSEAL_PROVIDERS_SHOPIFY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Shopify: `X-Shopify-Hmac-Sha256: <base64>`, HMAC-SHA-256 over the body.
///
/// Events webhooks name the same headers without `X-`; a request that has both is refused. Not protected: time, and every
/// other header: topic, shop domain and ids are not authentic, so events are told apart by their body.
/// Source: shopify.dev, "Deliver webhooks through HTTPS"; Shopify/shopify-app-js `hmac-validator.ts` (read 2026-11-21).
struct shopify {
    static constexpr signed_scheme scheme{
        .name = "shopify",
        .encoding = encoding::base64,
        .signature = header("x-shopify-hmac-sha256").or_header("shopify-hmac-sha256"),
        .signed_content = "{body}",
        .event_id = header("x-shopify-event-id").or_header("shopify-event-id"),
        .event_type = header("x-shopify-topic").or_header("shopify-topic"),
        .retry_window = hours(4),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
