// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GENERIC_X_WEBHOOK_SIGNATURE_HPP
#define HOOKSEAL_PROVIDERS_GENERIC_X_WEBHOOK_SIGNATURE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// The common do-it-yourself scheme: `X-Webhook-Signature: <hex>`, HMAC-SHA-256 over the body, either case of hex.
///
/// Not protected: time, and every header. Senders that write a prefix or base64 under the same name want a description of
/// their own.
/// Source: a convention, not one provider's documentation; @hookflo/tern knows it as "custom" (read 2026-11-21).
struct generic_x_webhook_signature {
    static constexpr signed_scheme scheme{
        .name = "generic_x_webhook_signature",
        .encoding = encoding::hex_any_case,
        .signature = header("x-webhook-signature"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
