// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SVIX_HPP
#define HOOKSEAL_PROVIDERS_SVIX_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Svix: Standard Webhooks' symmetric scheme under `svix-` headers, or under `webhook-` ones where a sender is
/// white-labelled. A request that has both sets, or parts of both, is refused.
///
/// Source: docs.svix.com/receiving/verifying-payloads/how-manual; svix/svix-webhooks (read 2026-11-21).
struct svix {
    static constexpr signed_scheme scheme{
        .name = "svix",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64, .prefix = "whsec_", .at_least = 16},
        .signature = header("svix-signature").or_header("webhook-signature").item("v1,", ' '),
        .timestamp = header("svix-timestamp").or_header("webhook-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = header("svix-id").or_header("webhook-id"),
        .event_type = json("type"),
        .retry_window = hours(28),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
