// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_INTERCOM_HPP
#define HOOKSEAL_PROVIDERS_INTERCOM_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Intercom: `X-Hub-Signature: sha1=<hex>`, HMAC-SHA-1 over the body.
///
/// The key is the app's client secret. Not protected: time. One retry, after a minute.
/// Source: developers.intercom.com, "Webhook notifications" (read 2026-11-21).
struct intercom {
    static constexpr signed_scheme scheme{
        .name = "intercom",
        .digest = digest::sha1,
        .signature = header("x-hub-signature").after("sha1="),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("topic"),
    };
    /// Whether the URL answers at all.
    static constexpr challenge_scheme challenge{.method = "HEAD"};
};

} // namespace hookseal::inline v0_1::providers

#endif
