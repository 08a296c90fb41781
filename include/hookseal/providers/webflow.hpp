// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WEBFLOW_HPP
#define HOOKSEAL_PROVIDERS_WEBFLOW_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Webflow: `x-webflow-signature: <hex>`, HMAC-SHA-256 over `{timestamp}:{body}`, in milliseconds.
///
/// The key is the webhook's secret, or the app's client secret. There is no id. Three retries within half an hour.
/// Source: webflow/js-webflow-api `WebhooksClient.ts` (read 2026-11-21).
struct webflow {
    static constexpr signed_scheme scheme{
        .name = "webflow",
        .signature = header("x-webflow-signature"),
        .timestamp = header("x-webflow-timestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}:{body}",
        .event_type = json("triggerType"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
