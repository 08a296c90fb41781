// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FLUTTERWAVE_V4_HPP
#define HOOKSEAL_PROVIDERS_FLUTTERWAVE_V4_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Flutterwave's v4: `flutterwave-signature: <base64>`, HMAC-SHA-256 over the body.
///
/// The key is the secret hash of the dashboard. Not protected: time. Three retries, 30 minutes apart.
/// Source: developer.flutterwave.com/docs/webhooks (read 2026-11-21).
struct flutterwave_v4 {
    static constexpr signed_scheme scheme{
        .name = "flutterwave_v4",
        .encoding = encoding::base64,
        .signature = header("flutterwave-signature"),
        .signed_content = "{body}",
        .event_id = json("webhook_id"),
        .event_type = json("type"),
        .retry_window = hours(2),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
