// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CHECKOUT_COM_HPP
#define HOOKSEAL_PROVIDERS_CHECKOUT_COM_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Checkout.com: `Cko-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time.
/// Source: checkout.com/docs, "Set up your webhook receiver" (read 2026-11-21).
struct checkout_com {
    static constexpr signed_scheme scheme{
        .name = "checkout_com",
        .signature = header("cko-signature"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
