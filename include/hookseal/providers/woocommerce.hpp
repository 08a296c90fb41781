// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WOOCOMMERCE_HPP
#define HOOKSEAL_PROVIDERS_WOOCOMMERCE_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// WooCommerce: `X-WC-Webhook-Signature: <base64>`, HMAC-SHA-256 over the body.
///
/// Not protected: time, and every header. `X-WC-Webhook-Delivery-ID` may be the same for two deliveries of one
/// second, so events are told apart by their body. Nothing is retried.
/// Source: woocommerce/woocommerce `class-wc-webhook.php` (read 2026-11-21).
struct woocommerce {
    static constexpr signed_scheme scheme{
        .name = "woocommerce",
        .encoding = encoding::base64,
        .signature = header("x-wc-webhook-signature"),
        .signed_content = "{body}",
        .event_type = header("x-wc-webhook-topic"),
    };
    /// The ping on creation is not signed; without a 2xx the webhook is not activated.
    static constexpr challenge_scheme challenge{
        .unless = header("x-wc-webhook-signature"),
        .value = form("webhook_id"),
        .form = {alphabet::digits, 1, 20},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
