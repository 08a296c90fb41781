// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ZOOM_HPP
#define HOOKSEAL_PROVIDERS_ZOOM_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Zoom event notifications: `x-zm-signature: v0=<hex>`, HMAC-SHA-256 over `v0:{timestamp}:{body}`.
///
/// The key is the app's secret token, not the OAuth client secret. No id is sent: events are told apart by their
/// body. Three retries, the last after 85 minutes.
/// Source: developers.zoom.us/docs/api/webhooks; zoom/webhook-sample-node.js (read 2026-11-21).
struct zoom {
    static constexpr signed_scheme scheme{
        .name = "zoom",
        .signature = header("x-zm-signature").after("v0="),
        .timestamp = header("x-zm-request-timestamp"),
        .signed_content = "v0:{timestamp}:{body}",
        .event_type = json("event"),
        .retry_window = minutes(85),
    };
    /// Comes again every 72 hours.
    static constexpr challenge_scheme challenge{
        .when = {json("event"), "endpoint.url_validation"},
        .value = json("payload.plainToken"),
        .form = {alphabet::token, 1, 64},
        .is_signed = true,
        .json = R"({"plainToken":"{value}","encryptedToken":"{mac}"})",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
