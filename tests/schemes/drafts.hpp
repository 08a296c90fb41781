// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SCHEMES_DRAFTS_HPP
#define HOOKSEAL_TESTS_SCHEMES_DRAFTS_HPP

#include <hookseal/providers/adyen.hpp>
#include <hookseal/providers/box.hpp>
#include <hookseal/providers/dropbox_sign.hpp>
#include <hookseal/providers/fal.hpp>
#include <hookseal/providers/gitea.hpp>
#include <hookseal/providers/grafana.hpp>
#include <hookseal/providers/hookdeck.hpp>
#include <hookseal/providers/hubspot_v1.hpp>
#include <hookseal/providers/hubspot_v2.hpp>
#include <hookseal/providers/increase.hpp>
#include <hookseal/providers/klaviyo.hpp>
#include <hookseal/providers/knock.hpp>
#include <hookseal/providers/linkedin.hpp>
#include <hookseal/providers/midtrans.hpp>
#include <hookseal/providers/paddle_billing.hpp>
#include <hookseal/providers/paytr.hpp>
#include <hookseal/providers/sanity.hpp>
#include <hookseal/providers/sinch_conversation.hpp>
#include <hookseal/providers/square.hpp>
#include <hookseal/providers/telnyx.hpp>
#include <hookseal/providers/tiktok_shop.hpp>
#include <hookseal/providers/trello.hpp>
#include <hookseal/providers/twitch_eventsub.hpp>
#include <hookseal/providers/workos.hpp>
#include <hookseal/providers/zoom.hpp>
#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

// Providers that ask more of a description than most. Four are described here in another way than in the library: with
// other ids, or without an option. They are drafts for tests, not providers to use.

namespace hookseal_tests::drafts {

using namespace hookseal;

using providers::adyen;
using providers::box;
using providers::dropbox_sign;
using providers::fal;
using providers::gitea;
using providers::grafana;
using providers::hookdeck;
using providers::hubspot_v1;
using providers::hubspot_v2;
using providers::increase;
using providers::klaviyo;
using providers::knock;
using providers::linkedin;
using providers::midtrans;
using providers::paddle_billing;
using providers::paytr;
using providers::sanity;
using providers::sinch_conversation;
using providers::square;
using providers::telnyx;
using providers::tiktok_shop;
using providers::trello;
using providers::twitch_eventsub;
using providers::workos;
using providers::zoom;

/// Optional parts, a time in seconds or milliseconds, an id from the URL that may be signed in lower case.
struct mercado_pago {
    static constexpr signed_scheme verbatim{
        .name = "mercado_pago",
        .signature = header("x-signature").item("v1=", ','),
        .timestamp = header("x-signature").item("ts=", ','),
        .timestamp_form = timestamp_form::unix_seconds_or_milliseconds,
        .signed_content = "[id:{query:data.id};][request-id:{header:x-request-id};]ts:{timestamp};",
        .event_id = query("data.id"),
        .event_type = query("type"),
    };
    static constexpr signed_scheme in_lower_case = [] {
        signed_scheme s = verbatim;
        s.signed_content = "[id:{query:data.id|lower};][request-id:{header:x-request-id};]ts:{timestamp};";
        return s;
    }();
    static constexpr either scheme{verbatim, in_lower_case};
};

/// Everything in the body, as JSON or as a form.
struct mailgun {
    static constexpr either scheme{
        signed_scheme{
            .name = "mailgun",
            .signature = json("signature.signature"),
            .timestamp = json("signature.timestamp"),
            .signed_content = "{timestamp}{json:signature.token}",
            .event_id = json("event-data.id"),
            .event_type = json("event-data.event"),
        },
        signed_scheme{
            .name = "mailgun",
            .signature = form("signature"),
            .timestamp = form("timestamp"),
            .signed_content = "{timestamp}{form:token}",
            .event_id = form("Message-Id"),
            .event_type = form("event"),
        },
    };
};

/// Method and URL as received, the time at the end, in milliseconds.
struct hubspot_v3 {
    static constexpr signed_scheme scheme{
        .name = "hubspot_v3",
        .encoding = encoding::base64,
        .signature = header("x-hubspot-signature-v3"),
        .timestamp = header("x-hubspot-request-timestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{method}{url}{body}{timestamp}",
        .event_id = json("0.eventId"),
        .event_type = json("0.subscriptionType"),
    };
};

/// Method, MD5 of the body, content type and path, a line each. The application's key stands in front of the signature
/// and would have to come from an option.
struct sinch_voice {
    static constexpr signed_scheme scheme{
        .name = "sinch_voice",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("authorization").after("application 669E367E-6BBA-48AB-AF15-266871C28135:"),
        .timestamp = header("x-timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content =
            "{method}\n{body|md5|base64}\n{header:content-type}\nx-timestamp:{timestamp}\n{path}",
        .event_id = {json("callid"), json("event")},
        .event_type = json("event"),
    };
};

} // namespace hookseal_tests::drafts

#endif
