// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_NOTION_HPP
#define HOOKSEAL_PROVIDERS_NOTION_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Notion: `X-Notion-Signature: sha256=<hex>`, either case of hex, HMAC-SHA-256 over the body.
///
/// The key is the subscription's verification token, with its `secret_`. Not protected: time. Retried for 24 hours.
/// Source: developers.notion.com/reference/webhooks; makenotion/notion-sdk-js `src/webhooks.ts` (read 2026-11-21).
struct notion {
    static constexpr signed_scheme scheme{
        .name = "notion",
        .encoding = encoding::hex_any_case,
        .signature = header("x-notion-signature").after("sha256="),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = hours(25),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
