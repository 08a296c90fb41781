// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_KNOCK_HPP
#define HOOKSEAL_PROVIDERS_KNOCK_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Knock: `x-knock-signature: t=<milliseconds>,s=<base64>`, HMAC-SHA-256 over `{t}.{body}`.
///
/// Deliveries have no id.
/// Source: docs.knock.app, "Outbound webhooks" (read 2026-11-21).
struct knock {
    static constexpr signed_scheme scheme{
        .name = "knock",
        .encoding = encoding::base64,
        .signature = header("x-knock-signature").item("s=", ','),
        .timestamp = header("x-knock-signature").item("t=", ','),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
