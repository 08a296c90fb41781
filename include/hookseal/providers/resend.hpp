// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_RESEND_HPP
#define HOOKSEAL_PROVIDERS_RESEND_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Resend: Svix, `svix-signature: v1,<base64> …`, HMAC-SHA-256 over `{svix-id}.{svix-timestamp}.{body}`.
///
/// Secrets are `whsec_<base64>`. The id stays the same across retries, which go on for 28 hours.
/// Source: resend/resend-node `src/webhooks` (read 2026-11-21).
struct resend {
    static constexpr signed_scheme scheme{
        .name = "resend",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "whsec_", .at_least = 16},
        .signature = header("svix-signature").item("v1,", ' '),
        .timestamp = header("svix-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("svix-id"),
        .event_type = json("type"),
        .retry_window = hours(28),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
