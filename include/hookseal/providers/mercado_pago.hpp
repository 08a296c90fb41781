// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MERCADO_PAGO_HPP
#define HOOKSEAL_PROVIDERS_MERCADO_PAGO_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Mercado Pago: `x-signature: ts=<time>,v1=<hex>`, HMAC-SHA-256 over
/// `id:{data.id};request-id:{x-request-id};ts:{ts};`, of which parts without a value are left out.
///
/// The body is not signed: take `data.id` from the URL, and fetch the resource. The id may be signed in lower case;
/// the time is in seconds or milliseconds.
/// Source: mercadopago/sdk-nodejs `src/utils/webhook/index.ts`; issue 459 there (read 2026-11-21).
struct mercado_pago {
    static constexpr signed_scheme as_received{
        .name = "mercado_pago",
        .signature = header("x-signature").item("v1=", ','),
        .timestamp = header("x-signature").item("ts=", ','),
        .timestamp_form = timestamp_form::unix_seconds_or_milliseconds,
        .signed_content = "[id:{query:data.id};][request-id:{header:x-request-id};]ts:{timestamp};",
        .event_id = header("x-request-id"),
        .event_type = query("type"),
    };
    static constexpr signed_scheme in_lower_case = [] {
        signed_scheme s = as_received;
        s.signed_content = "[id:{query:data.id|lower};][request-id:{header:x-request-id};]ts:{timestamp};";
        return s;
    }();
    static constexpr either scheme{as_received, in_lower_case};
};

} // namespace hookseal::inline v0_1::providers

#endif
