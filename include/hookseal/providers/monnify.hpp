// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MONNIFY_HPP
#define HOOKSEAL_PROVIDERS_MONNIFY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Monnify: `monnify-signature: <hex>`, HMAC-SHA-512 over the body.
///
/// Not protected: time. There is no id.
/// Source: developers.monnify.com, "Webhooks" (read 2026-11-21).
struct monnify {
    static constexpr signed_scheme scheme{
        .name = "monnify",
        .digest = digest::sha512,
        .signature = header("monnify-signature"),
        .signed_content = "{body}",
        .event_type = json("eventType"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
