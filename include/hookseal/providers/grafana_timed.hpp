// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GRAFANA_TIMED_HPP
#define HOOKSEAL_PROVIDERS_GRAFANA_TIMED_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Grafana Alerting with a timestamp header: `X-Grafana-Alerting-Signature: <hex>`, HMAC-SHA-256 over
/// `{X-Grafana-Alerting-Timestamp}:{body}`.
///
/// Both names are those that Grafana proposes and can be configured there; a contact point without a
/// timestamp header needs `grafana`. There is no id: what is still firing is sent again.
/// Source: grafana/alerting `http/hmac.go` (read 2026-11-21).
struct grafana_timed {
    static constexpr signed_scheme scheme{
        .name = "grafana_timed",
        .signature = header("x-grafana-alerting-signature"),
        .timestamp = header("x-grafana-alerting-timestamp"),
        .signed_content = "{timestamp}:{body}",
        .event_type = json("status"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
