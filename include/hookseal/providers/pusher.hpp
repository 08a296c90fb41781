// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PUSHER_HPP
#define HOOKSEAL_PROVIDERS_PUSHER_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Pusher Channels: `X-Pusher-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// `X-Pusher-Key` names the key; it is not signed, and any configured secret may match. `time_ms` in the body is
/// signed. A delivery is a batch without an id. Retried for 5 minutes.
/// Source: pusher.com/docs/channels/server_api/webhooks; pusher-http-node `lib/webhook.js` (read 2026-11-21).
struct pusher {
    static constexpr signed_scheme scheme{
        .name = "pusher",
        .signature = header("x-pusher-signature"),
        .signed_content = "{body}",
        .retry_window = minutes(5),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
