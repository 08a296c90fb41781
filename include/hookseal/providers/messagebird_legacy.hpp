// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MESSAGEBIRD_LEGACY_HPP
#define HOOKSEAL_PROVIDERS_MESSAGEBIRD_LEGACY_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// MessageBird's legacy signature: `MessageBird-Signature: <base64>`, HMAC-SHA-256 over time, query and the
/// SHA-256 of the body, a line each, the digest as it is in bytes.
///
/// The query is signed sorted and percent-encoded anew. Status reports come by `GET`, their id in the query.
/// Fresh for 100 seconds. Prefer `messagebird_jwt`.
/// Source: messagebird/messagebird-nodejs `lib/signature.js` (read 2026-11-21).
struct messagebird_legacy {
    static constexpr signed_scheme scheme{
        .name = "messagebird_legacy",
        .encoding = encoding::base64,
        .signature = header("messagebird-signature"),
        .timestamp = header("messagebird-request-timestamp"),
        .signed_content = "{timestamp}\n{sorted_query}\n{body|sha256|raw}",
        .event_id = {query("id"), query("status")},
        .event_type = query("status"),
        .tolerance = seconds(100),
        .retry_window = hours(24),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
