// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_META_HPP
#define HOOKSEAL_PROVIDERS_META_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Meta (Facebook, Instagram, Messenger, WhatsApp, Threads): `X-Hub-Signature-256: sha256=<hex>`, HMAC-SHA-256 over
/// the body.
///
/// The key is the app secret as text. The body is signed as it comes, with its `\u00e4` and `\/` escapes. Not
/// protected: time. A delivery is a batch without an id. Retried for 36 hours; WhatsApp for 7 days.
/// Source: developers.facebook.com/docs/graph-api/webhooks/getting-started (read 2026-11-21).
struct meta {
    static constexpr signed_scheme scheme{
        .name = "meta",
        .signature = header("x-hub-signature-256").after("sha256="),
        .signed_content = "{body}",
        .event_type = json("object"),
        .retry_window = days(7),
    };
    /// The option `verify_token` is the one entered in the app's dashboard.
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .when = {query("hub.mode"), "subscribe"},
        .value = query("hub.challenge"),
        .form = {alphabet::digits, 1, 32},
        .agreed = {query("hub.verify_token"), "verify_token"},
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
