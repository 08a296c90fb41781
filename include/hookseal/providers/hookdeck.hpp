// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_HOOKDECK_HPP
#define HOOKSEAL_PROVIDERS_HOOKDECK_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Hookdeck: `x-hookdeck-signature: <base64>`, HMAC-SHA-256 over the body; `x-hookdeck-signature-2` beside it while a
/// secret is being rolled.
///
/// Not protected: time, and every header. Retries are configured, for up to a week.
/// Source: hookdeck.com/docs; @hookdeck/sdk `webhooks/helpers` (read 2026-11-21).
struct hookdeck {
    static constexpr signed_scheme first{
        .name = "hookdeck",
        .encoding = encoding::base64,
        .signature = header("x-hookdeck-signature"),
        .signed_content = "{body}",
        .event_id = header("x-hookdeck-eventid"),
        .retry_window = days(7),
    };
    static constexpr signed_scheme second = [] {
        signed_scheme s = first;
        s.signature = header("x-hookdeck-signature-2");
        return s;
    }();
    static constexpr either scheme{first, second};
};

} // namespace hookseal::inline v0_1::providers

#endif
