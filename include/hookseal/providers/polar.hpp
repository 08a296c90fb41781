// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_POLAR_HPP
#define HOOKSEAL_PROVIDERS_POLAR_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Polar: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The secret is used as text, whatever its prefix. The id stays the same across ten retries.
/// Source: polarsource/polar `sdk/typescript/src/webhooks.ts` (read 2026-11-21).
struct polar {
    static constexpr signed_scheme scheme{
        .name = "polar",
        .encoding = encoding::base64,
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
