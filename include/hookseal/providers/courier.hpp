// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_COURIER_HPP
#define HOOKSEAL_PROVIDERS_COURIER_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Courier: `courier-signature: t=<time>,signature=<hex>`, HMAC-SHA-256 over `{t}.{body}`.
///
/// The time is in milliseconds; seconds are understood. A message has several states under one id.
/// Source: courier.com/docs, "Outbound webhooks"; hookdeck/webhook-skills `courier` (read 2026-11-21).
struct courier {
    static constexpr signed_scheme scheme{
        .name = "courier",
        .signature = header("courier-signature").item("signature=", ','),
        .timestamp = header("courier-signature").item("t=", ','),
        .timestamp_form = timestamp_form::unix_seconds_or_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_id = {json("data.id"), json("data.status")},
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
