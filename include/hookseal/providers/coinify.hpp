// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_COINIFY_HPP
#define HOOKSEAL_PROVIDERS_COINIFY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Coinify: `X-Coinify-Webhook-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time.
/// Source: coinify.readme.io/docs/webhook-signature (read 2026-11-21).
struct coinify {
    static constexpr signed_scheme scheme{
        .name = "coinify",
        .signature = header("x-coinify-webhook-signature"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
