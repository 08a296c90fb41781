// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ABLY_HPP
#define HOOKSEAL_PROVIDERS_ABLY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Ably: `X-Ably-Signature: <base64>`, HMAC-SHA-256 over the body.
///
/// The key is the API key's secret part, behind the colon; `X-Ably-Key` names the key and is not looked at. Not
/// protected: time, and every header. A delivery is a batch without an id.
/// Source: ably.com/docs, "Webhooks: security" (read 2026-11-21).
struct ably {
    static constexpr signed_scheme scheme{
        .name = "ably",
        .encoding = encoding::base64,
        .signature = header("x-ably-signature"),
        .signed_content = "{body}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
