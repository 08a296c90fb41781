// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_QSTASH_HPP
#define HOOKSEAL_PROVIDERS_QSTASH_HPP

#include <hookseal/schemes/jwt.hpp>

namespace hookseal::inline v0_1::providers {

/// Upstash QStash: `Upstash-Signature: <JWT>`, HS256; the claim `body` is the body's SHA-256 in base64url, `sub` the URL.
///
/// The keys are the current and the next signing key, as text with their `sig_`: give both. The URL is the destination as
/// QStash was told it, `req.at(…)`. Message ids stay the same over retries, but are not signed.
/// Source: upstash/qstash-js `src/receiver.ts` at 81d951b (read 2026-11-21).
struct qstash {
    static constexpr jwt_scheme scheme{
        .name = "qstash",
        .token = header("upstash-signature"),
        .expires = jwt_time::required,
        .starts = jwt_time::required,
        .claims = {claim("iss").is("Upstash"), claim("sub").is_the_url()},
        .body_digest = {.claim = "body", .encoding = encoding::base64url},
        .event_id = header("upstash-message-id"),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
