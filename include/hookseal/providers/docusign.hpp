// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_DOCUSIGN_HPP
#define HOOKSEAL_PROVIDERS_DOCUSIGN_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// DocuSign Connect: `X-DocuSign-Signature-1: <base64>`, HMAC-SHA-256 over the body; `-2` and so on for further keys.
///
/// Each header is made with a key of its own, and any may match; the first four are looked at. The key looks like
/// base64 and is used as text. Not protected: time. There is no id.
/// Source: developers.docusign.com, "Validate webhooks" (read 2026-11-21).
struct docusign {
    static constexpr auto under = [](std::string_view header_name) {
        return signed_scheme{
            .name = "docusign",
            .encoding = encoding::base64,
            .signature = header(header_name),
            .signed_content = "{body}",
            .event_type = json("event"),
            .retry_window = days(15),
        };
    };
    static constexpr either scheme{
        either{under("x-docusign-signature-1"), under("x-docusign-signature-2")},
        either{under("x-docusign-signature-3"), under("x-docusign-signature-4")},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
