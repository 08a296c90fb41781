// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MOLLIE_HPP
#define HOOKSEAL_PROVIDERS_MOLLIE_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Mollie: `X-Mollie-Signature: sha256=<hex>`, the prefix may be absent, HMAC-SHA-256 over the body.
///
/// Legacy webhooks are not signed, and refused. Not protected: time. Retried for 26 hours.
/// Source: mollie/mollie-api-php `src/Webhooks/SignatureValidator.php` (read 2026-11-21).
struct mollie {
    static constexpr signed_scheme prefixed{
        .name = "mollie",
        .signature = header("x-mollie-signature").after("sha256="),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = hours(26),
    };
    static constexpr signed_scheme bare = [] {
        signed_scheme s = prefixed;
        s.signature = header("x-mollie-signature");
        return s;
    }();
    static constexpr either scheme{prefixed, bare};
};

} // namespace hookseal::inline v0_1::providers

#endif
