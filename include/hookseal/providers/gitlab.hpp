// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GITLAB_HPP
#define HOOKSEAL_PROVIDERS_GITLAB_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// GitLab's secret token: `X-Gitlab-Token: <token>`, the shared secret itself.
///
/// Nothing is signed: whoever sees one request can send any other. Accept that by name, and prefer GitLab's signing
/// tokens where they are to be had. `Idempotency-Key` stays the same across retries.
/// Source: docs.gitlab.com, "Webhooks"; gitlabhq `app/services/web_hook_service.rb` (read 2026-11-21).
struct gitlab {
    static constexpr signed_scheme scheme{
        .name = "gitlab",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("x-gitlab-token"),
        .event_id = header("idempotency-key"),
        .event_type = header("x-gitlab-event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
