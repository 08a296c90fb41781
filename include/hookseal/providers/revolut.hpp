// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_REVOLUT_HPP
#define HOOKSEAL_PROVIDERS_REVOLUT_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Revolut: `Revolut-Signature: v1=<hex>[,v1=<hex>…]`, HMAC-SHA-256 over `v1.{timestamp}.{body}`, in milliseconds.
///
/// The key is the whole `wsk_…`. There is no id. Retries end after half an hour.
/// Source: developer.revolut.com, "Verify the payload signature" (read 2026-11-21).
struct revolut {
    static constexpr signed_scheme scheme{
        .name = "revolut",
        .signature = header("revolut-signature").item("v1=", ','),
        .timestamp = header("revolut-request-timestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "v1.{timestamp}.{body}",
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
