// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PLAID_HPP
#define HOOKSEAL_PROVIDERS_PLAID_HPP

#include <hookseal/schemes/jwt.hpp>

namespace hookseal::inline v0_1::providers {

/// Plaid: `Plaid-Verification: <JWT>`, ES256; the claim `request_body_sha256` is the body's digest in hex.
///
/// The key is found by `kid`: `POST /webhook_verification_key/get`, in the environment that the webhook is from (see
/// `remote_keys`), or is one that was fetched before, as a JWK. There is no id: Plaid's events are told apart by their
/// bodies. Retries go on for up to 24 hours.
/// Source: plaid.com/docs/api/webhooks/webhook-verification (read 2026-11-21).
struct plaid {
    static constexpr jwt_scheme scheme{
        .name = "plaid",
        .algorithms = {jose_algorithm::es256},
        .signer = jwt_signer::kid,
        .token = header("plaid-verification"),
        .body_digest = {.claim = "request_body_sha256"},
        .event_type = {json("webhook_type"), json("webhook_code")},
        .retry_window = days(1),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
