// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_UCP_HPP
#define HOOKSEAL_PROVIDERS_UCP_HPP

#include <hookseal/schemes/http_message_signature.hpp>

namespace hookseal::inline v0_1::providers {

/// UCP (Universal Commerce Protocol) order webhooks: HTTP Message Signatures (RFC 9421), ES256, ES384 or Ed25519, over method,
/// host, path and query, content type, the body's digest and, where they are there, `UCP-Agent` and `Idempotency-Key`.
///
/// The keys are `keys` of the profile that `UCP-Agent` names; take those of the businesses you know, found by `kid` (see
/// `remote_keys`), and let no request choose the profile. `created` may be absent: where it is, the event's id is all there is
/// against repetition. The URL is the one that the business was given, `req.at(…)`. Of several signatures `sig1` counts.
/// Source: ucp.dev/specification/signatures, version 2026-08-25 (read 2026-11-21).
struct ucp {
    static constexpr http_message_signature scheme{
        .name = "ucp",
        .algorithms = {signature_algorithm::ecdsa_p256_sha256, signature_algorithm::ecdsa_p384_sha384,
                       signature_algorithm::ed25519},
        .label = "sig1",
        .required = {"@method", "@authority", "@path", "content-type", "content-digest"},
        .required_if_present = {"ucp-agent", "idempotency-key"},
        .query_required_if_present = true,
        .created_required = false,
        .event_id = header("idempotency-key"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
