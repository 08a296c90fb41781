// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_RAZORPAY_HPP
#define HOOKSEAL_PROVIDERS_RAZORPAY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Razorpay: `X-Razorpay-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// The key is the webhook's own secret. Not protected: time, and every header. `x-razorpay-event-id` stays the same
/// across retries, which go on for 24 hours.
/// Source: razorpay/razorpay-node `lib/utils/razorpay-utils.js` (read 2026-11-21).
struct razorpay {
    static constexpr signed_scheme scheme{
        .name = "razorpay",
        .signature = header("x-razorpay-signature"),
        .signed_content = "{body}",
        .event_id = header("x-razorpay-event-id"),
        .event_type = json("event"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
