// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_VIBER_HPP
#define HOOKSEAL_PROVIDERS_VIBER_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Viber bots: `X-Viber-Content-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// The key is the bot's token. Not protected: time. `message_token` is a number of 64 bits.
/// Source: developers.viber.com; viber-bot-node `lib/message/message-validator.js` (read 2026-11-21).
struct viber {
    static constexpr signed_scheme scheme{
        .name = "viber",
        .signature = header("x-viber-content-signature"),
        .signed_content = "{body}",
        .event_id = json("message_token"),
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
