// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MUX_HPP
#define HOOKSEAL_PROVIDERS_MUX_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Mux: `Mux-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>…]`, HMAC-SHA-256 over `{t}.{body}`.
///
/// Retried for 24 hours.
/// Source: muxinc/mux-node-sdk `webhooks` (read 2026-11-21).
struct mux {
    static constexpr signed_scheme scheme{
        .name = "mux",
        .signature = header("mux-signature").item("v1=", ','),
        .timestamp = header("mux-signature").item("t=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
