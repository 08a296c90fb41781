// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ADYEN_HPP
#define HOOKSEAL_PROVIDERS_ADYEN_HPP

#include <hookseal/schemes/acknowledgement.hpp>
#include <hookseal/schemes/each_item.hpp>
#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Adyen payment notifications: `additionalData.hmacSignature` in the item, base64, HMAC-SHA-256 over eight of its
/// fields, joined with colons.
///
/// The key is upper-case hex. Other fields are not signed, nor is a time. A notification holds a few items, each signed
/// by itself, in an envelope, or one bare; of several all must hold. Retried for days.
/// Source: docs.adyen.com, "Verify HMAC signatures"; Adyen/adyen-java-api-library `HMACValidator.java` (read
/// 2026-11-21).
struct adyen {
    static constexpr signed_scheme bare{
        .name = "adyen",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::hex_any_case},
        .signature = json("additionalData.hmacSignature"),
        .signed_content = "{json:pspReference}:{json:originalReference?}:{json:merchantAccountCode?}:"
                          "{json:merchantReference?|free}:{json:amount.value?}:{json:amount.currency?}:"
                          "{json:eventCode}:{json:success}",
        .refused = json("notificationItems"),
        .event_id = {json("eventCode"), json("pspReference")},
    };
    static constexpr signed_scheme in_envelope{
        .name = "adyen",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::hex_any_case},
        .signature = json("notificationItems.0.NotificationRequestItem.additionalData.hmacSignature"),
        .signed_content = "{json:notificationItems.0.NotificationRequestItem.pspReference}:"
                          "{json:notificationItems.0.NotificationRequestItem.originalReference?}:"
                          "{json:notificationItems.0.NotificationRequestItem.merchantAccountCode?}:"
                          "{json:notificationItems.0.NotificationRequestItem.merchantReference?|free}:"
                          "{json:notificationItems.0.NotificationRequestItem.amount.value?}:"
                          "{json:notificationItems.0.NotificationRequestItem.amount.currency?}:"
                          "{json:notificationItems.0.NotificationRequestItem.eventCode}:"
                          "{json:notificationItems.0.NotificationRequestItem.success}",
        .event_id = {json("notificationItems.0.NotificationRequestItem.eventCode"),
                     json("notificationItems.0.NotificationRequestItem.pspReference")},
        .event_type = json("notificationItems.0.NotificationRequestItem.eventCode"),
        .batch = {.at = json("notificationItems"),
                  .id = {json("NotificationRequestItem.eventCode"),
                         json("NotificationRequestItem.pspReference")},
                  .type = json("NotificationRequestItem.eventCode")},
    };
    static constexpr each_item all_items{in_envelope, bare, "notificationItems", "NotificationRequestItem"};
    static constexpr either scheme{all_items, bare};
    static constexpr acknowledgement acknowledged{.body = "[accepted]"};
};

} // namespace hookseal::inline v0_1::providers

#endif
