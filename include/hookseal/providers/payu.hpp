// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PAYU_HPP
#define HOOKSEAL_PROVIDERS_PAYU_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// PayU (EMEA, OpenPayU 2.1): `OpenPayU-Signature: sender=…;signature=<hex>;algorithm=<name>;content=DOCUMENT`, a
/// plain hash over `{body}{second key}`.
///
/// The header chooses the hash, MD5 for most; whatever it names, the signature must be one of the five. Bodies with
/// one MD5 have one signature: accept that by name. Not protected: time. Retried for about 3 days.
/// Source: PayU-EMEA/openpayu_php `lib/OpenPayU/Util.php` (read 2026-11-21).
struct payu {
    static constexpr auto hashed_with = [](digest hash) {
        return signed_scheme{
            .name = "payu",
            .proof = proof::keyed_hash,
            .digest = hash,
            .signature =
                header("openpayu-signature").or_header("x-openpayu-signature").item("signature=", ';'),
            .signed_content = "{body}{key}",
            .event_type = json("order.status"),
            .retry_window = hours(72),
        };
    };
    static constexpr either scheme{either{hashed_with(digest::md5), hashed_with(digest::sha1)},
                                   either{hashed_with(digest::sha256),
                                          either{hashed_with(digest::sha384), hashed_with(digest::sha512)}}};
};

} // namespace hookseal::inline v0_1::providers

#endif
