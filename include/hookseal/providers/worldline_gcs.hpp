// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WORLDLINE_GCS_HPP
#define HOOKSEAL_PROVIDERS_WORLDLINE_GCS_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Worldline (Connect, Direct, ANZ): `X-GCS-Signature: <base64>`, HMAC-SHA-256 over the body.
///
/// `X-GCS-KeyId` names the key and is not looked at: any configured secret may match. Not protected: time, and every
/// header. Retried for about a day.
/// Source: Worldline Connect SDK `WebhooksHelper` (read 2026-11-21).
struct worldline_gcs {
    static constexpr signed_scheme scheme{
        .name = "worldline_gcs",
        .encoding = encoding::base64,
        .signature = header("x-gcs-signature"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = hours(26),
    };
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .value = header("x-gcs-webhooks-endpoint-verification"),
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
