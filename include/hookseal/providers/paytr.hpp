// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PAYTR_HPP
#define HOOKSEAL_PROVIDERS_PAYTR_HPP

#include <hookseal/schemes/acknowledgement.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// PayTR: `hash` in the form, base64, HMAC-SHA-256 over `{merchant_oid}{merchant
/// salt}{status}{total_amount}`.
///
/// The key is the merchant key; the merchant salt is the option `merchant_salt`. No other field is signed,
/// nor is a time. Status and amount touch without a separator. Repeated until the answer is `OK` as plain
/// text.
/// Source: dev.paytr.com, "Direkt API, step 2" (read 2026-11-21).
struct paytr {
    static constexpr signed_scheme scheme{
        .name = "paytr",
        .encoding = encoding::base64,
        .signature = form("hash"),
        .signed_content = "{form:merchant_oid}{option:merchant_salt}{form:status}{form:total_amount}",
        .event_id = {form("merchant_oid"), form("status")},
        .event_type = form("status"),
    };
    static constexpr acknowledgement acknowledged{.body = "OK"};
};

} // namespace hookseal::inline v0_1::providers

#endif
