// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SINCH_NUMBERS_HPP
#define HOOKSEAL_PROVIDERS_SINCH_NUMBERS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Sinch Numbers: `X-Sinch-Signature: <hex>`, HMAC-SHA-1 over the body.
///
/// Not protected: time.
/// Source: sinch/sinch-sdk-node `authorization.helper` (read 2026-11-21).
struct sinch_numbers {
    static constexpr signed_scheme scheme{
        .name = "sinch_numbers",
        .digest = digest::sha1,
        .signature = header("x-sinch-signature"),
        .signed_content = "{body}",
        .event_id = json("eventId"),
        .event_type = json("eventType"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
