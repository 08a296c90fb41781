// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BITBUCKET_CLOUD_HPP
#define HOOKSEAL_PROVIDERS_BITBUCKET_CLOUD_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Bitbucket Cloud: `X-Hub-Signature: sha256=<hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time, and every header. `X-Request-UUID` is another at each attempt. Two further attempts within
/// minutes.
/// Source: support.atlassian.com/bitbucket-cloud, "Manage webhooks" (read 2026-11-21).
struct bitbucket_cloud {
    static constexpr signed_scheme scheme{
        .name = "bitbucket_cloud",
        .signature = header("x-hub-signature").after("sha256="),
        .signed_content = "{body}",
        .event_type = header("x-event-key"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
