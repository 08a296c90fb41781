// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_X_TWITTER_HPP
#define HOOKSEAL_PROVIDERS_X_TWITTER_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// X (Twitter): `x-twitter-webhooks-signature: sha256=<base64>`, HMAC-SHA-256 over the body; base64 behind `sha256=`,
/// not hex.
///
/// The key is the consumer secret. Not protected: time. Events have no common id: they are told apart by their body.
/// Retried for minutes.
/// Source: docs.x.com/x-api/webhooks/quickstart (read 2026-11-21).
struct x_twitter {
    static constexpr signed_scheme scheme{
        .name = "x_twitter",
        .encoding = encoding::base64,
        .signature = header("x-twitter-webhooks-signature").after("sha256="),
        .signed_content = "{body}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
