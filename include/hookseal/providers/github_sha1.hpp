// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GITHUB_SHA1_HPP
#define HOOKSEAL_PROVIDERS_GITHUB_SHA1_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// GitHub's legacy signature: `X-Hub-Signature: sha1=<hex>`, HMAC-SHA-1 over the body.
///
/// For senders that send no `X-Hub-Signature-256`; requests with both are refused. Not protected: time, and every
/// header.
/// Source: docs.github.com, "Validating webhook deliveries" (read 2026-11-21).
struct github_sha1 {
    static constexpr signed_scheme scheme{
        .name = "github_sha1",
        .digest = digest::sha1,
        .signature = header("x-hub-signature").after("sha1="),
        .signed_content = "{body}",
        .refused = header("x-hub-signature-256"),
        .event_id = header("x-github-delivery"),
        .event_type = header("x-github-event"),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
