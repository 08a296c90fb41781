// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TIKTOK_HPP
#define HOOKSEAL_PROVIDERS_TIKTOK_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// TikTok for Developers: `TikTok-Signature: t=<unix seconds>,s=<hex>`, HMAC-SHA-256 over `{t}.{body}`.
///
/// The key is the app's client secret. Deliveries have no id. Retried for 72 hours.
/// Source: developers.tiktok.com/doc/webhooks-verification (read 2026-11-21).
struct tiktok {
    static constexpr signed_scheme scheme{
        .name = "tiktok",
        .signature = header("tiktok-signature").item("s=", ','),
        .timestamp = header("tiktok-signature").item("t=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_type = json("event"),
        .retry_window = hours(72),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
