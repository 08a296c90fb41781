// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SENDGRID_EVENT_WEBHOOK_HPP
#define HOOKSEAL_PROVIDERS_SENDGRID_EVENT_WEBHOOK_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Twilio SendGrid's signed Event Webhook: `X-Twilio-Email-Event-Webhook-Signature: <base64>`, ECDSA P-256 in DER over
/// `{timestamp}{body}`.
///
/// The key is the verification key as shown, base64 of its DER. A delivery is a batch, a JSON array: it has no id of its
/// own; its parts do, the `sg_event_id`. The body ends with a line break
/// that is signed too. Timestamp and body touch without a separator: the timestamp's strict form and the tolerance keep
/// digits from moving between them.
/// Source: twilio.com/docs/sendgrid, "Getting Started with the Event Webhook Security Features"; sendgrid-python
/// `sendgrid/helpers/eventwebhook` (read 2026-11-21).
struct sendgrid_event_webhook {
    static constexpr signed_scheme scheme{
        .name = "sendgrid_event_webhook",
        .proof = proof::ecdsa_der,
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("x-twilio-email-event-webhook-signature"),
        .timestamp = header("x-twilio-email-event-webhook-timestamp"),
        .signed_content = "{timestamp}{body}",
        .batch = {.at = json(""), .id = json("sg_event_id"), .type = json("event")},
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
