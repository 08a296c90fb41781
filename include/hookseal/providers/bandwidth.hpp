// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BANDWIDTH_HPP
#define HOOKSEAL_PROVIDERS_BANDWIDTH_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Bandwidth, messaging and voice: `Authorization: Basic <base64>`, the callback credentials of the
/// application. The secret is `user:password`.
///
/// Nothing is signed: whoever sees one request can send any other. A message comes as an array of one, with
/// states that follow each other under one id; calls have none. Messages are retried for 24 hours.
/// Source: dev.bandwidth.com/docs/messaging/webhooks (read 2026-11-21).
struct bandwidth {
    static constexpr signed_scheme scheme{
        .name = "bandwidth",
        .proof = proof::token,
        .encoding = encoding::base64,
        .signature = header("authorization").after("Basic "),
        .event_id = {json("0.message.id"), json("0.type"), json("0.to")},
        .event_type = json("0.type"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
