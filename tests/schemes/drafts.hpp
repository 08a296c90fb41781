// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SCHEMES_DRAFTS_HPP
#define HOOKSEAL_TESTS_SCHEMES_DRAFTS_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

// Providers that ask more of a description than most, written as data: each holds something that no provider in the
// library has yet. They are drafts for tests, not providers to use.

namespace hookseal_tests::drafts {

using namespace hookseal;

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

/// Eight JSON fields, some of which may be absent, and a key in upper-case hex. One item: nothing here can say 'and no
/// second one'.
struct adyen {
    static constexpr signed_scheme bare{
        .name = "adyen",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::hex_any_case},
        .signature = json("additionalData.hmacSignature"),
        .signed_content = "{json:pspReference}:{json:originalReference?}:{json:merchantAccountCode?}:"
                          "{json:merchantReference?}:{json:amount.value?}:{json:amount.currency?}:"
                          "{json:eventCode}:{json:success}",
        .event_id = {json("eventCode"), json("pspReference")},
        .event_type = json("eventCode"),
    };
    static constexpr signed_scheme wrapped{
        .name = "adyen",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::hex_any_case},
        .signature = json("notificationItems.0.NotificationRequestItem.additionalData.hmacSignature"),
        .signed_content = "{json:notificationItems.0.NotificationRequestItem.pspReference}:"
                          "{json:notificationItems.0.NotificationRequestItem.originalReference?}:"
                          "{json:notificationItems.0.NotificationRequestItem.merchantAccountCode?}:"
                          "{json:notificationItems.0.NotificationRequestItem.merchantReference?}:"
                          "{json:notificationItems.0.NotificationRequestItem.amount.value?}:"
                          "{json:notificationItems.0.NotificationRequestItem.amount.currency?}:"
                          "{json:notificationItems.0.NotificationRequestItem.eventCode}:"
                          "{json:notificationItems.0.NotificationRequestItem.success}",
        .event_id = {json("notificationItems.0.NotificationRequestItem.eventCode"),
                     json("notificationItems.0.NotificationRequestItem.pspReference")},
        .event_type = json("notificationItems.0.NotificationRequestItem.eventCode"),
    };
    static constexpr either scheme{wrapped, bare};
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

/// A plain hash over secret and body.
struct hubspot_v1 {
    static constexpr signed_scheme scheme{
        .name = "hubspot_v1",
        .proof = proof::keyed_hash,
        .signature = header("x-hubspot-signature"),
        .signed_content = "{key}{body}",
    };
};

struct hubspot_v2 {
    static constexpr signed_scheme scheme{
        .name = "hubspot_v2",
        .proof = proof::keyed_hash,
        .signature = header("x-hubspot-signature"),
        .signed_content = "{key}{method}{url}{body}",
    };
};

/// The body first, then the registered URL; SHA-1.
struct trello {
    static constexpr signed_scheme scheme{
        .name = "trello",
        .digest = digest::sha1,
        .encoding = encoding::base64,
        .signature = header("x-trello-webhook"),
        .signed_content = "{body}{url}",
        .event_id = json("action.id"),
        .event_type = json("action.type"),
    };
};

struct square {
    static constexpr signed_scheme scheme{
        .name = "square",
        .encoding = encoding::base64,
        .signature = header("x-square-hmacsha256-signature"),
        .signed_content = "{url}{body}",
        .event_id = json("event_id"),
        .event_type = json("type"),
    };
};

struct zoom {
    static constexpr signed_scheme scheme{
        .name = "zoom",
        .signature = header("x-zm-signature").after("v0="),
        .timestamp = header("x-zm-request-timestamp"),
        .signed_content = "v0:{timestamp}:{body}",
        .event_type = json("event"),
    };
};

/// Semicolons in the header, a colon in the content, five seconds.
struct paddle_billing {
    static constexpr signed_scheme scheme{
        .name = "paddle_billing",
        .signature = header("paddle-signature").item("h1=", ';'),
        .timestamp = header("paddle-signature").item("ts=", ';'),
        .signed_content = "{timestamp}:{body}",
        .event_id = json("event_id"),
        .event_type = json("event_type"),
        .tolerance = seconds(5),
    };
};

/// A plain SHA-512 over JSON fields and the key.
struct midtrans {
    static constexpr signed_scheme scheme{
        .name = "midtrans",
        .proof = proof::keyed_hash,
        .digest = digest::sha512,
        .signature = json("signature_key"),
        .signed_content = "{json:order_id}{json:status_code}{json:gross_amount}{key}",
        .event_id = {json("transaction_id"), json("transaction_status"), json("status_code")},
        .event_type = json("transaction_status"),
    };
};

/// Two headers and the body without a separator, RFC 3339.
struct twitch_eventsub {
    static constexpr signed_scheme scheme{
        .name = "twitch_eventsub",
        .signature = header("twitch-eventsub-message-signature").after("sha256="),
        .timestamp = header("twitch-eventsub-message-timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "{event_id}{timestamp}{body}",
        .event_id = header("twitch-eventsub-message-id"),
        .event_type = header("twitch-eventsub-subscription-type"),
        .tolerance = minutes(10),
    };
};

/// A space behind the comma, milliseconds.
struct workos {
    static constexpr signed_scheme scheme{
        .name = "workos",
        .signature = header("workos-signature").item("v1=", ',').with_spaces(),
        .timestamp = header("workos-signature").item("t=", ',').with_spaces(),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_id = json("id"),
        .event_type = json("event"),
        .tolerance = seconds(180),
    };
};

/// base64url.
struct sanity {
    static constexpr signed_scheme scheme{
        .name = "sanity",
        .encoding = encoding::base64url,
        .signature = header("sanity-webhook-signature").item("v1=", ',').with_spaces(),
        .timestamp = header("sanity-webhook-signature").item("t=", ',').with_spaces(),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_id = header("idempotency-key"),
    };
};

/// base64 behind the list's `s=`, which may end with `=` itself.
struct knock {
    static constexpr signed_scheme scheme{
        .name = "knock",
        .encoding = encoding::base64,
        .signature = header("x-knock-signature").item("s=", ','),
        .timestamp = header("x-knock-signature").item("t=", ','),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content = "{timestamp}.{body}",
        .event_type = json("type"),
    };
};

/// The body's digest in the content; Ed25519.
struct fal {
    static constexpr signed_scheme scheme{
        .name = "fal",
        .proof = proof::ed25519,
        .signature = header("x-fal-webhook-signature"),
        .timestamp = header("x-fal-webhook-timestamp"),
        .signed_content = "{event_id}\n{header:x-fal-webhook-user-id}\n{timestamp}\n{body|sha256}",
        .event_id = header("x-fal-webhook-request-id"),
        .event_type = json("status"),
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

struct sinch_conversation {
    static constexpr signed_scheme scheme{
        .name = "sinch_conversation",
        .encoding = encoding::base64,
        .signature = header("x-sinch-webhook-signature"),
        .timestamp = header("x-sinch-webhook-signature-timestamp"),
        .signed_content = "{body}.{header:x-sinch-webhook-signature-nonce}.{timestamp}",
    };
};

/// An HTTP date behind the body.
struct klaviyo {
    static constexpr signed_scheme scheme{
        .name = "klaviyo",
        .signature = header("klaviyo-signature"),
        .timestamp = header("klaviyo-timestamp"),
        .timestamp_form = timestamp_form::http_date,
        .signed_content = "{body}{timestamp}",
    };
};

/// An option in the content.
struct tiktok_shop {
    static constexpr signed_scheme scheme{
        .name = "tiktok_shop",
        .signature = header("authorization"),
        .signed_content = "{option:app_key}{body}",
        .event_id = json("tts_notification_id"),
        .event_type = json("type"),
    };
};

/// Form fields and an option; the signature is percent-encoded where it stands.
struct paytr {
    static constexpr signed_scheme scheme{
        .name = "paytr",
        .encoding = encoding::base64,
        .signature = form("hash"),
        .signed_content = "{form:merchant_oid}{option:merchant_salt}{form:status}{form:total_amount}",
        .event_id = form("merchant_oid"),
        .event_type = form("status"),
    };
};

/// Two headers, either of which may hold, each with its own key.
struct box {
    static constexpr signed_scheme primary{
        .name = "box",
        .encoding = encoding::base64,
        .signature = header("box-signature-primary"),
        .timestamp = header("box-delivery-timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "{body}{timestamp}",
        .event_id = json("id"),
        .event_type = json("trigger"),
        .tolerance = minutes(10),
    };
    static constexpr signed_scheme secondary = [] {
        signed_scheme s = primary;
        s.signature = header("box-signature-secondary");
        return s;
    }();
    static constexpr either scheme{primary, secondary};
};

struct hookdeck {
    static constexpr signed_scheme first{
        .name = "hookdeck",
        .encoding = encoding::base64,
        .signature = header("x-hookdeck-signature"),
        .signed_content = "{body}",
        .event_id = header("x-hookdeck-eventid"),
    };
    static constexpr signed_scheme second = [] {
        signed_scheme s = first;
        s.signature = header("x-hookdeck-signature-2");
        return s;
    }();
    static constexpr either scheme{first, second};
};

/// An old and a new form of one provider, told apart by their headers, under one text as the key.
struct increase {
    static constexpr either scheme{
        signed_scheme{
            .name = "increase",
            .encoding = encoding::base64,
            .signature = header("webhook-signature").item("v1,", ' '),
            .timestamp = header("webhook-timestamp"),
            .signed_content = "{event_id}.{timestamp}.{body}",
            .event_id = header("webhook-id"),
            .event_type = json("category"),
        },
        signed_scheme{
            .name = "increase",
            .signature = header("increase-webhook-signature").item("v1=", ','),
            .timestamp = header("increase-webhook-signature").item("t=", ','),
            .timestamp_form = timestamp_form::rfc3339,
            .signed_content = "{timestamp}.{body}",
            .event_id = json("id"),
            .event_type = json("category"),
        },
    };
};

/// The secret is configured with or without a header for the time.
struct grafana {
    static constexpr either scheme{
        signed_scheme{
            .name = "grafana",
            .signature = header("x-grafana-alerting-signature"),
            .timestamp = header("x-grafana-alerting-timestamp"),
            .signed_content = "{timestamp}:{body}",
        },
        signed_scheme{
            .name = "grafana",
            .signature = header("x-grafana-alerting-signature"),
            .signed_content = "{body}",
        },
    };
};

/// A literal before the body that is not sent.
struct linkedin {
    static constexpr signed_scheme scheme{
        .name = "linkedin",
        .signature = header("x-li-signature"),
        .signed_content = "hmacsha256={body}",
    };
};

struct telnyx {
    static constexpr signed_scheme scheme{
        .name = "telnyx",
        .proof = proof::ed25519,
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("telnyx-signature-ed25519"),
        .timestamp = header("telnyx-timestamp"),
        .signed_content = "{timestamp}|{body}",
        .event_id = json("data.id"),
        .event_type = json("data.event_type"),
    };
};

/// Only time and type are signed, both in the body.
struct dropbox_sign {
    static constexpr signed_scheme scheme{
        .name = "dropbox_sign",
        .signature = json("event.event_hash"),
        .timestamp = json("event.event_time"),
        .signed_content = "{timestamp}{json:event.event_type}",
        .event_type = json("event.event_type"),
    };
};

/// A form's field is what was signed, decoded; else the body.
struct gitea {
    static constexpr either scheme{
        signed_scheme{
            .name = "gitea",
            .signature = header("x-gitea-signature"),
            .signed_content = "{body}",
            .event_id = header("x-gitea-delivery"),
            .event_type = header("x-gitea-event"),
        },
        signed_scheme{
            .name = "gitea",
            .signature = header("x-gitea-signature"),
            .signed_content = "{form:payload}",
            .event_id = header("x-gitea-delivery"),
            .event_type = header("x-gitea-event"),
        },
    };
};

template <class... Providers>
struct list {};

using all = list<mercado_pago, mailgun, adyen, hubspot_v3, hubspot_v1, hubspot_v2, trello, square, zoom,
                 paddle_billing, midtrans, twitch_eventsub, workos, sanity, knock, fal, sinch_voice,
                 sinch_conversation, klaviyo, tiktok_shop, paytr, box, hookdeck, increase, grafana, linkedin,
                 telnyx, dropbox_sign, gitea>;

} // namespace hookseal_tests::drafts

#endif
