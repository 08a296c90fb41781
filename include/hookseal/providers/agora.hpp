// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_AGORA_HPP
#define HOOKSEAL_PROVIDERS_AGORA_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Agora: `Agora-Signature-V2: <hex>`, HMAC-SHA-256 over the body, or, where that is missing, `Agora-Signature:
/// <hex>`, HMAC-SHA-1.
///
/// Not protected: time. `noticeId` stays the same across retries, which end after half a minute.
/// Source: docs.agora.io, "Receive notifications" (read 2026-11-21).
struct agora {
    static constexpr signed_scheme second{
        .name = "agora",
        .signature = header("agora-signature-v2"),
        .signed_content = "{body}",
        .event_id = json("noticeId"),
        .event_type = json("eventType"),
    };
    static constexpr signed_scheme first = [] {
        signed_scheme s = second;
        s.digest = digest::sha1;
        s.signature = header("agora-signature");
        s.refused = header("agora-signature-v2");
        return s;
    }();
    static constexpr either scheme{second, first};
};

} // namespace hookseal::inline v0_1::providers

#endif
