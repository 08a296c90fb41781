// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_HELP_SCOUT_HPP
#define HOOKSEAL_PROVIDERS_HELP_SCOUT_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Help Scout: `X-HelpScout-Signature: <base64>`, HMAC-SHA-1 over the body.
///
/// Not protected: time, and every header. There is no id.
/// Source: developer.helpscout.com/webhooks (read 2026-11-21).
struct help_scout {
    static constexpr signed_scheme scheme{
        .name = "help_scout",
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("x-helpscout-signature"),
        .signed_content = "{body}",
        .event_type = header("x-helpscout-event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
