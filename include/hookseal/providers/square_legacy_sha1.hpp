// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SQUARE_LEGACY_SHA1_HPP
#define HOOKSEAL_PROVIDERS_SQUARE_LEGACY_SHA1_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Square's legacy signature: `x-square-signature: <base64>`, HMAC-SHA-1 over `{url}{body}`.
///
/// For deliveries without `x-square-hmacsha256-signature`; requests with both are refused. The URL is the one
/// registered with Square, byte for byte. Not protected: time. Retried for 24 hours.
/// Source: developer.squareup.com/docs/webhooks/validate-notifications (read 2026-11-21).
struct square_legacy_sha1 {
    static constexpr signed_scheme scheme{
        .name = "square_legacy_sha1",
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("x-square-signature"),
        .signed_content = "{url}{body}",
        .refused = header("x-square-hmacsha256-signature"),
        .event_id = json("event_id"),
        .event_type = json("type"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
