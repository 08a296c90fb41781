// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_XERO_HPP
#define HOOKSEAL_PROVIDERS_XERO_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Xero: `x-xero-signature: <base64>`, HMAC-SHA-256 over the body.
///
/// The key looks like base64 and is used as text. An intent to receive, which Xero sends first, is signed wrongly on
/// purpose and wants a 401. Not protected: time. A delivery is a batch without an id. Retried for 24 hours.
/// Source: developer.xero.com, "Webhooks" (read 2026-11-21).
struct xero {
    static constexpr signed_scheme scheme{
        .name = "xero",
        .encoding = encoding::base64,
        .signature = header("x-xero-signature"),
        .signed_content = "{body}",
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
