// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GOGS_HPP
#define HOOKSEAL_PROVIDERS_GOGS_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Gogs: `X-Gogs-Signature: <hex>`, HMAC-SHA-256 over the JSON text: the body, or the form field `payload`, decoded.
///
/// Gogs is of Gitea's kin: without a secret the signature is empty, and refused. Not protected: time, and every
/// header; of a form nothing but `payload`.
/// Source: gogs/gogs; go-playground/webhooks `gogs` (read 2026-11-21).
struct gogs {
    static constexpr either scheme{
        signed_scheme{
            .name = "gogs",
            .signature = header("x-gogs-signature"),
            .signed_content = "{body}",
            .event_id = header("x-gogs-delivery"),
            .event_type = header("x-gogs-event"),
        },
        signed_scheme{
            .name = "gogs",
            .signature = header("x-gogs-signature"),
            .signed_content = "{form:payload}",
        },
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
