// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_DISCORD_HPP
#define HOOKSEAL_PROVIDERS_DISCORD_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Discord interactions and webhook events: `X-Signature-Ed25519: <hex>`, Ed25519 over `{timestamp}{body}`.
///
/// The key is the application's public key, 64 hex digits. Timestamp and body touch without a separator: the timestamp's
/// strict form and the tolerance keep digits from moving between them. Discord sends wrong signatures on purpose and
/// requires 401 for them. Interactions are not retried; webhook events are, for ten minutes.
/// Source: docs.discord.com, "Interactions: Validating security request headers" (read 2026-11-21).
struct discord {
    static constexpr signed_scheme scheme{
        .name = "discord",
        .proof = proof::ed25519,
        .key = {.encoding = encoding::hex_any_case},
        .signature = header("x-signature-ed25519"),
        .timestamp = header("x-signature-timestamp"),
        .signed_content = "{timestamp}{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = minutes(10),
    };
    /// `PING`: of interactions, and of webhook events, where `type` 1 is an event.
    static constexpr challenge_scheme challenge[] = {
        {.when = {json("type"), "1"}, .unless = json("event"), .is_signed = true, .json = R"({"type":1})"},
        {.when = {json("type"), "0"}, .is_signed = true, .status = 204},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
