// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PAYPAL_HPP
#define HOOKSEAL_PROVIDERS_PAYPAL_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// PayPal REST webhooks: `PAYPAL-TRANSMISSION-SIG: <base64>`, RSA PKCS#1 v1.5 with SHA-256 over transmission id, time, the
/// option `webhook_id` and the body's CRC-32, by a certificate that `PAYPAL-CERT-URL` names.
///
/// `remote_keys` fetch the certificate, from PayPal's own hosts alone; give them the roots that PayPal's chain ends in. **The body
/// is bound by a checksum only**: whoever sees one delivery can send another body with it, so fetch what is worth something from
/// PayPal's API by its id. The id of the delivery is the transmission's, which is signed. Retries go on for three days, by
/// PayPal's account with new transmissions.
/// Source: developer.paypal.com, "Webhooks: Integration"; paypal/PayPal-Java-SDK `SSLUtil` (read 2026-11-21).
struct paypal {
    static constexpr signed_scheme scheme{
        .name = "paypal",
        .proof = proof::rsa,
        .encoding = encoding::base64,
        .signature = header("paypal-transmission-sig"),
        .timestamp = header("paypal-transmission-time"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "{event_id}|{timestamp}|{option:webhook_id}|{body|crc32}",
        .required = header("paypal-auth-algo").after("SHA256withRSA"),
        .certificate = {.at = header("paypal-cert-url"),
                        .allowed = {{"https://api.paypal.com/v1/notifications/{path}", "",
                                     "messageverificationcerts.paypal.com"},
                                    {"https://api.sandbox.paypal.com/v1/notifications/{path}", "",
                                     "messageverificationcerts.sandbox.paypal.com"}}},
        .event_id = header("paypal-transmission-id"),
        .event_type = json("event_type"),
        .tolerance = days(3),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
