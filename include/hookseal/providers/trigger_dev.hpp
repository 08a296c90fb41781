// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TRIGGER_DEV_HPP
#define HOOKSEAL_PROVIDERS_TRIGGER_DEV_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Trigger.dev alerts: `x-trigger-signature-hmacsha256: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time.
/// Source: @trigger.dev/sdk `webhooks.constructEvent` (read 2026-11-21).
struct trigger_dev {
    static constexpr signed_scheme scheme{
        .name = "trigger_dev",
        .signature = header("x-trigger-signature-hmacsha256"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
