// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TELNYX_HPP
#define HOOKSEAL_PROVIDERS_TELNYX_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Telnyx, webhooks of API v2: `Telnyx-Signature-Ed25519: <base64>`, Ed25519 over `{timestamp}|{body}`.
///
/// The key is the public key of the account as Mission Control shows it, base64 of the 32 bytes; some are shown as DER,
/// which is read as well. A delivery is attempted up to three times at each URL, the primary and the failover one. Webhooks
/// of API v1 and of meeting bots are signed otherwise.
/// Source: developers.telnyx.com, "Receiving webhooks"; npm telnyx `lib/webhooks.js` (read 2026-11-21).
struct telnyx {
    static constexpr signed_scheme scheme{
        .name = "telnyx",
        .proof = proof::ed25519,
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("telnyx-signature-ed25519"),
        .timestamp = header("telnyx-timestamp"),
        .signed_content = "{timestamp}|{body}",
        .event_id = json("data.id"),
        .event_type = json("data.event_type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
