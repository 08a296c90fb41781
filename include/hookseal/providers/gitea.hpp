// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GITEA_HPP
#define HOOKSEAL_PROVIDERS_GITEA_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Gitea: `X-Gitea-Signature: <hex>`, HMAC-SHA-256 over the JSON text: the body, or the form field `payload`,
/// decoded.
///
/// Without a secret Gitea sends an empty signature, which is refused. Not protected: time, and every header; of a
/// form nothing but `payload`. Nothing is retried by itself; redelivery by hand keeps the id.
/// Source: go-gitea/gitea `services/webhook/deliver.go` (read 2026-11-21).
struct gitea {
    static constexpr either scheme{
        signed_scheme{
            .name = "gitea",
            .signature = header("x-gitea-signature"),
            .signed_content = "{body}",
            .event_id = header("x-gitea-delivery"),
            .event_type = header("x-gitea-event"),
        },
        signed_scheme{
            .name = "gitea",
            .signature = header("x-gitea-signature"),
            .signed_content = "{form:payload}",
        },
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
