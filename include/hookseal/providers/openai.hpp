// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_OPENAI_HPP
#define HOOKSEAL_PROVIDERS_OPENAI_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// OpenAI: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// A secret with `whsec_` in front is base64; one without is used as text. The id is in the header; the body has one
/// of its own. Retried for 72 hours.
/// Source: openai/openai-python `src/openai/resources/webhooks.py` (read 2026-11-21).
struct openai {
    static constexpr signed_scheme scheme{
        .name = "openai",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "whsec_", .text_unprefixed = true},
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
        .event_type = json("type"),
        .retry_window = hours(72),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
