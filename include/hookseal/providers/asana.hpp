// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ASANA_HPP
#define HOOKSEAL_PROVIDERS_ASANA_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Asana: `X-Hook-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// The key is the `X-Hook-Secret` of the handshake, as text; each webhook has its own. An empty list of events is a
/// heartbeat. Not protected: time; deliveries have no id. Retried for 24 hours.
/// Source: developers.asana.com/docs/webhooks-guide (read 2026-11-21).
struct asana {
    static constexpr signed_scheme scheme{
        .name = "asana",
        .signature = header("x-hook-signature"),
        .signed_content = "{body}",
        .retry_window = hours(24),
    };
    /// The handshake hands over the secret, while the call that creates the webhook still waits for its answer. Keep the
    /// answer's `value` only then: anybody can send another one.
    static constexpr challenge_scheme challenge{
        .value = header("x-hook-secret"),
        .headers = {{"X-Hook-Secret", "{value}"}},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
