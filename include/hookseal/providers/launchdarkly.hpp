// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_LAUNCHDARKLY_HPP
#define HOOKSEAL_PROVIDERS_LAUNCHDARKLY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// LaunchDarkly: `X-LD-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. One retry; the order is not kept.
/// Source: launchdarkly.com/docs, "Webhooks" (read 2026-11-21).
struct launchdarkly {
    static constexpr signed_scheme scheme{
        .name = "launchdarkly",
        .signature = header("x-ld-signature"),
        .signed_content = "{body}",
        .event_id = json("_id"),
        .event_type = json("kind"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
