// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_XENDIT_HPP
#define HOOKSEAL_PROVIDERS_XENDIT_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Xendit: `x-callback-token: <token>`, the verification token of the account.
///
/// Nothing is signed: whoever sees one request can send any other. The token is the same for all webhooks of
/// an account and environment. `webhook-id` does not mean Standard Webhooks here. Retried for about 24 hours.
/// Source: docs.xendit.co/webhook, "Delivery attempts and retries" (read 2026-11-21).
struct xendit {
    static constexpr signed_scheme scheme{
        .name = "xendit",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("x-callback-token"),
        .event_id = header("webhook-id"),
        .event_type = json("event"),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
