// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GOOGLE_PUBSUB_PUSH_HPP
#define HOOKSEAL_PROVIDERS_GOOGLE_PUBSUB_PUSH_HPP

#include <hookseal/schemes/jwt.hpp>

namespace hookseal::inline v0_1::providers {

/// Google Cloud Pub/Sub, authenticated push: `Authorization: Bearer <JWT>`, RS256, for the option `audience`, by the service
/// account of the option `email`.
///
/// The keys are Google's JWK Set, `www.googleapis.com/oauth2/v3/certs`, found by `kid` (see `remote_keys`). Both options are
/// needed: anybody with a project can have Google sign a token for any audience. Not protected: the body; a token is good
/// for an hour, and comes with many messages. Message ids are unique within their topic. Retries go on for seven days, unless
/// the subscription says otherwise.
/// Source: cloud.google.com/pubsub/docs/authenticate-push-subscriptions (read 2026-11-21).
struct google_pubsub_push {
    static constexpr jwt_scheme scheme{
        .name = "google_pubsub_push",
        .algorithms = {jose_algorithm::rs256},
        .signer = jwt_signer::kid,
        .token = header("authorization").after("Bearer "),
        .expires = jwt_time::required,
        .claims = {claim("iss").is("https://accounts.google.com", "accounts.google.com"),
                   claim("aud").is(option("audience")), claim("email").is(option("email")),
                   claim("email_verified").is_true()},
        .event_id = json("message.messageId"),
        .tolerance = hours(1),
        .retry_window = days(7),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
