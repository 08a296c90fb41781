// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_HUBSPOT_V2_HPP
#define HOOKSEAL_PROVIDERS_HUBSPOT_V2_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// HubSpot's signature v2 (workflows, cards): `X-HubSpot-Signature: <hex>`, a plain SHA-256 over `{client
/// secret}{method}{url}{body}`.
///
/// A plain hash with the key in front can be extended by who does not know the key: accept that by name, and prefer
/// v3. Not protected: time.
/// Source: developers.hubspot.com, "Validating requests"; @hubspot/api-client `signature.js` (read 2026-11-21).
struct hubspot_v2 {
    static constexpr signed_scheme scheme{
        .name = "hubspot_v2",
        .proof = proof::keyed_hash,
        .signature = header("x-hubspot-signature"),
        .signed_content = "{key}{method}{url}{body}",
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
