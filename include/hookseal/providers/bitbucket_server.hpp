// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BITBUCKET_SERVER_HPP
#define HOOKSEAL_PROVIDERS_BITBUCKET_SERVER_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Bitbucket Server and Data Center: `X-Hub-Signature: sha256=<hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time, and every header. Whether failed deliveries are retried is not documented.
/// Source: confluence.atlassian.com/bitbucketserver, "Manage webhooks" (read 2026-11-21).
struct bitbucket_server {
    static constexpr signed_scheme scheme{
        .name = "bitbucket_server",
        .signature = header("x-hub-signature").after("sha256="),
        .signed_content = "{body}",
        .event_id = header("x-request-id"),
        .event_type = header("x-event-key"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
