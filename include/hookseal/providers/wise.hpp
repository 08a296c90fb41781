// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WISE_HPP
#define HOOKSEAL_PROVIDERS_WISE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Wise: `X-Signature-SHA256: <base64>`, RSA PKCS#1 v1.5 with SHA-256 over the body.
///
/// The key is Wise's own, a PEM of which there is one for production and one for the sandbox. It signs for every customer
/// of Wise: check that `subscription_id` or the profile is yours. Not protected: freshness (`sent_at` in the body says when
/// it was sent) and the delivery's id, which stands in a header. Up to 25 retries, the last ones once a day for two weeks.
/// The older `X-Signature`, with SHA-1, is obsolete.
/// Source: docs.wise.com, "Webhooks: Event handling"; transferwise/digital-signatures-examples
/// `verify-webhook-signature` (read 2026-11-21).
struct wise {
    static constexpr signed_scheme scheme{
        .name = "wise",
        .proof = proof::rsa,
        .encoding = encoding::base64,
        .signature = header("x-signature-sha256"),
        .signed_content = "{body}",
        .event_id = header("x-delivery-id"),
        .event_type = json("event_type"),
        .retry_window = days(16),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
