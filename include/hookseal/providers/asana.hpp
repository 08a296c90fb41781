// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ASANA_HPP
#define HOOKSEAL_PROVIDERS_ASANA_HPP

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
};

} // namespace hookseal::inline v0_1::providers

#endif
