// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PAGERDUTY_HPP
#define HOOKSEAL_PROVIDERS_PAGERDUTY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// PagerDuty v3: `X-PagerDuty-Signature: v1=<hex>[,v1=<hex>…]`, one for each active secret, HMAC-SHA-256 over the
/// body.
///
/// The secret looks like base64 and is used as text. Not protected: time. Retried for 48 hours.
/// Source: PagerDuty/go-pagerduty `webhookv3` (read 2026-11-21).
struct pagerduty {
    static constexpr signed_scheme scheme{
        .name = "pagerduty",
        .signature = header("x-pagerduty-signature").item("v1=", ','),
        .signed_content = "{body}",
        .event_id = json("event.id"),
        .event_type = json("event.event_type"),
        .retry_window = hours(48),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
