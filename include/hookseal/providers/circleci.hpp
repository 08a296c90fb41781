// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CIRCLECI_HPP
#define HOOKSEAL_PROVIDERS_CIRCLECI_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// CircleCI: `circleci-signature: v1=<hex>`, a list of which `v1` is the only version, HMAC-SHA-256 over the body.
///
/// Not protected: time. `circleci-event-type` is not signed.
/// Source: circleci.com/docs, "Outbound webhooks" (read 2026-11-21).
struct circleci {
    static constexpr signed_scheme scheme{
        .name = "circleci",
        .signature = header("circleci-signature").item("v1=", ','),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
