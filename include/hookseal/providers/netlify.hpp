// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_NETLIFY_HPP
#define HOOKSEAL_PROVIDERS_NETLIFY_HPP

#include <hookseal/schemes/jwt.hpp>

namespace hookseal::inline v0_1::providers {

/// Netlify deploy notifications: `X-Webhook-Signature: <JWT>`, HS256; the claim `sha256` is the body's digest in hex.
///
/// The key is the "JWS secret token", as text. Not protected: freshness; a token never expires. The id in the body is the
/// deploy's, which several events share.
/// Source: docs.netlify.com, "Deploy notifications: Payload signature", and six public receivers (read 2026-11-21).
struct netlify {
    static constexpr jwt_scheme scheme{
        .name = "netlify",
        .token = header("x-webhook-signature"),
        .issued = jwt_time::optional,
        .claims = {claim("iss").is("netlify")},
        .body_digest = {.claim = "sha256"},
        .event_id = {json("id"), json("state")},
        .event_type = header("x-netlify-event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
