// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TELEGRAM_HPP
#define HOOKSEAL_PROVIDERS_TELEGRAM_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Telegram bots: `X-Telegram-Bot-Api-Secret-Token: <token>`, the `secret_token` given to `setWebhook`.
///
/// Nothing is signed: whoever sees one request can send any other. `update_id` counts up for each bot on its own.
/// Kept for 24 hours.
/// Source: core.telegram.org/bots/api#setwebhook (read 2026-11-21).
struct telegram {
    static constexpr signed_scheme scheme{
        .name = "telegram",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("x-telegram-bot-api-secret-token"),
        .event_id = json("update_id"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
