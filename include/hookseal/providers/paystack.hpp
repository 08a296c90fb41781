// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PAYSTACK_HPP
#define HOOKSEAL_PROVIDERS_PAYSTACK_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Paystack: `x-paystack-signature: <hex>`, HMAC-SHA-512 over the body.
///
/// The key is the account's secret key. Not protected: time. There is no id. Retried for 72 hours.
/// Source: paystack.com/docs/payments/webhooks (read 2026-11-21).
struct paystack {
    static constexpr signed_scheme scheme{
        .name = "paystack",
        .digest = digest::sha512,
        .signature = header("x-paystack-signature"),
        .signed_content = "{body}",
        .event_type = json("event"),
        .retry_window = hours(73),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
