// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MAILGUN_HPP
#define HOOKSEAL_PROVIDERS_MAILGUN_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Mailgun: `signature`, `timestamp` and `token` in the body, JSON or form; HMAC-SHA-256 over `{timestamp}{token}`,
/// in hex.
///
/// Nothing else is signed: who has seen one delivery can attach other event data to its token, while it is fresh. So
/// the token is the id here, and a store that lets each id through once is no luxury. `event-data.id` is not
/// authentic. Retried for 8 hours.
/// Source: documentation.mailgun.com, "Securing webhooks"; mailgun/mailgun-php `tests/Api/WebhookTest.php` (read
/// 2026-11-21).
struct mailgun {
    static constexpr either scheme{
        signed_scheme{
            .name = "mailgun",
            .signature = json("signature.signature"),
            .timestamp = json("signature.timestamp"),
            .signed_content = "{timestamp}{json:signature.token}",
            .event_id = json("signature.token"),
            .event_type = json("event-data.event"),
            .retry_window = hours(8),
        },
        signed_scheme{
            .name = "mailgun",
            .signature = form("signature"),
            .timestamp = form("timestamp"),
            .signed_content = "{timestamp}{form:token}",
            .event_id = form("token"),
            .event_type = form("event"),
            .retry_window = hours(8),
        },
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
