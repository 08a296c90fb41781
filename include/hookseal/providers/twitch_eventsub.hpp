// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TWITCH_EVENTSUB_HPP
#define HOOKSEAL_PROVIDERS_TWITCH_EVENTSUB_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Twitch EventSub: `Twitch-Eventsub-Message-Signature: sha256=<hex>`, HMAC-SHA-256 over id, timestamp and body
/// without separators.
///
/// The timestamp is RFC 3339 with up to nine digits of fraction, signed as written. `Twitch-Eventsub-Message-Type`
/// (notification, verification, revocation) is not signed. Retries come within minutes.
/// Source: dev.twitch.tv/docs/eventsub/handling-webhook-events (read 2026-11-21).
struct twitch_eventsub {
    static constexpr signed_scheme scheme{
        .name = "twitch_eventsub",
        .signature = header("twitch-eventsub-message-signature").after("sha256="),
        .timestamp = header("twitch-eventsub-message-timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "{event_id}{timestamp}{body}",
        .event_id = header("twitch-eventsub-message-id"),
        .event_type = header("twitch-eventsub-subscription-type"),
        .tolerance = minutes(10),
    };
    /// `webhook_callback_verification`, told by what is signed: no other message has this member.
    static constexpr challenge_scheme challenge{
        .value = json("challenge"),
        .is_signed = true,
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
