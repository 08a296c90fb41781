// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ALL_HPP
#define HOOKSEAL_PROVIDERS_ALL_HPP

#include <hookseal/providers/aether.hpp>
#include <hookseal/providers/discord.hpp>
#include <hookseal/providers/generic_x_webhook_signature.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/gitlab.hpp>
#include <hookseal/providers/shopify.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/providers/svix.hpp>

namespace hookseal::inline v0_1 {

/// A list of provider types.
template <class... Providers>
struct provider_list {};

/// Every provider in the library: the catalogue looks here, and so do the tests, so that listing is testing.
using all_providers =
    provider_list<providers::aether, providers::discord, providers::generic_x_webhook_signature,
                  providers::github, providers::gitlab, providers::shopify, providers::slack,
                  providers::standard_webhooks, providers::stripe, providers::svix>;

} // namespace hookseal::inline v0_1

#endif
