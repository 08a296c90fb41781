// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CLOUDFLARE_NOTIFICATIONS_HPP
#define HOOKSEAL_PROVIDERS_CLOUDFLARE_NOTIFICATIONS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Cloudflare Notifications: `cf-webhook-auth: <token>`, the secret of the webhook destination.
///
/// Nothing is signed: whoever sees one request can send any other. Without a secret Cloudflare sends no
/// header. There is no id. Making the destination delivers a test.
/// Source: developers.cloudflare.com/notifications, "Configure webhooks" (read 2026-11-21).
struct cloudflare_notifications {
    static constexpr signed_scheme scheme{
        .name = "cloudflare_notifications",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("cf-webhook-auth"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
