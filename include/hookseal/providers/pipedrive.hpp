// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PIPEDRIVE_HPP
#define HOOKSEAL_PROVIDERS_PIPEDRIVE_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Pipedrive: `Authorization: Basic <base64>`, `http_auth_user` and `http_auth_password` of the webhook. The
/// secret is `user:password`.
///
/// Nothing is signed: whoever sees one request can send any other. In v1 the id is that of what changed, so
/// the time belongs to it. Three retries within minutes.
/// Source: pipedrive.readme.io/docs/guide-for-webhooks (read 2026-11-21).
struct pipedrive {
    static constexpr signed_scheme scheme{
        .name = "pipedrive",
        .proof = proof::token,
        .encoding = encoding::base64,
        .signature = header("authorization").after("Basic "),
        .event_id = {json("meta.id"), json("meta.timestamp")},
        .event_type = {json("meta.entity"), json("meta.action")},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
