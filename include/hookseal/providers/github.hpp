// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GITHUB_HPP
#define HOOKSEAL_PROVIDERS_GITHUB_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// GitHub: `X-Hub-Signature-256: sha256=<hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time, and every header. `X-GitHub-Delivery` and `X-GitHub-Event` are whatever the sender of a captured
/// delivery wants them to be, so events are told apart by their body. Nothing is retried by itself; redelivery by hand is
/// possible for three days. The SHA-1 in `X-Hub-Signature` is ignored.
/// Source: docs.github.com, "Validating webhook deliveries" (read 2026-11-21).
struct github {
    static constexpr signed_scheme scheme{
        .name = "github",
        .signature = header("x-hub-signature-256").after("sha256="),
        .signed_content = "{body}",
        .event_id = header("x-github-delivery"),
        .event_type = header("x-github-event"),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
