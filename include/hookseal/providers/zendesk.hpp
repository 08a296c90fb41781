// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ZENDESK_HPP
#define HOOKSEAL_PROVIDERS_ZENDESK_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Zendesk: `X-Zendesk-Webhook-Signature: <base64>`, HMAC-SHA-256 over `{timestamp}{body}`, RFC 3339.
///
/// The key looks like base64 and is used as text. `X-Zendesk-Webhook-Invocation-Id` is the same across retries, but
/// not signed.
/// Source: developer.zendesk.com, "Verifying webhooks" (read 2026-11-21).
struct zendesk {
    static constexpr signed_scheme scheme{
        .name = "zendesk",
        .encoding = encoding::base64,
        .signature = header("x-zendesk-webhook-signature"),
        .timestamp = header("x-zendesk-webhook-signature-timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "{timestamp}{body}",
        .event_id = header("x-zendesk-webhook-invocation-id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
