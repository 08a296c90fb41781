// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WORLDPAY_ACCESS_HPP
#define HOOKSEAL_PROVIDERS_WORLDPAY_ACCESS_HPP

#include <hookseal/schemes/numbered_signatures.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Access Worldpay events: `Event-Signature: <key id>/SHA256/<hex>[,…]`, HMAC-SHA-256 over the body.
///
/// Without being asked Worldpay does not sign. While keys are rotated there is one signature for each, in any
/// order, and any configured key may match. The key is used as text, and hex in upper case is read as well:
/// the documentation is silent on both. Not protected: time. Retried for 7 days.
/// Source: docs.worldpay.com/access, "HMAC signature" (read 2026-11-21).
struct worldpay_access {
    static constexpr numbered_signatures scheme{
        .base =
            {
                .name = "worldpay_access",
                .encoding = encoding::hex_any_case,
                .signature = header("event-signature").item("", ','),
                .signed_content = "{body}",
                .event_id = json("eventId"),
                .event_type = json("eventDetails.type"),
                .retry_window = days(7),
            },
        .behind = "/SHA256/",
        .written = "1/SHA256/",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
