// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BTCPAY_HPP
#define HOOKSEAL_PROVIDERS_BTCPAY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// BTCPay Server: `BTCPay-Sig: sha256=<hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. A redelivery has a new `deliveryId`; the original one is what stays. Retried for an hour.
/// Source: btcpayserver/btcpayserver `WebhookSender.cs` (read 2026-11-21).
struct btcpay {
    static constexpr signed_scheme scheme{
        .name = "btcpay",
        .signature = header("btcpay-sig").after("sha256="),
        .signed_content = "{body}",
        .event_id = json("originalDeliveryId"),
        .event_type = json("type"),
        .retry_window = hours(2),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
