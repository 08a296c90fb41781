// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MS_TEAMS_OUTGOING_HPP
#define HOOKSEAL_PROVIDERS_MS_TEAMS_OUTGOING_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Microsoft Teams outgoing webhooks: `Authorization: HMAC <base64>`, HMAC-SHA-256 over the body.
///
/// The security token is base64. Not protected: time. The answer is waited for; nothing is retried.
/// Source: learn.microsoft.com/microsoftteams, "Create outgoing webhooks" (read 2026-11-21).
struct ms_teams_outgoing {
    static constexpr signed_scheme scheme{
        .name = "ms_teams_outgoing",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("authorization").after("HMAC "),
        .signed_content = "{body}",
        .event_id = json("id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
