// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SENTRY_HPP
#define HOOKSEAL_PROVIDERS_SENTRY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Sentry's integration platform: `Sentry-Hook-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// The key is the integration's client secret. Not protected: time, and every header. That goes for
/// `Sentry-Hook-Timestamp` too.
/// Source: docs.sentry.io, "Integration platform webhooks" (read 2026-11-21).
struct sentry {
    static constexpr signed_scheme scheme{
        .name = "sentry",
        .signature = header("sentry-hook-signature"),
        .signed_content = "{body}",
        .event_id = header("request-id"),
        .event_type = header("sentry-hook-resource"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
