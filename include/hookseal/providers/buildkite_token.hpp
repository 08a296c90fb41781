// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BUILDKITE_TOKEN_HPP
#define HOOKSEAL_PROVIDERS_BUILDKITE_TOKEN_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Buildkite's token: `X-Buildkite-Token: <token>`.
///
/// Nothing is signed: whoever sees one request can send any other. Prefer Buildkite's signature.
/// Source: buildkite.com/docs/apis/webhooks (read 2026-11-21).
struct buildkite_token {
    static constexpr signed_scheme scheme{
        .name = "buildkite_token",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("x-buildkite-token"),
        .event_type = header("x-buildkite-event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
