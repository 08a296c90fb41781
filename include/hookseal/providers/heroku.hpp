// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_HEROKU_HPP
#define HOOKSEAL_PROVIDERS_HEROKU_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Heroku: `Heroku-Webhook-Hmac-SHA256: <base64>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. Retried for 72 hours at level `sync`, never at level `notify`.
/// Source: devcenter.heroku.com/articles/app-webhooks (read 2026-11-21).
struct heroku {
    static constexpr signed_scheme scheme{
        .name = "heroku",
        .encoding = encoding::base64,
        .signature = header("heroku-webhook-hmac-sha256"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("webhook_metadata.event.include"),
        .retry_window = hours(72),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
