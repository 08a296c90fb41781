// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FIGMA_HPP
#define HOOKSEAL_PROVIDERS_FIGMA_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Figma webhooks v2: `passcode` in the body, the text chosen when the webhook was made.
///
/// Nothing is signed: whoever sees one request can send any other. As the secret stands in every body, log
/// none. There is no id; webhook, time and type together tell events apart. Three retries, the last after 3
/// hours and 35 minutes.
/// Source: developers.figma.com/docs/rest-api/webhooks-security (read 2026-11-21).
struct figma {
    static constexpr signed_scheme scheme{
        .name = "figma",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = json("passcode"),
        .event_id = {json("webhook_id"), json("timestamp"), json("event_type")},
        .event_type = json("event_type"),
        .retry_window = hours(4),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
