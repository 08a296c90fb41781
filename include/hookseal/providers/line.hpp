// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_LINE_HPP
#define HOOKSEAL_PROVIDERS_LINE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// LINE: `x-line-signature: <base64>`, HMAC-SHA-256 over the body.
///
/// The key is the channel secret, as text. Not protected: time. A delivery is a batch, whose events keep their
/// `webhookEventId` when they are sent again.
/// Source: developers.line.biz; line/line-bot-sdk-nodejs `validate-signature` (read 2026-11-21).
struct line {
    static constexpr signed_scheme scheme{
        .name = "line",
        .encoding = encoding::base64,
        .signature = header("x-line-signature"),
        .signed_content = "{body}",
        .batch = {.at = json("events"), .id = json("webhookEventId"), .type = json("type")},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
