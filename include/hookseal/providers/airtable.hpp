// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_AIRTABLE_HPP
#define HOOKSEAL_PROVIDERS_AIRTABLE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Airtable: `X-Airtable-Content-MAC: hmac-sha256=<hex>`, HMAC-SHA-256 over the body.
///
/// The key is base64. A notification is a ping without an id: fetch what changed by cursor. Not protected: time.
/// Source: airtable.com/developers, "Webhooks"; gtalarico/pyairtable `models/webhook.py` (read 2026-11-21).
struct airtable {
    static constexpr signed_scheme scheme{
        .name = "airtable",
        .key = {.encoding = encoding::base64},
        .signature = header("x-airtable-content-mac").after("hmac-sha256="),
        .signed_content = "{body}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
