// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_AETHER_HPP
#define HOOKSEAL_PROVIDERS_AETHER_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Aether: `X-Aether-Signature: sha256=<hex>`, HMAC-SHA-256 over the body, either case of hex.
///
/// Not protected: time, and every header. Deliveries are retried for 24 hours.
/// Source: the format as its users describe it; no public documentation was found (2026-11-21).
struct aether {
    static constexpr signed_scheme scheme{
        .name = "aether",
        .encoding = encoding::hex_any_case,
        .signature = header("x-aether-signature").after("sha256="),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
