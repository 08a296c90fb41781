// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_RECURLY_HPP
#define HOOKSEAL_PROVIDERS_RECURLY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Recurly: `recurly-signature: <milliseconds>,<hex>[,<hex>…]`, HMAC-SHA-256 over `{milliseconds}.{body}`.
///
/// The key is hex and used as text. Only JSON is signed. Deliveries have no id.
/// Source: recurly/recurly-client-ruby `lib/recurly/webhooks.rb` (read 2026-11-21).
struct recurly {
    static constexpr signed_scheme scheme{
        .name = "recurly",
        .signature = header("recurly-signature").item("", ','),
        .timestamp = header("recurly-signature").first_item(','),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_type = json("event_type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
