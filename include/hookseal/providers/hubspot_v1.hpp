// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_HUBSPOT_V1_HPP
#define HOOKSEAL_PROVIDERS_HUBSPOT_V1_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// HubSpot's signature v1: `X-HubSpot-Signature: <hex>`, a plain SHA-256 over `{client secret}{body}`.
///
/// A plain hash with the key in front can be extended by who does not know the key: accept that by name, and prefer
/// v3. Not protected: time. A delivery is a batch without an id, whose events' `eventId` alone does not tell them apart.
/// Retried for 24 hours.
/// Source: developers.hubspot.com, "Validating requests"; @hubspot/api-client `signature.js` (read 2026-11-21).
struct hubspot_v1 {
    static constexpr signed_scheme scheme{
        .name = "hubspot_v1",
        .proof = proof::keyed_hash,
        .signature = header("x-hubspot-signature"),
        .signed_content = "{key}{body}",
        .batch = {.at = json(""),
                  .id = {json("eventId"), json("subscriptionId"), json("occurredAt")},
                  .type = json("subscriptionType")},
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
