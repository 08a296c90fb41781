// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ADCP_HPP
#define HOOKSEAL_PROVIDERS_ADCP_HPP

#include <hookseal/schemes/http_message_signature.hpp>

namespace hookseal::inline v0_1::providers {

/// AdCP (Ad Context Protocol) webhooks: HTTP Message Signatures (RFC 9421) with the tag `adcp/webhook-signing/v1`, Ed25519 or
/// ES256, over method, URL, content type and the body's digest.
///
/// The keys are the agent's JWK Set, found by `kid` (see `remote_keys`), for `adcp_use` `request-signing` or, of old,
/// `webhook-signing`. Signatures are base64url without padding, as this profile has it, and last 300 seconds. The URL is the
/// one that the agent was given, `req.at(…)`. The id is the body's `idempotency_key`, which is signed.
/// Source: adcontextprotocol.org, "Security: Webhook callbacks", and its test vectors at 4439b18 (read 2026-11-21).
struct adcp {
    static constexpr http_message_signature scheme{
        .name = "adcp",
        .algorithms = {signature_algorithm::ed25519, signature_algorithm::ecdsa_p256_sha256},
        .key = {.purpose = {"adcp_use", "request-signing", "webhook-signing"}},
        .tag = "adcp/webhook-signing/v1",
        .required = {"@method", "@target-uri", "@authority", "content-type", "content-digest"},
        .expires_required = true,
        .nonce_required = true,
        .algorithm_required = true,
        .longest_validity = seconds(300),
        .base64url = true,
        .canonical_url = true,
        .event_id = json("idempotency_key"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
