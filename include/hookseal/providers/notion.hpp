// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_NOTION_HPP
#define HOOKSEAL_PROVIDERS_NOTION_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
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
    /// The first request hands over the token, which a person pastes into Notion's form: show them the answer's `value`.
    /// It is signed with that token itself, which proves nothing to who did not know it.
    static constexpr challenge_scheme challenge{
        .value = json("verification_token"),
        .form = {alphabet::token, 8, 128},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
