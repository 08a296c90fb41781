// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CHARGEBEE_HPP
#define HOOKSEAL_PROVIDERS_CHARGEBEE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Chargebee: `Authorization: Basic <base64>`, the user and password set on the webhook. The secret is
/// `user:password`.
///
/// Nothing is signed: whoever sees one request can send any other. Retried for about 3 days.
/// Source: chargebee-node `src/resources/webhook/auth.ts` (read 2026-11-21).
struct chargebee {
    static constexpr signed_scheme scheme{
        .name = "chargebee",
        .proof = proof::token,
        .encoding = encoding::base64,
        .signature = header("authorization").after("Basic "),
        .event_id = json("id"),
        .event_type = json("event_type"),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
