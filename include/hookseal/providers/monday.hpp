// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MONDAY_HPP
#define HOOKSEAL_PROVIDERS_MONDAY_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/jwt.hpp>

namespace hookseal::inline v0_1::providers {

/// monday.com: `Authorization: <JWT>`, perhaps behind `Bearer `, HS256, for the option `audience`, the URL that is called.
///
/// The key is the app's signing secret (for the app's life cycle: its client secret), as text. Not protected: the body, and
/// with it the event's id; whoever sees a request can send any body with its token for five minutes. Webhooks that were
/// made on a board, without an app, carry no token and cannot be verified. Retries go on for half an hour.
/// Source: developer.monday.com, "Webhooks" and "Integration authorization" (read 2026-11-21).
struct monday {
    static constexpr jwt_scheme bare{
        .name = "monday",
        .token = header("authorization"),
        .expires = jwt_time::required,
        .claims = {claim("aud").is(option("audience"))},
        .event_id = json("event.triggerUuid"),
        .event_type = json("event.type"),
        .retry_window = minutes(30),
    };
    static constexpr jwt_scheme bearer = [] {
        jwt_scheme other = bare;
        other.token = header("authorization").after("Bearer ");
        return other;
    }();
    static constexpr either scheme{bare, bearer};
    /// May come without a token.
    static constexpr challenge_scheme challenge{
        .value = json("challenge"),
        .json = R"({"challenge":"{value}"})",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
