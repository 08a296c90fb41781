// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FAL_HPP
#define HOOKSEAL_PROVIDERS_FAL_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// fal.ai: `X-Fal-Webhook-Signature: <hex>`, Ed25519 over the lines request id, user id, timestamp and the body's SHA-256.
///
/// The keys are fal's JWK Set (`rest.fal.ai/.well-known/jwks.json`), without key ids: any may match. They sign for every
/// customer of fal, so a valid signature alone says that *somebody* asked for this: compare `X-Fal-Webhook-User-Id` with
/// your own account before believing it. Deliveries are retried about ten times within two hours.
/// Source: fal.ai/docs/model-apis/webhooks, as eight public implementations have it (read 2026-11-21).
struct fal {
    static constexpr signed_scheme scheme{
        .name = "fal",
        .proof = proof::ed25519,
        .key = {.encoding = encoding::base64},
        .signature = header("x-fal-webhook-signature"),
        .timestamp = header("x-fal-webhook-timestamp"),
        .signed_content = "{event_id}\n{header:x-fal-webhook-user-id}\n{timestamp}\n{body|sha256}",
        .event_id = header("x-fal-webhook-request-id"),
        .event_type = json("status"),
        .retry_window = hours(2),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
