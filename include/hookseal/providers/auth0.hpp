// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_AUTH0_HPP
#define HOOKSEAL_PROVIDERS_AUTH0_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Auth0 log streams and event streams: `Authorization: <text>`, the text configured on the stream, whole.
///
/// Nothing is signed: whoever sees one request can send any other. The secret is all that follows
/// `Authorization: `, a word such as `Bearer` included. A log stream delivers a batch without an id.
/// Source: auth0.com/docs, "Custom webhook log streams" (read 2026-11-21).
struct auth0 {
    static constexpr signed_scheme scheme{
        .name = "auth0",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("authorization"),
        .event_id = json("id"),
        .event_type = json("type"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
