// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CLOUDFLARE_STREAM_HPP
#define HOOKSEAL_PROVIDERS_CLOUDFLARE_STREAM_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Cloudflare Stream: `Webhook-Signature: time=<unix seconds>,sig1=<hex>`, HMAC-SHA-256 over `{time}.{body}`.
///
/// The secret looks like hex and is used as text. Events have no id.
/// Source: developers.cloudflare.com/stream, "Use webhooks" (read 2026-11-21).
struct cloudflare_stream {
    static constexpr signed_scheme scheme{
        .name = "cloudflare_stream",
        .signature = header("webhook-signature").item("sig1=", ','),
        .timestamp = header("webhook-signature").item("time=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_type = json("status.state"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
