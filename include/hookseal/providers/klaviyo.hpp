// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_KLAVIYO_HPP
#define HOOKSEAL_PROVIDERS_KLAVIYO_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Klaviyo: `Klaviyo-Signature: <hex>`, HMAC-SHA-256 over `{body}{timestamp}`, an HTTP date.
///
/// A delivery is a batch without an id.
/// Source: developers.klaviyo.com, "Working with system webhooks" (read 2026-11-21).
struct klaviyo {
    static constexpr signed_scheme scheme{
        .name = "klaviyo",
        .signature = header("klaviyo-signature"),
        .timestamp = header("klaviyo-timestamp"),
        .timestamp_form = timestamp_form::http_date,
        .signed_content = "{body}{timestamp}",
        .batch = {.at = json("data"), .id = json("external_id"), .type = json("topic")},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
