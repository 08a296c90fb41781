// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_REPLICATE_HPP
#define HOOKSEAL_PROVIDERS_REPLICATE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Replicate: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// Retries end after a minute.
/// Source: replicate/replicate-javascript `lib/util.js` (read 2026-11-21).
struct replicate {
    static constexpr signed_scheme scheme{
        .name = "replicate",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "whsec_", .at_least = 16},
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
        .event_type = json("status"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
