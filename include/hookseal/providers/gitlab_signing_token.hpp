// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GITLAB_SIGNING_TOKEN_HPP
#define HOOKSEAL_PROVIDERS_GITLAB_SIGNING_TOKEN_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// GitLab's signing token: Standard Webhooks, `webhook-signature: v1,<base64> …`, HMAC-SHA-256 over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The token is `whsec_` and base64 of 32 bytes. The id stays the same across retries.
/// Source: gitlab.com/gitlab-org/gitlab, merge request 230944 (read 2026-11-21).
struct gitlab_signing_token {
    static constexpr signed_scheme scheme{
        .name = "gitlab_signing_token",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "whsec_", .prefix_required = true, .at_least = 32},
        .signature = header("webhook-signature").item("v1,", ' '),
        .timestamp = header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("webhook-id"),
        .event_type = json("object_kind"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
