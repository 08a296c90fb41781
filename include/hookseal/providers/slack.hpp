// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SLACK_HPP
#define HOOKSEAL_PROVIDERS_SLACK_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Slack request signing: `X-Slack-Signature: v0=<hex>`, HMAC-SHA-256 over `v0:{timestamp}:{body}`.
///
/// The body is signed as sent, before any parsing of forms. Events API deliveries carry an `event_id`; slash commands and
/// interactions, which are forms, carry none. Retries come within minutes, signed anew.
/// Source: docs.slack.dev, "Verifying requests from Slack" (read 2026-11-21).
struct slack {
    static constexpr signed_scheme scheme{
        .name = "slack",
        .signature = header("x-slack-signature").after("v0="),
        .timestamp = header("x-slack-request-timestamp"),
        .signed_content = "v0:{timestamp}:{body}",
        .event_id = json("event_id"),
        .event_type = json("event.type"),
        .retry_window = hours(1),
    };
    /// `url_verification`, which has no event's id.
    static constexpr challenge_scheme challenge{
        .when = {json("type"), "url_verification"},
        .value = json("challenge"),
        .is_signed = true,
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
