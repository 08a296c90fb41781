// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GOOGLE_CHAT_HPP
#define HOOKSEAL_PROVIDERS_GOOGLE_CHAT_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/jwt.hpp>

namespace hookseal::inline v0_1::providers {

/// Google Chat apps: `Authorization: Bearer <JWT>`, RS256, for the option `audience`: the app's project number or its URL.
///
/// With a project number, Google Chat itself is the issuer, and its keys are the certificates of
/// `www.googleapis.com/service_accounts/v1/metadata/x509/chat@system.gserviceaccount.com`; with a URL it is Google's, with
/// the keys of `www.googleapis.com/oauth2/v3/certs`, and names Chat as the account. Both are found by `kid` (see
/// `remote_keys`). Not protected: the body. Requests are not repeated, and have no id.
/// Source: developers.google.com/workspace/chat/verify-requests-from-chat (read 2026-11-21).
struct google_chat {
    static constexpr std::string_view chat = "chat@system.gserviceaccount.com";
    static constexpr jwt_scheme for_project_number{
        .name = "google_chat",
        .algorithms = {jose_algorithm::rs256},
        .signer = jwt_signer::kid,
        .token = header("authorization").after("Bearer "),
        .expires = jwt_time::required,
        .claims = {claim("iss").is(chat), claim("aud").is(option("audience"))},
        .event_type = json("type"),
        .tolerance = hours(1),
    };
    static constexpr jwt_scheme for_url = [] {
        jwt_scheme other = for_project_number;
        other.claims[0] = claim("iss").is("https://accounts.google.com", "accounts.google.com");
        other.claims[2] = claim("email").is(chat);
        other.claims[3] = claim("email_verified").is_true();
        return other;
    }();
    static constexpr either scheme{for_project_number, for_url};
};

} // namespace hookseal::inline v0_1::providers

#endif
