// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BUILDKITE_HPP
#define HOOKSEAL_PROVIDERS_BUILDKITE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Buildkite: `X-Buildkite-Signature: timestamp=<unix seconds>,signature=<hex>`, HMAC-SHA-256 over
/// `{timestamp}.{body}`.
///
/// `X-Buildkite-Event` is not signed, `event` in the body is. Deliveries have no id.
/// Source: buildkite.com/docs/apis/webhooks (read 2026-11-21).
struct buildkite {
    static constexpr signed_scheme scheme{
        .name = "buildkite",
        .signature = header("x-buildkite-signature").item("signature=", ','),
        .timestamp = header("x-buildkite-signature").item("timestamp=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
