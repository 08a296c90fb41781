// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SANITY_HPP
#define HOOKSEAL_PROVIDERS_SANITY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Sanity: `sanity-webhook-signature: t=<milliseconds>,v1=<base64url>`, HMAC-SHA-256 over `{t}.{body}`.
///
/// `idempotency-key` is not signed. Two retries within a minute.
/// Source: sanity-io/webhook-toolkit `src/signature.ts` (read 2026-11-21).
struct sanity {
    static constexpr signed_scheme scheme{
        .name = "sanity",
        .encoding = encoding::base64url,
        .signature = header("sanity-webhook-signature").item("v1=", ',').with_spaces(),
        .timestamp = header("sanity-webhook-signature").item("t=", ',').with_spaces(),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_id = header("idempotency-key"),
        .event_type = header("sanity-operation"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
