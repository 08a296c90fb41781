// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SQUARE_HPP
#define HOOKSEAL_PROVIDERS_SQUARE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Square: `x-square-hmacsha256-signature: <base64>`, HMAC-SHA-256 over `{url}{body}`.
///
/// The URL is the one registered with Square, byte for byte. The key is used as text. Not protected: time. Retried
/// for 24 hours.
/// Source: square/square-nodejs-sdk `src/wrapper/WebhooksHelper.ts` (read 2026-11-21).
struct square {
    static constexpr signed_scheme scheme{
        .name = "square",
        .encoding = encoding::base64,
        .signature = header("x-square-hmacsha256-signature"),
        .signed_content = "{url}{body}",
        .event_id = json("event_id"),
        .event_type = json("type"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
