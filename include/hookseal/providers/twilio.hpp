// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_TWILIO_HPP
#define HOOKSEAL_PROVIDERS_TWILIO_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Twilio: `X-Twilio-Signature: <base64>`, HMAC-SHA-1 over the URL and the form's names and values, sorted. Of
/// another body the URL holds the SHA-256: `bodySHA256=<hex>`.
///
/// Nothing stands between URL, names and values, so text can move from one to the next under the same signature: give
/// the URL that is registered with Twilio, and ask for exactly the fields you know. It is signed with or without its
/// port. Not protected: time, and `I-Twilio-Idempotency-Token`.
/// Source: twilio.com/docs/usage/security; twilio/twilio-node `lib/webhooks/webhooks.js` (read 2026-11-21).
struct twilio {
    static constexpr signed_scheme form_at_url{
        .name = "twilio",
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("x-twilio-signature"),
        .signed_content = "{url}{sorted_form}",
        .refused = query("bodySHA256"),
        .event_id = header("i-twilio-idempotency-token"),
    };
    static constexpr signed_scheme any_at_url = [] {
        signed_scheme s = form_at_url;
        s.signed_content = "{url}";
        s.body_digest = query("bodySHA256");
        s.refused = {};
        return s;
    }();
    static constexpr signed_scheme form_at_other_port = [] {
        signed_scheme s = form_at_url;
        s.signed_content = "{url|other_port}{sorted_form}";
        return s;
    }();
    static constexpr signed_scheme any_at_other_port = [] {
        signed_scheme s = any_at_url;
        s.signed_content = "{url|other_port}";
        return s;
    }();
    static constexpr either scheme{either{form_at_url, form_at_other_port},
                                   either{any_at_url, any_at_other_port}};
};

} // namespace hookseal::inline v0_1::providers

#endif
