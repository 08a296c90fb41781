// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CASHFREE_HPP
#define HOOKSEAL_PROVIDERS_CASHFREE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Cashfree Payments: `x-webhook-signature: <base64>`, HMAC-SHA-256 over `{timestamp}{body}`, in milliseconds.
///
/// The key is the client secret. There is no id.
/// Source: cashfree.com/docs, "Webhook signature verification"; cashfree/cashfree-pg-sdk-nodejs (read 2026-11-21).
struct cashfree {
    static constexpr signed_scheme scheme{
        .name = "cashfree",
        .encoding = encoding::base64,
        .signature = header("x-webhook-signature"),
        .timestamp = header("x-webhook-timestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}{body}",
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
