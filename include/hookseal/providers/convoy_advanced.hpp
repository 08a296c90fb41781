// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CONVOY_ADVANCED_HPP
#define HOOKSEAL_PROVIDERS_CONVOY_ADVANCED_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/numbered_signatures.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Convoy's advanced signatures: `X-Convoy-Signature: t=<unix seconds>,v1=<hex or base64>[,v1=…][,v2=…]`,
/// HMAC-SHA-256 or HMAC-SHA-512 over `{t},{body}`.
///
/// The number is that of a scheme of the Convoy project, which chooses digest and encoding; here all four are
/// read, under any number, and several with one number belong to rolled secrets. The separator is a comma.
/// Another header may be configured there.
/// Source: frain-dev/convoy `pkg/signature/signature.go` (read 2026-11-21).
struct convoy_advanced {
    static constexpr auto signed_with = [](digest hash, encoding form) {
        return numbered_signatures{
            .base =
                {
                    .name = "convoy_advanced",
                    .digest = hash,
                    .encoding = form,
                    .signature = header("x-convoy-signature").item("v", ','),
                    .timestamp = header("x-convoy-signature").item("t=", ','),
                    .signed_content = "{timestamp},{body}",
                    .event_id = header("x-convoy-idempotency-key"),
                },
            .behind = "=",
            .written = "v1=",
        };
    };
    static constexpr either scheme{
        either{signed_with(digest::sha256, encoding::hex), signed_with(digest::sha256, encoding::base64)},
        either{signed_with(digest::sha512, encoding::hex), signed_with(digest::sha512, encoding::base64)}};
};

} // namespace hookseal::inline v0_1::providers

#endif
