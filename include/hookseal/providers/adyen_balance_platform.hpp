// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ADYEN_BALANCE_PLATFORM_HPP
#define HOOKSEAL_PROVIDERS_ADYEN_BALANCE_PLATFORM_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Adyen's balance platform and management webhooks: `HmacSignature: <base64>`, HMAC-SHA-256 over the body.
///
/// The key is hex. Not protected: time. There is no common id. Retried for days.
/// Source: docs.adyen.com, "Verify HMAC signatures"; Adyen/adyen-node-api-library `hmacValidator.ts` (read
/// 2026-11-21).
struct adyen_balance_platform {
    static constexpr signed_scheme scheme{
        .name = "adyen_balance_platform",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::hex_any_case},
        .signature = header("hmacsignature"),
        .signed_content = "{body}",
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
