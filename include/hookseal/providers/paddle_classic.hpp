// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PADDLE_CLASSIC_HPP
#define HOOKSEAL_PROVIDERS_PADDLE_CLASSIC_HPP

#include <hookseal/schemes/php_form.hpp>

namespace hookseal::inline v0_1::providers {

/// Paddle Classic (vendors.paddle.com): the form field `p_signature`, base64, RSA PKCS#1 v1.5 with SHA-1 over all other
/// fields, sorted by name, as PHP's `serialize` writes them.
///
/// The key is the vendor's public key, a PEM from the dashboard. Not protected: freshness; `event_time` says when it
/// happened. Where the system forbids SHA-1 in signatures (RHEL 9, FIPS), no verifier can be built. Paddle Billing signs
/// otherwise.
/// Source: laravel/cashier-paddle 1.x `src/Http/Middleware/VerifyWebhookSignature.php`; simple-login/app
/// `app/paddle_utils.py` (read 2026-11-21).
struct paddle_classic {
    static constexpr php_form scheme{
        .name = "paddle_classic",
        .proof = proof::rsa,
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = form("p_signature"),
        .event_id = form("alert_id"),
        .event_type = form("alert_name"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
