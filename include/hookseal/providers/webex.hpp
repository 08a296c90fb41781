// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_WEBEX_HPP
#define HOOKSEAL_PROVIDERS_WEBEX_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Webex: `X-Spark-Signature: <hex>`, HMAC-SHA-1 over the body.
///
/// Not protected: time. There is no id of the event.
/// Source: developer.webex.com, "Webhooks: handling requests" (read 2026-11-21).
struct webex {
    static constexpr signed_scheme scheme{
        .name = "webex",
        .digest = digest::sha1,
        .signature = header("x-spark-signature"),
        .signed_content = "{body}",
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
