// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_LINKEDIN_HPP
#define HOOKSEAL_PROVIDERS_LINKEDIN_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// LinkedIn: `X-LI-Signature: <hex>`, HMAC-SHA-256 over `hmacsha256={body}`; that prefix is signed, but not sent.
///
/// The key is the application's client secret. Not protected: time. A delivery is a batch without an id. Retried for
/// 8 hours.
/// Source: learn.microsoft.com/linkedin, "Webhook validation" (read 2026-11-21).
struct linkedin {
    static constexpr signed_scheme scheme{
        .name = "linkedin",
        .signature = header("x-li-signature"),
        .signed_content = "hmacsha256={body}",
        .event_type = json("type"),
        .retry_window = hours(8),
    };
    /// Comes every two hours.
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .value = query("challengeCode"),
        .form = {alphabet::token, 36, 36},
        .json = R"({"challengeCode":"{value}","challengeResponse":"{mac}"})",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
