// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_JIRA_HPP
#define HOOKSEAL_PROVIDERS_JIRA_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Jira Cloud: `X-Hub-Signature: sha256=<hex>`, HMAC-SHA-256 over the body.
///
/// Not protected: time, and every header. `X-Atlassian-Webhook-Identifier` stays the same across retries, of which
/// there are five, minutes apart.
/// Source: developer.atlassian.com/cloud/jira/platform/webhooks (read 2026-11-21).
struct jira {
    static constexpr signed_scheme scheme{
        .name = "jira",
        .signature = header("x-hub-signature").after("sha256="),
        .signed_content = "{body}",
        .event_id = header("x-atlassian-webhook-identifier"),
        .event_type = json("webhookEvent"),
        .retry_window = hours(2),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
