// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_POSTMARK_HPP
#define HOOKSEAL_PROVIDERS_POSTMARK_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Postmark: `Authorization: Basic <base64>`, the user and password of the webhook's URL. The secret is
/// `user:password`.
///
/// Nothing is signed: whoever sees one request can send any other. A 403 stops the retries, which else go on for 10
/// hours.
/// Source: postmarkapp.com/developer/webhooks/webhooks-overview (read 2026-11-21).
struct postmark {
    static constexpr signed_scheme scheme{
        .name = "postmark",
        .proof = proof::token,
        .encoding = encoding::base64,
        .signature = header("authorization").after("Basic "),
        .event_type = json("RecordType"),
        .retry_window = hours(11),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
