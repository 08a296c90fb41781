// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_OKTA_HPP
#define HOOKSEAL_PROVIDERS_OKTA_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Okta event hooks: `Authorization: <text>`, the authentication secret of the hook, whole.
///
/// Nothing is signed: whoever sees one request can send any other. The name of the header can be configured;
/// this is the usual one. One delivery may hold several events.
/// Source: developer.okta.com/docs/guides/secure-hooks (read 2026-11-21).
struct okta {
    static constexpr signed_scheme scheme{
        .name = "okta",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("authorization"),
        .event_id = json("eventId"),
        .event_type = json("data.events.0.eventType"),
    };
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .value = header("x-okta-verification-challenge"),
        .json = R"({"verification":"{value}"})",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
