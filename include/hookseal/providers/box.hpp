// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BOX_HPP
#define HOOKSEAL_PROVIDERS_BOX_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

#include <string_view>

namespace hookseal::inline v0_1::providers {

/// Box webhooks v2: `BOX-SIGNATURE-PRIMARY: <base64>` and `BOX-SIGNATURE-SECONDARY: <base64>`, HMAC-SHA-256
/// over `{body}{BOX-DELIVERY-TIMESTAMP}`.
///
/// An application has two keys, and each signs every delivery: configure both, and either may be rotated. The
/// body is signed as it is sent, with `\uXXXX` and `\/` for some characters; Box's own libraries guess at
/// these where a framework hands out a decoded text, which is not done here. About ten retries, further and
/// further apart; the delivery's id is not signed.
/// Source: developer.box.com/guides/webhooks/v2/signatures-v2; box/box-python-sdk `webhooks.py` (read
/// 2026-11-21).
struct box {
    static constexpr auto signed_in = [](std::string_view name) {
        return signed_scheme{
            .name = "box",
            .encoding = encoding::base64,
            .signature = header(name),
            .timestamp = header("box-delivery-timestamp"),
            .timestamp_form = timestamp_form::rfc3339,
            .signed_content = "{body}{timestamp}",
            .required = {header("box-signature-version").after("1"),
                         header("box-signature-algorithm").after("HmacSHA256")},
            .event_id = json("id"),
            .event_type = json("trigger"),
            .tolerance = minutes(10),
        };
    };
    static constexpr either scheme{signed_in("box-signature-primary"), signed_in("box-signature-secondary")};
};

} // namespace hookseal::inline v0_1::providers

#endif
