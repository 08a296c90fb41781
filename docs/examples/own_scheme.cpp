// SPDX-License-Identifier: MIT
// A scheme of one's own, used by a verifier and a signer.
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

// [scheme]
#include <hookseal/schemes/signed_scheme.hpp>

/// Acme: `X-Acme-Signature: v1=<hex>`, HMAC-SHA-512 over `{id}.{timestamp}.{body}`.
struct acme {
    static constexpr hookseal::signed_scheme scheme{
        .name = "acme",
        .digest = hookseal::digest::sha512,
        .signature = hookseal::header("x-acme-signature").after("v1="),
        .timestamp = hookseal::header("x-acme-timestamp"),
        .signed_content = "{event_id}.{timestamp}.{body}",
        .event_id = hookseal::header("x-acme-id"),
        .event_type = hookseal::json("type"),
        .retry_window = hookseal::hours(48),
    };
};
// [/scheme]

int main() {
    // [derived]
    // What it protects follows from the description, and can be asked for.
    constexpr auto protects = acme::scheme.protects();
    static_assert(protects.body == hookseal::body_protection::whole);
    static_assert(protects.timestamp && protects.event_id && !protects.url);
    // [/derived]

    const hookseal::testing::delivery<acme> delivery{R"({"type":"shipment.sent"})", "msg_7"};
    const auto& event = delivery.event();
    return event.id() == "msg_7" && event.type() == "shipment.sent" && event.signed_at() ? 0 : 1;
}
