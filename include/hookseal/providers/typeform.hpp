// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TYPEFORM_HPP
#define HOOKSEAL_PROVIDERS_TYPEFORM_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Typeform: `Typeform-Signature: sha256=<base64>`, HMAC-SHA-256 over the body.
///
/// Not protected: time. Retried for 10 hours.
/// Source: typeform.com/developers, "Secure your webhooks" (read 2026-11-21).
struct typeform {
    static constexpr signed_scheme scheme{
        .name = "typeform",
        .encoding = encoding::base64,
        .signature = header("typeform-signature").after("sha256="),
        .signed_content = "{body}",
        .event_id = json("event_id"),
        .event_type = json("event_type"),
        .retry_window = hours(11),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
