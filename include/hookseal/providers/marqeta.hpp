// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MARQETA_HPP
#define HOOKSEAL_PROVIDERS_MARQETA_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Marqeta: `X-Marqeta-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Only webhooks that are configured so are signed, and some with SHA-1, which is not accepted here. The basic
/// authentication that Marqeta also sends is not looked at. Not protected: time. A delivery is a batch without an id.
/// Retried for two weeks.
/// Source: marqeta.com, "Signature verification" (read 2026-11-21).
struct marqeta {
    static constexpr signed_scheme scheme{
        .name = "marqeta",
        .signature = header("x-marqeta-signature"),
        .signed_content = "{body}",
        .retry_window = days(14),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
