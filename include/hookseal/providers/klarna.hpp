// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_KLARNA_HPP
#define HOOKSEAL_PROVIDERS_KLARNA_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Klarna Network webhooks: `Klarna-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// `Klarna-Signing-Key-Id` names the key: keys that were given with an id must be the one that it names.
/// Klarna's pages do not say how the signature is encoded; hex is what Klarna's plugin for WooCommerce
/// expects. The time stands in the body, as that of the event. Callbacks of the older Klarna Checkout are not
/// signed.
/// Source: docs.klarna.com, "Set up your webhooks"; Klarna for WooCommerce, `validate_request` (read
/// 2026-11-21).
struct klarna {
    static constexpr signed_scheme scheme{
        .name = "klarna",
        .signature = header("klarna-signature"),
        .signed_content = "{body}",
        .key_id = header("klarna-signing-key-id"),
        .event_id = json("metadata.event_id"),
        .event_type = json("metadata.event_type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
