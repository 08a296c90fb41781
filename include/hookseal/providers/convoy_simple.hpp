// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CONVOY_SIMPLE_HPP
#define HOOKSEAL_PROVIDERS_CONVOY_SIMPLE_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Convoy's simple signatures: `X-Convoy-Signature: <hex or base64>`, HMAC-SHA-256 or HMAC-SHA-512 over the
/// body.
///
/// A Convoy project chooses digest and encoding, and may choose another header; here all four are read. Not
/// protected: time.
/// Source: frain-dev/convoy `pkg/signature/signature.go` (read 2026-11-21).
struct convoy_simple {
    static constexpr auto signed_with = [](digest hash, encoding form) {
        return signed_scheme{
            .name = "convoy_simple",
            .digest = hash,
            .encoding = form,
            .signature = header("x-convoy-signature"),
            .signed_content = "{body}",
            .event_id = header("x-convoy-idempotency-key"),
        };
    };
    static constexpr either scheme{
        either{signed_with(digest::sha256, encoding::hex), signed_with(digest::sha256, encoding::base64)},
        either{signed_with(digest::sha512, encoding::hex), signed_with(digest::sha512, encoding::base64)}};
};

} // namespace hookseal::inline v0_1::providers

#endif
