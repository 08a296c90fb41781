// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SUPABASE_AUTH_HOOKS_HPP
#define HOOKSEAL_PROVIDERS_SUPABASE_AUTH_HOOKS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Supabase auth hooks: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The secret is `v1,whsec_<base64>`. The answer is waited for.
/// Source: supabase.com/docs, "Auth hooks" (read 2026-11-21).
struct supabase_auth_hooks {
    static constexpr signed_scheme scheme{
        .name = "supabase_auth_hooks",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "v1,whsec_", .at_least = 16},
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
