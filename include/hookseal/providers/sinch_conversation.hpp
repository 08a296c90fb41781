// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SINCH_CONVERSATION_HPP
#define HOOKSEAL_PROVIDERS_SINCH_CONVERSATION_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Sinch Conversation API: `x-sinch-webhook-signature: <base64>`, HMAC-SHA-256 over `{body}.{nonce}.{timestamp}`.
///
/// The nonce is signed, and another for each attempt. `x-sinch-webhook-signature-algorithm` must say `HmacSHA256`.
/// Source: developers.sinch.com, "Conversation API: callbacks" (read 2026-11-21).
struct sinch_conversation {
    static constexpr signed_scheme scheme{
        .name = "sinch_conversation",
        .encoding = encoding::base64,
        .signature = header("x-sinch-webhook-signature"),
        .timestamp = header("x-sinch-webhook-signature-timestamp"),
        .signed_content = "{body}.{header:x-sinch-webhook-signature-nonce}.{timestamp}",
        .required = header("x-sinch-webhook-signature-algorithm").after("HmacSHA256"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
