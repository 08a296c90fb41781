// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FRONT_RULE_HPP
#define HOOKSEAL_PROVIDERS_FRONT_RULE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Front rule webhooks: `X-Front-Signature: <base64>`, HMAC-SHA-1 over the body.
///
/// The legacy of application webhooks, which sign with SHA-256 under the same name. The key is the API
/// secret. Not protected: time.
/// Source: dev.frontapp.com/docs/rule-webhooks (read 2026-11-21).
struct front_rule {
    static constexpr signed_scheme scheme{
        .name = "front_rule",
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("x-front-signature"),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
