// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TRELLO_HPP
#define HOOKSEAL_PROVIDERS_TRELLO_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Trello: `X-Trello-Webhook: <base64>`, HMAC-SHA-1 over `{body}{url}`.
///
/// The URL is the callback URL as it was registered; the key is the application secret. Not protected: time. Three
/// retries within minutes.
/// Source: developer.atlassian.com/cloud/trello, "Webhooks" (read 2026-11-21).
struct trello {
    static constexpr signed_scheme scheme{
        .name = "trello",
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("x-trello-webhook"),
        .signed_content = "{body}{url}",
        .event_id = json("action.id"),
        .event_type = json("action.type"),
    };
    /// Whether the URL answers at all.
    static constexpr challenge_scheme challenge{.method = "HEAD"};
};

} // namespace hookseal::inline v0_1::providers

#endif
