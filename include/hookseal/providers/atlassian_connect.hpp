// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ATLASSIAN_CONNECT_HPP
#define HOOKSEAL_PROVIDERS_ATLASSIAN_CONNECT_HPP

#include <hookseal/schemes/jwt.hpp>
#include <hookseal/schemes/query_string_hash.hpp>

namespace hookseal::inline v0_1::providers {

/// Atlassian Connect: `Authorization: JWT <token>`, HS256; the claim `qsh` is the SHA-256 in hex of method, path and query.
///
/// The key is the tenant's `sharedSecret` of the installation callback, as text; requests name the tenant by the claim `iss`,
/// its `clientKey`: give keys an id, or find them with `remote_keys`. The option `base_url` is the app's own, of which the
/// path is left out of the hash. Not protected: the body. The callbacks of installation themselves are signed with another
/// key, by RS256, and not read here.
/// Source: developer.atlassian.com, "Understanding JWT for Connect apps"; npm `atlassian-jwt` 2.0.3 (read 2026-11-21).
struct atlassian_connect {
    static constexpr jwt_scheme scheme{
        .name = "atlassian_connect",
        .signer = jwt_signer::issuer,
        .token = header("authorization").after("JWT "),
        .expires = jwt_time::required,
        .request_digest = {.claim = "qsh", .of = &readers::query_string_hash, .with = option("base_url")},
        .event_id = header("x-atlassian-webhook-identifier"),
        .event_type = json("webhookEvent"),
        .retry_window = days(1),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
