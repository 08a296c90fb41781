// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FLUTTERWAVE_HPP
#define HOOKSEAL_PROVIDERS_FLUTTERWAVE_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Flutterwave's v3 and v4, as they come: `verif-hash: <secret>`, the secret hash itself, or
/// `flutterwave-signature: <base64>`, HMAC-SHA-256 over the body.
///
/// With v3 nothing is signed: whoever sees one request can send any other. Take `flutterwave_v4` as soon as
/// v4 is switched on. A request with both headers is judged by its signature. Three retries, 30 minutes
/// apart.
/// Source: developer.flutterwave.com/docs/webhooks (read 2026-11-21).
struct flutterwave {
    static constexpr signed_scheme with_token{
        .name = "flutterwave",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("verif-hash"),
        .refused = header("flutterwave-signature"),
        .event_id = {json("data.id"), json("event")},
        .event_type = json("event"),
        .retry_window = hours(2),
    };
    static constexpr signed_scheme with_signature{
        .name = "flutterwave",
        .encoding = encoding::base64,
        .signature = header("flutterwave-signature"),
        .signed_content = "{body}",
        .event_id = json("webhook_id"),
        .event_type = json("type"),
        .retry_window = hours(2),
    };
    static constexpr either scheme{with_token, with_signature};
};

} // namespace hookseal::inline v0_1::providers

#endif
