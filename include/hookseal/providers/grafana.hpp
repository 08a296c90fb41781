// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_GRAFANA_HPP
#define HOOKSEAL_PROVIDERS_GRAFANA_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Grafana Alerting with or without a timestamp header: `X-Grafana-Alerting-Signature: <hex>`, HMAC-SHA-256
/// over the body, or over `{X-Grafana-Alerting-Timestamp}:{body}`.
///
/// What was signed with a time passes, later, as a delivery without one whose body begins with that time.
/// Take `grafana_timed` where the contact point has a timestamp header. There is no id: what is still firing
/// is sent again.
/// Source: grafana/alerting `http/hmac.go` (read 2026-11-21).
struct grafana {
    static constexpr signed_scheme untimed{
        .name = "grafana",
        .signature = header("x-grafana-alerting-signature"),
        .signed_content = "{body}",
        .refused = header("x-grafana-alerting-timestamp"),
        .event_type = json("status"),
    };
    static constexpr signed_scheme timed{
        .name = "grafana",
        .signature = header("x-grafana-alerting-signature"),
        .timestamp = header("x-grafana-alerting-timestamp"),
        .signed_content = "{timestamp}:{body}",
        .event_type = json("status"),
    };
    static constexpr either scheme{untimed, timed};
};

} // namespace hookseal::inline v0_1::providers

#endif
