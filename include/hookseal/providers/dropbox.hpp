// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_DROPBOX_HPP
#define HOOKSEAL_PROVIDERS_DROPBOX_HPP

#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Dropbox: `X-Dropbox-Signature: <hex>`, either case of hex, HMAC-SHA-256 over the body.
///
/// The key is the app secret. A delivery says which accounts changed, has no id, and may well come twice with the
/// same body: a store that takes those for one loses nothing, as long as changes are fetched by cursor. Not
/// protected: time.
/// Source: dropbox.com/developers/reference/webhooks (read 2026-11-21).
struct dropbox {
    static constexpr signed_scheme scheme{
        .name = "dropbox",
        .encoding = encoding::hex_any_case,
        .signature = header("x-dropbox-signature"),
        .signed_content = "{body}",
    };
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .value = query("challenge"),
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
