// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MATTERMOST_HPP
#define HOOKSEAL_PROVIDERS_MATTERMOST_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Mattermost slash commands and outgoing webhooks: `Authorization: Token <token>`, or the form field `token`.
///
/// Nothing is signed: whoever sees one request can send any other. The answer is waited for; nothing is retried.
/// Source: developers.mattermost.com/integrate (read 2026-11-21).
struct mattermost {
    static constexpr either scheme{
        signed_scheme{
            .name = "mattermost",
            .proof = proof::token,
            .encoding = encoding::text,
            .signature = header("authorization").after("Token "),
        },
        signed_scheme{
            .name = "mattermost",
            .proof = proof::token,
            .encoding = encoding::text,
            .signature = form("token"),
        },
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
