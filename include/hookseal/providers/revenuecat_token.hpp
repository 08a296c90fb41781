// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_REVENUECAT_TOKEN_HPP
#define HOOKSEAL_PROVIDERS_REVENUECAT_TOKEN_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// RevenueCat without signatures: `Authorization: <text>`, the authorization header value set in the
/// dashboard, whole.
///
/// Nothing is signed: whoever sees one request can send any other. Prefer the signatures of `revenuecat`. The
/// id stays the same across retries, which end within 3 hours.
/// Source: revenuecat.com/docs/integrations/webhooks (read 2026-11-21).
struct revenuecat_token {
    static constexpr signed_scheme scheme{
        .name = "revenuecat_token",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("authorization"),
        .event_id = json("event.id"),
        .event_type = json("event.type"),
        .retry_window = hours(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
