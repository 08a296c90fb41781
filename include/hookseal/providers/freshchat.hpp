// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_FRESHCHAT_HPP
#define HOOKSEAL_PROVIDERS_FRESHCHAT_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Freshchat: `X-Freshchat-Signature: <base64>`, RSA PKCS#1 v1.5 with SHA-256 over the body.
///
/// The key is the account's, from the settings of conversation webhooks: a PEM, or what stands between its first and last
/// line. Not protected: freshness; `action_time` in the body says when it happened. Events have no id.
/// Source: crmsupport.freshworks.com, solution 50000004461, as third parties quote it (read 2026-11-21).
struct freshchat {
    static constexpr signed_scheme scheme{
        .name = "freshchat",
        .proof = proof::rsa,
        .encoding = encoding::base64,
        .signature = header("x-freshchat-signature"),
        .signed_content = "{body}",
        .event_type = json("action"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
