// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_DAILY_HPP
#define HOOKSEAL_PROVIDERS_DAILY_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Daily: `X-Webhook-Signature: <base64>`, HMAC-SHA-256 over `{timestamp}.{body}`.
///
/// The key is base64. The time is in seconds; milliseconds are understood.
/// Source: docs.daily.co, "Webhooks" (read 2026-11-21).
struct daily {
    static constexpr signed_scheme scheme{
        .name = "daily",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("x-webhook-signature"),
        .timestamp = header("x-webhook-timestamp"),
        .timestamp_form = timestamp_form::unix_seconds_or_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_id = json("id"),
        .event_type = json("type"),
    };
    /// The test on creation is not signed.
    static constexpr challenge_scheme challenge{
        .when = {json("test"), "test"},
        .unless = header("x-webhook-signature"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
