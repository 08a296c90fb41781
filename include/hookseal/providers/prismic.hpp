// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PRISMIC_HPP
#define HOOKSEAL_PROVIDERS_PRISMIC_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Prismic: `secret` in the body, the secret of the webhook.
///
/// Nothing is signed: whoever sees one request can send any other. As the secret stands in every body, log
/// none. Without a secret Prismic sends `null`, which is refused. There is no id. Five retries, 10 minutes
/// apart.
/// Source: prismic.io/docs/webhooks (read 2026-11-21).
struct prismic {
    static constexpr signed_scheme scheme{
        .name = "prismic",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = json("secret"),
        .event_type = json("type"),
        .retry_window = hours(1),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
