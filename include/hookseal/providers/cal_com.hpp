// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CAL_COM_HPP
#define HOOKSEAL_PROVIDERS_CAL_COM_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Cal.com: `X-Cal-Signature-256: <hex>`, HMAC-SHA-256 over the body.
///
/// Without a secret the header says `no-secret-provided`, which is refused. Not protected: time. There is no id.
/// Source: calcom/cal.com `packages/features/webhooks/lib/sendPayload.ts` (read 2026-11-21).
struct cal_com {
    static constexpr signed_scheme scheme{
        .name = "cal_com",
        .signature = header("x-cal-signature-256"),
        .signed_content = "{body}",
        .event_type = json("triggerEvent"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
