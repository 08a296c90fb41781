// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MESSAGEBIRD_JWT_HPP
#define HOOKSEAL_PROVIDERS_MESSAGEBIRD_JWT_HPP

#include <hookseal/schemes/jwt.hpp>
#include <hookseal/schemes/whole_url.hpp>

namespace hookseal::inline v0_1::providers {

/// MessageBird: `MessageBird-Signature-JWT: <JWT>`, HS256 (or 384, 512); the claims `url_hash` and `payload_hash` are SHA-256 in hex of the
/// whole URL and of the body.
///
/// The key is the signing key as it stands: it looks like hex, and is not. The URL is the one that MessageBird was given,
/// `req.at(…)`, with its parameters in their order. A token without `payload_hash` is one for an empty body.
/// Source: developers.messagebird.com/docs/verify-http-requests; messagebird/messagebird-nodejs (read 2026-11-21).
struct messagebird_jwt {
    static constexpr jwt_scheme scheme{
        .name = "messagebird_jwt",
        .algorithms = {jose_algorithm::hs256, jose_algorithm::hs384, jose_algorithm::hs512},
        .token = header("messagebird-signature-jwt"),
        .issued = jwt_time::optional,
        .expires = jwt_time::required,
        .starts = jwt_time::required,
        .leeway = seconds(5),
        .claims = {claim("iss").is("MessageBird")},
        .body_digest = {.claim = "payload_hash", .absent_if_empty = true},
        .request_digest = {.claim = "url_hash", .of = &readers::whole_url},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
