// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WEBSUB_HPP
#define HOOKSEAL_PROVIDERS_WEBSUB_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// WebSub, and YouTube's push notifications: `X-Hub-Signature: <method>=<hex>`, HMAC over the body with SHA-1,
/// SHA-256, SHA-384 or SHA-512, as the header says.
///
/// Google's hub uses SHA-1. Not protected: time, and the `Link` headers that name topic and hub: give each topic a
/// URL and a secret of its own. There is no id.
/// Source: w3.org/TR/websub, section 8 (read 2026-11-21).
struct websub {
    static constexpr auto with = [](digest hash, std::string_view prefix) {
        return signed_scheme{
            .name = "websub",
            .digest = hash,
            .signature = header("x-hub-signature").after(prefix),
            .signed_content = "{body}",
        };
    };
    static constexpr either scheme{either{with(digest::sha256, "sha256="), with(digest::sha1, "sha1=")},
                                   either{with(digest::sha384, "sha384="), with(digest::sha512, "sha512=")}};
    /// Only a wanted topic is confirmed, the option `topic`, and never that it is given up.
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .when = {query("hub.mode"), "subscribe"},
        .value = query("hub.challenge"),
        .agreed = {query("hub.topic"), "topic"},
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
