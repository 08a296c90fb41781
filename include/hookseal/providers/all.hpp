// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ALL_HPP
#define HOOKSEAL_PROVIDERS_ALL_HPP

#include <hookseal/providers/aether.hpp>
#include <hookseal/providers/binance_pay.hpp>
#include <hookseal/providers/circle.hpp>
#include <hookseal/providers/discord.hpp>
#include <hookseal/providers/fal.hpp>
#include <hookseal/providers/freshchat.hpp>
#include <hookseal/providers/generic_x_webhook_signature.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/gitlab.hpp>
#include <hookseal/providers/kick.hpp>
#include <hookseal/providers/paddle_classic.hpp>
#include <hookseal/providers/sendgrid_event_webhook.hpp>
#include <hookseal/providers/shopify.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/providers/svix.hpp>
#include <hookseal/providers/telnyx.hpp>
#include <hookseal/providers/travis_ci.hpp>
#include <hookseal/providers/wise.hpp>

namespace hookseal::inline v0_1 {

/// A list of provider types.
template <class... Providers>
struct provider_list {};

/// Every provider in the library: the catalogue looks here, and so do the tests, so that listing is testing.
using all_providers =
    provider_list<providers::aether, providers::binance_pay, providers::circle, providers::discord,
                  providers::fal, providers::freshchat, providers::generic_x_webhook_signature,
                  providers::github, providers::gitlab, providers::kick, providers::paddle_classic,
                  providers::sendgrid_event_webhook, providers::shopify, providers::slack,
                  providers::standard_webhooks, providers::stripe, providers::svix, providers::telnyx,
                  providers::travis_ci, providers::wise>;

} // namespace hookseal::inline v0_1

#endif
