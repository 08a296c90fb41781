// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FRONT_HPP
#define HOOKSEAL_PROVIDERS_FRONT_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Front application webhooks: `X-Front-Signature: <base64>`, HMAC-SHA-256 over `{timestamp}:{body}`.
///
/// The time is in milliseconds; seconds are understood. The key is the app secret. Three retries.
/// Source: dev.frontapp.com/docs/application-webhooks (read 2026-11-21).
struct front {
    static constexpr signed_scheme scheme{
        .name = "front",
        .encoding = encoding::base64,
        .signature = header("x-front-signature"),
        .timestamp = header("x-front-request-timestamp"),
        .timestamp_form = timestamp_form::unix_seconds_or_milliseconds,
        .signed_content = "{timestamp}:{body}",
        .event_id = json("payload.id"),
        .event_type = json("type"),
    };
    static constexpr challenge_scheme challenge{
        .value = header("x-front-challenge"),
        .is_signed = true,
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
