// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CLICKUP_HPP
#define HOOKSEAL_PROVIDERS_CLICKUP_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// ClickUp: `X-Signature: <hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. Events have no common id. Up to five attempts.
/// Source: developer.clickup.com/docs/webhooksignature (read 2026-11-21).
struct clickup {
    static constexpr signed_scheme scheme{
        .name = "clickup",
        .signature = header("x-signature"),
        .signed_content = "{body}",
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
