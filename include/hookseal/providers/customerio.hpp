// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CUSTOMERIO_HPP
#define HOOKSEAL_PROVIDERS_CUSTOMERIO_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Customer.io reporting webhooks: `X-CIO-Signature: <hex>`, HMAC-SHA-256 over `v0:{timestamp}:{body}`.
///
/// The key looks like hex and is used as text. Retried for days.
/// Source: docs.customer.io/journeys/webhooks (read 2026-11-21).
struct customerio {
    static constexpr signed_scheme scheme{
        .name = "customerio",
        .signature = header("x-cio-signature"),
        .timestamp = header("x-cio-timestamp"),
        .signed_content = "v0:{timestamp}:{body}",
        .event_id = json("event_id"),
        .event_type = json("metric"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
