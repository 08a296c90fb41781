// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BIRD_HPP
#define HOOKSEAL_PROVIDERS_BIRD_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Bird: `messagebird-signature: <base64>`, HMAC-SHA-256 over `{timestamp}\n{url}\n{SHA-256 of the body}`, the last
/// as bytes.
///
/// Deliveries have no common id.
/// Source: docs.bird.com, "Verifying a webhook" (read 2026-11-21).
struct bird {
    static constexpr signed_scheme scheme{
        .name = "bird",
        .encoding = encoding::base64,
        .signature = header("messagebird-signature"),
        .timestamp = header("messagebird-request-timestamp"),
        .signed_content = "{timestamp}\n{url}\n{body|sha256|raw}",
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
