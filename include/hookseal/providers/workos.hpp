// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WORKOS_HPP
#define HOOKSEAL_PROVIDERS_WORKOS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// WorkOS: `WorkOS-Signature: t=<milliseconds>, v1=<hex>`, HMAC-SHA-256 over `{t}.{body}`.
///
/// Fresh for three minutes. Retried for 3 days.
/// Source: workos/workos-node `signature-provider.ts` (read 2026-11-21).
struct workos {
    static constexpr signed_scheme scheme{
        .name = "workos",
        .signature = header("workos-signature").item("v1=", ',').with_spaces(),
        .timestamp = header("workos-signature").item("t=", ',').with_spaces(),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_id = json("id"),
        .event_type = json("event"),
        .tolerance = minutes(3),
        .retry_window = days(3),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
