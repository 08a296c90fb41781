// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_DROPBOX_SIGN_HPP
#define HOOKSEAL_PROVIDERS_DROPBOX_SIGN_HPP

#include <hookseal/schemes/acknowledgement.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Dropbox Sign (HelloSign): `event.event_hash` in the body, hex, HMAC-SHA-256 over `{event_time}{event_type}`.
///
/// The key is the API key, as text. Nothing else of the body is signed. Callbacks are multipart forms with one field,
/// `json`: hand its content over as the body. Retried for 20 hours.
/// Source: developers.hellosign.com, "Events walkthrough"; hellosign/hellosign-openapi `EventCallbackHelper` (read
/// 2026-11-21).
struct dropbox_sign {
    static constexpr signed_scheme scheme{
        .name = "dropbox_sign",
        .signature = json("event.event_hash"),
        .timestamp = json("event.event_time"),
        .signed_content = "{timestamp}{json:event.event_type}",
        .event_type = json("event.event_type"),
        .retry_window = hours(31),
    };
    static constexpr acknowledgement acknowledged{.body = "Hello API Event Received"};
};

} // namespace hookseal::inline v0_1::providers

#endif
