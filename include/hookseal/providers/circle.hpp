// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CIRCLE_HPP
#define HOOKSEAL_PROVIDERS_CIRCLE_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Circle, notifications of version 2: `X-Circle-Signature: <base64>`, ECDSA P-256 in DER over the body.
///
/// The key is what Circle's API returns for the id in `X-Circle-Key-Id`, base64 of its DER. Such a key signs for every
/// customer of Circle: check that `subscriptionId` is one of yours. Not protected: freshness; `timestamp` in the body says
/// when it was made. Before deliveries come, Circle asks with HEAD. Version 1 (Circle Mint) is signed otherwise.
/// Source: developers.circle.com, "Verify webhook signatures" (read 2026-11-21).
struct circle {
    static constexpr signed_scheme scheme{
        .name = "circle",
        .proof = proof::ecdsa_der,
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("x-circle-signature"),
        .signed_content = "{body}",
        .event_id = json("notificationId"),
        .event_type = json("notificationType"),
    };
    /// Whether the URL answers at all.
    static constexpr challenge_scheme challenge{.method = "HEAD"};
};

} // namespace hookseal::inline v0_1::providers

#endif
