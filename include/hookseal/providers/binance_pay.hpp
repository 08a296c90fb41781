// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BINANCE_PAY_HPP
#define HOOKSEAL_PROVIDERS_BINANCE_PAY_HPP

#include <hookseal/schemes/acknowledgement.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Binance Pay: `BinancePay-Signature: <base64>`, RSA PKCS#1 v1.5 with SHA-256 over timestamp, nonce and body, a line feed
/// behind each.
///
/// The key is the PEM that the Query Certificate API returns for the serial number in `BinancePay-Certificate-SN`. One
/// payment sends several notifications, told apart by id and status together. Up to six retries. Calls *to* Binance Pay are signed otherwise, under the same header names.
/// Source: developers.binance.com, "Binance Pay: Webhook" (read 2026-11-21).
struct binance_pay {
    static constexpr signed_scheme scheme{
        .name = "binance_pay",
        .proof = proof::rsa,
        .encoding = encoding::base64,
        .signature = header("binancepay-signature"),
        .timestamp = header("binancepay-timestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}\n{header:binancepay-nonce}\n{body}\n",
        .event_id = {json("bizIdStr"), json("bizStatus")},
        .event_type = {json("bizType"), json("bizStatus")},
    };
    static constexpr acknowledgement acknowledged{.content_type = "application/json",
                                                  .body = R"({"returnCode":"SUCCESS","returnMessage":null})"};
};

} // namespace hookseal::inline v0_1::providers

#endif
