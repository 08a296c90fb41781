// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_LEMON_SQUEEZY_HPP
#define HOOKSEAL_PROVIDERS_LEMON_SQUEEZY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Lemon Squeezy: `X-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. Nothing in the body tells events apart but all of it. Three more attempts within minutes.
/// Source: lmsqueezy/laravel `VerifyWebhookSignature.php` (read 2026-11-21).
struct lemon_squeezy {
    static constexpr signed_scheme scheme{
        .name = "lemon_squeezy",
        .signature = header("x-signature"),
        .signed_content = "{body}",
        .event_type = json("meta.event_name"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
