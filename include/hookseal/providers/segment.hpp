// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SEGMENT_HPP
#define HOOKSEAL_PROVIDERS_SEGMENT_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Twilio Segment: `X-Signature: <hex>`, HMAC-SHA-1 over the body.
///
/// Not protected: time. Retried for 4 hours.
/// Source: segment.com/docs, "Webhooks (Actions) destination" (read 2026-11-21).
struct segment {
    static constexpr signed_scheme scheme{
        .name = "segment",
        .digest = digest::sha1,
        .signature = header("x-signature"),
        .signed_content = "{body}",
        .event_id = json("messageId"),
        .event_type = json("type"),
        .retry_window = hours(4),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
