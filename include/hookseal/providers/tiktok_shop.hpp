// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TIKTOK_SHOP_HPP
#define HOOKSEAL_PROVIDERS_TIKTOK_SHOP_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// TikTok Shop: `Authorization: <hex>`, HMAC-SHA-256 over `{app key}{body}`.
///
/// The key is the app secret; the app key is the option `app_key`. The time in the body is the event's, and
/// the same in each retry.
/// Source: partner.tiktokshop.com, "Webhooks overview"; hookdeck/webhook-skills `tiktok-shop-webhooks` (read
/// 2026-11-21).
struct tiktok_shop {
    static constexpr signed_scheme scheme{
        .name = "tiktok_shop",
        .signature = header("authorization"),
        .signed_content = "{option:app_key}{body}",
        .event_id = json("tts_notification_id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
