// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TRAVIS_CI_HPP
#define HOOKSEAL_PROVIDERS_TRAVIS_CI_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Travis CI: `Signature: <base64>`, RSA PKCS#1 v1.5 with SHA-1 over the form field `payload`, decoded.
///
/// The key is Travis's own, a PEM from `api.travis-ci.com/config`. Read the payload alone and believe nothing else of the
/// request: other fields and `Travis-Repo-Slug` are not signed. Not protected: freshness. Builds have no id outside the
/// payload. Where the system forbids SHA-1 in signatures (RHEL 9, FIPS), no verifier can be built.
/// Source: docs.travis-ci.com, "Configuring Build Notifications: Verifying Webhook requests" (read 2026-11-21).
struct travis_ci {
    static constexpr signed_scheme scheme{
        .name = "travis_ci",
        .proof = proof::rsa,
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("signature"),
        .signed_content = "{form:payload}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
