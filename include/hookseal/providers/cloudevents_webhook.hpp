// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CLOUDEVENTS_WEBHOOK_HPP
#define HOOKSEAL_PROVIDERS_CLOUDEVENTS_WEBHOOK_HPP

#include <hookseal/schemes/challenge_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// CloudEvents over HTTP: the handshake alone, by which a receiver allows a sender's origin to deliver.
///
/// The option `origin` is the one that is allowed (`eventgrid.azure.net`). Deliveries carry a bearer token at most.
/// Source: CloudEvents "HTTP 1.1 Web Hooks for Event Delivery", section 4 (read 2026-11-21).
struct cloudevents_webhook {
    static constexpr challenge_scheme challenge{
        .method = "OPTIONS",
        .value = header("webhook-request-origin"),
        .agreed = {header("webhook-request-origin"), "origin"},
        .headers = {{"WebHook-Allowed-Origin", "{value}"}, {"WebHook-Allowed-Rate", "*"}, {"Allow", "POST"}},
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
