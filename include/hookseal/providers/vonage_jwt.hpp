// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_VONAGE_JWT_HPP
#define HOOKSEAL_PROVIDERS_VONAGE_JWT_HPP

#include <hookseal/schemes/jwt.hpp>

namespace hookseal::inline v0_1::providers {

/// Vonage (Messages, Dispatch, Voice, Verify v2): `Authorization: Bearer <JWT>`, HS256; the claim `payload_hash` is the
/// body's SHA-256 in hex.
///
/// The key is the account's signature secret, as text. A token without `payload_hash` is one for an empty body. Callbacks by
/// `GET`, whose hash is over their parameters, are not supported. The rare callback that comes unsigned is to be answered
/// with an error, and comes again. Retries go on for up to 24 hours.
/// Source: developer.vonage.com, "Webhooks: Decoding signed webhooks"; Vonage/vonage-python-sdk `jwt` (read 2026-11-21).
struct vonage_jwt {
    static constexpr jwt_scheme scheme{
        .name = "vonage_jwt",
        .token = header("authorization").after("Bearer "),
        .body_digest = {.claim = "payload_hash", .absent_if_empty = true},
        .event_id = json("message_uuid"),
        .retry_window = days(1),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
