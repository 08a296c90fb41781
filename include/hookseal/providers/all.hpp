// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_ALL_HPP
#define HOOKSEAL_PROVIDERS_ALL_HPP

#include <hookseal/providers/ably.hpp>
#include <hookseal/providers/adcp.hpp>
#include <hookseal/providers/adyen.hpp>
#include <hookseal/providers/adyen_balance_platform.hpp>
#include <hookseal/providers/aether.hpp>
#include <hookseal/providers/agora.hpp>
#include <hookseal/providers/airtable.hpp>
#include <hookseal/providers/anthropic.hpp>
#include <hookseal/providers/asana.hpp>
#include <hookseal/providers/atlassian_connect.hpp>
#include <hookseal/providers/auth0.hpp>
#include <hookseal/providers/aws_sns.hpp>
#include <hookseal/providers/azure_devops.hpp>
#include <hookseal/providers/azure_event_grid.hpp>
#include <hookseal/providers/bandwidth.hpp>
#include <hookseal/providers/bigcommerce.hpp>
#include <hookseal/providers/binance_pay.hpp>
#include <hookseal/providers/bird.hpp>
#include <hookseal/providers/bitbucket_cloud.hpp>
#include <hookseal/providers/bitbucket_server.hpp>
#include <hookseal/providers/box.hpp>
#include <hookseal/providers/braintree.hpp>
#include <hookseal/providers/btcpay.hpp>
#include <hookseal/providers/buildkite.hpp>
#include <hookseal/providers/buildkite_token.hpp>
#include <hookseal/providers/cal_com.hpp>
#include <hookseal/providers/calendly.hpp>
#include <hookseal/providers/cashfree.hpp>
#include <hookseal/providers/chargebee.hpp>
#include <hookseal/providers/checkout_com.hpp>
#include <hookseal/providers/circle.hpp>
#include <hookseal/providers/circleci.hpp>
#include <hookseal/providers/clerk.hpp>
#include <hookseal/providers/clickup.hpp>
#include <hookseal/providers/cloudevents_webhook.hpp>
#include <hookseal/providers/cloudflare_notifications.hpp>
#include <hookseal/providers/cloudflare_stream.hpp>
#include <hookseal/providers/coinbase_cdp.hpp>
#include <hookseal/providers/coinbase_commerce.hpp>
#include <hookseal/providers/coinify.hpp>
#include <hookseal/providers/contentful.hpp>
#include <hookseal/providers/convoy_advanced.hpp>
#include <hookseal/providers/convoy_simple.hpp>
#include <hookseal/providers/courier.hpp>
#include <hookseal/providers/customerio.hpp>
#include <hookseal/providers/daily.hpp>
#include <hookseal/providers/discord.hpp>
#include <hookseal/providers/docusign.hpp>
#include <hookseal/providers/dodo_payments.hpp>
#include <hookseal/providers/dropbox.hpp>
#include <hookseal/providers/dropbox_sign.hpp>
#include <hookseal/providers/fal.hpp>
#include <hookseal/providers/figma.hpp>
#include <hookseal/providers/flutterwave.hpp>
#include <hookseal/providers/flutterwave_v4.hpp>
#include <hookseal/providers/forgejo.hpp>
#include <hookseal/providers/freshchat.hpp>
#include <hookseal/providers/front.hpp>
#include <hookseal/providers/front_rule.hpp>
#include <hookseal/providers/generic_x_webhook_signature.hpp>
#include <hookseal/providers/gitea.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/github_sha1.hpp>
#include <hookseal/providers/gitlab.hpp>
#include <hookseal/providers/gitlab_signing_token.hpp>
#include <hookseal/providers/gocardless.hpp>
#include <hookseal/providers/gogs.hpp>
#include <hookseal/providers/google_chat.hpp>
#include <hookseal/providers/google_pubsub_push.hpp>
#include <hookseal/providers/grafana.hpp>
#include <hookseal/providers/grafana_timed.hpp>
#include <hookseal/providers/help_scout.hpp>
#include <hookseal/providers/heroku.hpp>
#include <hookseal/providers/hookdeck.hpp>
#include <hookseal/providers/hubspot_v1.hpp>
#include <hookseal/providers/hubspot_v2.hpp>
#include <hookseal/providers/hubspot_v3.hpp>
#include <hookseal/providers/increase.hpp>
#include <hookseal/providers/inngest.hpp>
#include <hookseal/providers/intercom.hpp>
#include <hookseal/providers/jira.hpp>
#include <hookseal/providers/kick.hpp>
#include <hookseal/providers/klarna.hpp>
#include <hookseal/providers/klaviyo.hpp>
#include <hookseal/providers/knock.hpp>
#include <hookseal/providers/launchdarkly.hpp>
#include <hookseal/providers/lemon_squeezy.hpp>
#include <hookseal/providers/line.hpp>
#include <hookseal/providers/linear.hpp>
#include <hookseal/providers/linkedin.hpp>
#include <hookseal/providers/mailgun.hpp>
#include <hookseal/providers/mandrill.hpp>
#include <hookseal/providers/marqeta.hpp>
#include <hookseal/providers/mattermost.hpp>
#include <hookseal/providers/mercado_pago.hpp>
#include <hookseal/providers/messagebird_jwt.hpp>
#include <hookseal/providers/messagebird_legacy.hpp>
#include <hookseal/providers/meta.hpp>
#include <hookseal/providers/microsoft_graph.hpp>
#include <hookseal/providers/midtrans.hpp>
#include <hookseal/providers/modern_treasury.hpp>
#include <hookseal/providers/mollie.hpp>
#include <hookseal/providers/monday.hpp>
#include <hookseal/providers/monnify.hpp>
#include <hookseal/providers/ms_teams_outgoing.hpp>
#include <hookseal/providers/mux.hpp>
#include <hookseal/providers/netlify.hpp>
#include <hookseal/providers/notion.hpp>
#include <hookseal/providers/npm_hooks.hpp>
#include <hookseal/providers/okta.hpp>
#include <hookseal/providers/openai.hpp>
#include <hookseal/providers/paddle_billing.hpp>
#include <hookseal/providers/paddle_classic.hpp>
#include <hookseal/providers/pagerduty.hpp>
#include <hookseal/providers/paypal.hpp>
#include <hookseal/providers/paystack.hpp>
#include <hookseal/providers/paytr.hpp>
#include <hookseal/providers/payu.hpp>
#include <hookseal/providers/pipedrive.hpp>
#include <hookseal/providers/plaid.hpp>
#include <hookseal/providers/plivo_v2.hpp>
#include <hookseal/providers/plivo_v3.hpp>
#include <hookseal/providers/polar.hpp>
#include <hookseal/providers/postmark.hpp>
#include <hookseal/providers/prismic.hpp>
#include <hookseal/providers/pusher.hpp>
#include <hookseal/providers/qstash.hpp>
#include <hookseal/providers/quickbooks.hpp>
#include <hookseal/providers/razorpay.hpp>
#include <hookseal/providers/recurly.hpp>
#include <hookseal/providers/replicate.hpp>
#include <hookseal/providers/resend.hpp>
#include <hookseal/providers/revenuecat.hpp>
#include <hookseal/providers/revenuecat_token.hpp>
#include <hookseal/providers/revolut.hpp>
#include <hookseal/providers/sanity.hpp>
#include <hookseal/providers/segment.hpp>
#include <hookseal/providers/sendgrid_event_webhook.hpp>
#include <hookseal/providers/sentry.hpp>
#include <hookseal/providers/shopify.hpp>
#include <hookseal/providers/sinch_conversation.hpp>
#include <hookseal/providers/sinch_numbers.hpp>
#include <hookseal/providers/sinch_voice.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/square.hpp>
#include <hookseal/providers/square_legacy_sha1.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/providers/supabase_auth_hooks.hpp>
#include <hookseal/providers/svix.hpp>
#include <hookseal/providers/telegram.hpp>
#include <hookseal/providers/telnyx.hpp>
#include <hookseal/providers/tiktok.hpp>
#include <hookseal/providers/tiktok_shop.hpp>
#include <hookseal/providers/travis_ci.hpp>
#include <hookseal/providers/trello.hpp>
#include <hookseal/providers/trigger_dev.hpp>
#include <hookseal/providers/twilio.hpp>
#include <hookseal/providers/twitch_eventsub.hpp>
#include <hookseal/providers/typeform.hpp>
#include <hookseal/providers/ucp.hpp>
#include <hookseal/providers/vercel.hpp>
#include <hookseal/providers/viber.hpp>
#include <hookseal/providers/vonage_jwt.hpp>
#include <hookseal/providers/vonage_sms_signature.hpp>
#include <hookseal/providers/webex.hpp>
#include <hookseal/providers/webflow.hpp>
#include <hookseal/providers/websub.hpp>
#include <hookseal/providers/wise.hpp>
#include <hookseal/providers/woocommerce.hpp>
#include <hookseal/providers/workos.hpp>
#include <hookseal/providers/worldline_gcs.hpp>
#include <hookseal/providers/worldpay_access.hpp>
#include <hookseal/providers/x_twitter.hpp>
#include <hookseal/providers/xendit.hpp>
#include <hookseal/providers/xero.hpp>
#include <hookseal/providers/zendesk.hpp>
#include <hookseal/providers/zoom.hpp>

namespace hookseal::inline v0_1 {

/// A list of provider types.
template <class... Providers>
struct provider_list {};

/// Every provider with a scheme: the catalogue looks here, and so do the tests, so that listing is testing. (The headers
/// above hold a few more, of which the library knows the handshake alone.)
using all_providers = provider_list<
    providers::ably, providers::adcp, providers::adyen, providers::adyen_balance_platform, providers::aether,
    providers::agora, providers::airtable, providers::anthropic, providers::asana,
    providers::atlassian_connect, providers::auth0, providers::aws_sns, providers::azure_devops,
    providers::bandwidth, providers::bigcommerce, providers::binance_pay, providers::bird,
    providers::bitbucket_cloud, providers::bitbucket_server, providers::box, providers::braintree,
    providers::btcpay, providers::buildkite, providers::buildkite_token, providers::cal_com,
    providers::calendly, providers::cashfree, providers::chargebee, providers::checkout_com,
    providers::circle, providers::circleci, providers::clerk, providers::clickup,
    providers::cloudflare_notifications, providers::cloudflare_stream, providers::coinbase_cdp,
    providers::coinbase_commerce, providers::coinify, providers::contentful, providers::convoy_advanced,
    providers::convoy_simple, providers::courier, providers::customerio, providers::daily, providers::discord,
    providers::docusign, providers::dodo_payments, providers::dropbox, providers::dropbox_sign,
    providers::fal, providers::figma, providers::flutterwave, providers::flutterwave_v4, providers::forgejo,
    providers::freshchat, providers::front, providers::front_rule, providers::generic_x_webhook_signature,
    providers::gitea, providers::github, providers::github_sha1, providers::gitlab,
    providers::gitlab_signing_token, providers::gocardless, providers::gogs, providers::google_chat,
    providers::google_pubsub_push, providers::grafana, providers::grafana_timed, providers::help_scout,
    providers::heroku, providers::hookdeck, providers::hubspot_v1, providers::hubspot_v2,
    providers::hubspot_v3, providers::increase, providers::inngest, providers::intercom, providers::jira,
    providers::kick, providers::klarna, providers::klaviyo, providers::knock, providers::launchdarkly,
    providers::lemon_squeezy, providers::line, providers::linear, providers::linkedin, providers::mailgun,
    providers::mandrill, providers::marqeta, providers::mattermost, providers::mercado_pago,
    providers::messagebird_jwt, providers::messagebird_legacy, providers::meta, providers::microsoft_graph,
    providers::midtrans, providers::modern_treasury, providers::mollie, providers::monday, providers::monnify,
    providers::ms_teams_outgoing, providers::mux, providers::netlify, providers::notion, providers::npm_hooks,
    providers::okta, providers::openai, providers::paddle_billing, providers::paddle_classic,
    providers::pagerduty, providers::paypal, providers::paystack, providers::paytr, providers::payu,
    providers::pipedrive, providers::plaid, providers::plivo_v2, providers::plivo_v3, providers::polar,
    providers::postmark, providers::prismic, providers::pusher, providers::qstash, providers::quickbooks,
    providers::razorpay, providers::recurly, providers::replicate, providers::resend, providers::revenuecat,
    providers::revenuecat_token, providers::revolut, providers::sanity, providers::segment,
    providers::sendgrid_event_webhook, providers::sentry, providers::shopify, providers::sinch_conversation,
    providers::sinch_numbers, providers::sinch_voice, providers::slack, providers::square,
    providers::square_legacy_sha1, providers::standard_webhooks, providers::stripe,
    providers::supabase_auth_hooks, providers::svix, providers::telegram, providers::telnyx,
    providers::tiktok, providers::tiktok_shop, providers::travis_ci, providers::trello,
    providers::trigger_dev, providers::twilio, providers::twitch_eventsub, providers::typeform,
    providers::ucp, providers::vercel, providers::viber, providers::vonage_jwt,
    providers::vonage_sms_signature, providers::webex, providers::webflow, providers::websub, providers::wise,
    providers::woocommerce, providers::workos, providers::worldline_gcs, providers::worldpay_access,
    providers::x_twitter, providers::xendit, providers::xero, providers::zendesk, providers::zoom>;

} // namespace hookseal::inline v0_1

#endif
