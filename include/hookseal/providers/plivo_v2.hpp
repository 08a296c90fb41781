// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PLIVO_V2_HPP
#define HOOKSEAL_PROVIDERS_PLIVO_V2_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Plivo's signature V2: `X-Plivo-Signature-V2: <base64>`, HMAC-SHA-256 over the URL up to its query, and a nonce.
///
/// Neither query nor body are signed: accept that by name, and prefer V3. The key is the auth token. Three retries
/// within minutes.
/// Source: plivo/plivo-python `plivo/utils/__init__.py` (read 2026-11-21).
struct plivo_v2 {
    static constexpr signed_scheme scheme{
        .name = "plivo_v2",
        .encoding = encoding::base64,
        .signature = header("x-plivo-signature-v2"),
        .signed_content = "{url|base}{event_id}",
        .event_id = header("x-plivo-signature-v2-nonce"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
