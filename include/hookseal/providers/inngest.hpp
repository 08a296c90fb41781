// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_INNGEST_HPP
#define HOOKSEAL_PROVIDERS_INNGEST_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Inngest, calls of its server to an app: `X-Inngest-Signature: t=<unix seconds>&s=<hex>`, HMAC-SHA-256 over
/// the body in canonical JSON (RFC 8785) and the time, without a separator.
///
/// The key is what follows `signkey-prod-`, `signkey-test-` or the like, as text. The body's value is signed,
/// not its spelling. A request names no event: run and step stand in the query, unsigned.
/// Source: inngest/inngest-js `packages/inngest/src/helpers/net.ts` (read 2026-11-21).
struct inngest {
    static constexpr signed_scheme scheme{
        .name = "inngest",
        .key = {.prefix = "signkey-", .prefix_until = '-'},
        .signature = header("x-inngest-signature").item("s=", '&'),
        .timestamp = header("x-inngest-signature").item("t=", '&'),
        .signed_content = "{canonical_json}{timestamp}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
