// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MIDTRANS_HPP
#define HOOKSEAL_PROVIDERS_MIDTRANS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Midtrans: `signature_key` in the body, hex, a plain SHA-512 over `{order_id}{status_code}{gross_amount}{server
/// key}`.
///
/// The transaction's status is *not* signed, nor is a time: ask Midtrans for it. The three fields touch without a
/// separator. A plain hash: accept that by name.
/// Source: docs.midtrans.com, "HTTP(S) notification" (read 2026-11-21).
struct midtrans {
    static constexpr signed_scheme scheme{
        .name = "midtrans",
        .proof = proof::keyed_hash,
        .digest = digest::sha512,
        .signature = json("signature_key"),
        .signed_content = "{json:order_id}{json:status_code}{json:gross_amount}{key}",
        .event_type = json("transaction_status"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
