// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_HUBSPOT_V3_HPP
#define HOOKSEAL_PROVIDERS_HUBSPOT_V3_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// HubSpot's signature v3: `X-HubSpot-Signature-v3: <base64>`, HMAC-SHA-256 over `{method}{url}{body}{timestamp}`, in
/// milliseconds.
///
/// The URL is signed as it is, or with the escapes of some characters decoded. A delivery is a batch without an id,
/// whose events' `eventId` alone does not tell them apart. Retried for 24 hours.
/// Source: developers.hubspot.com, "Validating requests"; @hubspot/api-client `signature.js` (read 2026-11-21).
struct hubspot_v3 {
    static constexpr signed_scheme as_received{
        .name = "hubspot_v3",
        .encoding = encoding::base64,
        .signature = header("x-hubspot-signature-v3"),
        .timestamp = header("x-hubspot-request-timestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{method}{url}{body}{timestamp}",
        .batch = {.at = json(""),
                  .id = {json("eventId"), json("subscriptionId"), json("occurredAt")},
                  .type = json("subscriptionType")},
        .retry_window = hours(24),
    };
    static constexpr signed_scheme url_decoded = [] {
        signed_scheme s = as_received;
        s.signed_content = "{method}{url|decoded}{body}{timestamp}";
        return s;
    }();
    static constexpr either scheme{as_received, url_decoded};
};

} // namespace hookseal::inline v0_1::providers

#endif
