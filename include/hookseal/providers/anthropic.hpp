// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ANTHROPIC_HPP
#define HOOKSEAL_PROVIDERS_ANTHROPIC_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Anthropic: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The id is in the header; the body has one of its own.
/// Source: anthropics/anthropic-sdk-python `beta/webhooks.py` (read 2026-11-21).
struct anthropic {
    static constexpr signed_scheme scheme{
        .name = "anthropic",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "whsec_"},
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
        .event_type = json("data.type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
