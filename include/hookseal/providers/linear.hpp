// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_LINEAR_HPP
#define HOOKSEAL_PROVIDERS_LINEAR_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Linear: `Linear-Signature: <hex>`, HMAC-SHA-256 over the body, in which `webhookTimestamp` is the time in
/// milliseconds.
///
/// Fresh for 60 seconds; retries after a minute, an hour and six hours are stamped anew. Not protected: headers.
/// `Linear-Delivery` tells events apart, but is not signed.
/// Source: linear/linear `packages/sdk/src/webhooks/client.ts` (read 2026-11-21).
struct linear {
    static constexpr signed_scheme scheme{
        .name = "linear",
        .signature = header("linear-signature"),
        .timestamp = json("webhookTimestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{body}",
        .event_id = header("linear-delivery"),
        .event_type = json("type"),
        .tolerance = seconds(60),
        .retry_window = hours(8),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
