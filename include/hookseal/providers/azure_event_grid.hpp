// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_AZURE_EVENT_GRID_HPP
#define HOOKSEAL_PROVIDERS_AZURE_EVENT_GRID_HPP

#include <hookseal/schemes/challenge_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Azure Event Grid: the handshake alone, of its own schema; with the CloudEvents schema it is `cloudevents_webhook`'s.
///
/// Whoever answers it agrees to any subscription that points here: expect it only while you make one. Events are not
/// signed; they carry a secret of yours in the URL, or a token of Microsoft Entra ID.
/// Source: learn.microsoft.com/azure/event-grid, "Endpoint validation" (read 2026-11-21).
struct azure_event_grid {
    static constexpr challenge_scheme challenge{
        .when = {header("aeg-event-type"), "SubscriptionValidation"},
        .value = json("0.data.validationCode"),
        .json = R"({"validationResponse":"{value}"})",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
