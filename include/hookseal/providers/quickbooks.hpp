// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_QUICKBOOKS_HPP
#define HOOKSEAL_PROVIDERS_QUICKBOOKS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// QuickBooks Online: `intuit-signature: <base64>`, HMAC-SHA-256 over the body.
///
/// The key is the verifier token, as text. Not protected: time. A delivery is a batch without an id.
/// Source: intuit/QuickBooks-V3-Java-SDK `WebhooksService` (read 2026-11-21).
struct quickbooks {
    static constexpr signed_scheme scheme{
        .name = "quickbooks",
        .encoding = encoding::base64,
        .signature = header("intuit-signature"),
        .signed_content = "{body}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
