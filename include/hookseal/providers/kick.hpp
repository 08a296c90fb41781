// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_KICK_HPP
#define HOOKSEAL_PROVIDERS_KICK_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Kick: `Kick-Event-Signature: <base64>`, RSA PKCS#1 v1.5 with SHA-256 over `{message id}.{timestamp}.{body}`.
///
/// The key is Kick's own, a PEM from its documentation or `api.kick.com/public/v1/public-key`, the same for all apps. The
/// type stands in a header that is not signed. A delivery is attempted three times.
/// Source: docs.kick.com, "Webhook Security"; KickEngineering/KickDevDocs `events/webhook-security.md` (read 2026-11-21).
struct kick {
    static constexpr signed_scheme scheme{
        .name = "kick",
        .proof = proof::rsa,
        .encoding = encoding::base64,
        .signature = header("kick-event-signature"),
        .timestamp = header("kick-event-message-timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("kick-event-message-id"),
        .event_type = header("kick-event-type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
