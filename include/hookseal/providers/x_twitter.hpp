// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_X_TWITTER_HPP
#define HOOKSEAL_PROVIDERS_X_TWITTER_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/value_form.hpp>

namespace hookseal::inline v0_1::providers {

/// X (Twitter): `x-twitter-webhooks-signature: sha256=<base64>`, HMAC-SHA-256 over the body; base64 behind `sha256=`,
/// not hex.
///
/// The key is the consumer secret. Not protected: time. Events have no common id: they are told apart by their body.
/// Retried for minutes. A body that could be a challenge's token is refused: a challenge has any of those signed.
/// Source: docs.x.com/x-api/webhooks/quickstart (read 2026-11-21).
struct x_twitter {
    static constexpr value_form crc_token{alphabet::token, 1, 128};
    static constexpr signed_scheme scheme{
        .name = "x_twitter",
        .encoding = encoding::base64,
        .signature = header("x-twitter-webhooks-signature").after("sha256="),
        .signed_content = "{body}",
        .signed_on_request = crc_token,
    };
    /// Comes about every hour, unsigned, and wants a signature under the very key that signs deliveries.
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .value = query("crc_token"),
        .form = crc_token,
        .json = R"({"response_token":"sha256={mac}"})",
        .mac = encoding::base64,
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
