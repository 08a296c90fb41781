// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FORGEJO_HPP
#define HOOKSEAL_PROVIDERS_FORGEJO_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Forgejo: `X-Forgejo-Signature: <hex>`, HMAC-SHA-256 over the JSON text: the body, or the form field `payload`,
/// decoded.
///
/// Forgejo is of Gitea's kin: without a secret the signature is empty, and refused. Not protected: time, and every
/// header; of a form nothing but `payload`.
/// Source: Gitea `services/webhook/deliver.go`, from which it descends (read 2026-11-21).
struct forgejo {
    static constexpr either scheme{
        signed_scheme{
            .name = "forgejo",
            .signature = header("x-forgejo-signature"),
            .signed_content = "{body}",
            .event_id = header("x-forgejo-delivery"),
            .event_type = header("x-forgejo-event"),
        },
        signed_scheme{
            .name = "forgejo",
            .signature = header("x-forgejo-signature"),
            .signed_content = "{form:payload}",
        },
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
