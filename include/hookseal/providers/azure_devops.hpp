// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_AZURE_DEVOPS_HPP
#define HOOKSEAL_PROVIDERS_AZURE_DEVOPS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Azure DevOps service hooks: `Authorization: Basic <base64>`, the user and password of the subscription.
/// The secret is `user:password`.
///
/// Nothing is signed: whoever sees one request can send any other. `notificationId` counts for each
/// subscription on its own, so the id is the event's.
/// Source: learn.microsoft.com/azure/devops/service-hooks, "Webhooks" (read 2026-11-21).
struct azure_devops {
    static constexpr signed_scheme scheme{
        .name = "azure_devops",
        .proof = proof::token,
        .encoding = encoding::base64,
        .signature = header("authorization").after("Basic "),
        .event_id = json("id"),
        .event_type = json("eventType"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
