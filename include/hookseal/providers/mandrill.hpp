// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MANDRILL_HPP
#define HOOKSEAL_PROVIDERS_MANDRILL_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Mailchimp Transactional (Mandrill): `X-Mandrill-Signature: <base64>`, HMAC-SHA-1 over the URL and the form's names
/// and values, sorted.
///
/// Names and values touch without a separator. The URL is the registered one. When a webhook is being registered, the
/// key is `test-webhook`. Not protected: time. A delivery is a batch without an id.
/// Source: mailchimp.com/developer/transactional, "Track and respond to activity with webhooks" (read 2026-11-21).
struct mandrill {
    static constexpr signed_scheme scheme{
        .name = "mandrill",
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("x-mandrill-signature"),
        .signed_content = "{url}{sorted_form}",
        .batch = {.at = form("mandrill_events"),
                  .id = {json("_id"), json("event"), json("ts")},
                  .type = json("event")},
    };
    /// Whether the URL answers at all.
    static constexpr challenge_scheme challenge{.method = "HEAD"};
};

} // namespace hookseal::inline v0_1::providers

#endif
