// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GOCARDLESS_HPP
#define HOOKSEAL_PROVIDERS_GOCARDLESS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// GoCardless: `Webhook-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. A delivery is a batch; its id is the webhook's.
/// Source: gocardless/gocardless-pro-python `gocardless_pro/webhooks.py` (read 2026-11-21).
struct gocardless {
    static constexpr signed_scheme scheme{
        .name = "gocardless",
        .signature = header("webhook-signature"),
        .signed_content = "{body}",
        .event_id = json("meta.webhook_id"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
