// SPDX-License-Identifier: MIT
// The first screen of the README: one provider, one verifier, any container of headers.
// [verify]
#include <hookseal/providers/stripe.hpp>
#include <hookseal/verifier.hpp>

using stripe_verifier = hookseal::verifier<hookseal::providers::stripe>;

int on_webhook(const stripe_verifier& stripe, const auto& headers, const auto& raw_body, auto&& handle) {
    auto event = stripe.verify(hookseal::request{headers, raw_body});
    if (!event) return http_status(event.error()); // 401; 503 where a retry may help
    handle(*event);                                // event->type(), event->id(), event->body()
    return 200;
}
// [/verify]

#include <hookseal/testing.hpp>

#include <cstdlib>
#include <map>
#include <string>

int main() {
    setenv("STRIPE_WEBHOOK_SECRET", "whsec_example", 1);
    // [build]
    const stripe_verifier stripe{hookseal::secret::from_env("STRIPE_WEBHOOK_SECRET")};
    // [/build]

    const std::string body = R"({"id":"evt_1","type":"invoice.paid"})";
    const hookseal::signer<hookseal::providers::stripe> sender{hookseal::secret("whsec_example")};
    const auto sent = sender.sign({.body = body});
    std::map<std::string, std::string> headers(sent->begin(), sent->end());

    std::string type;
    const auto handle = [&](const hookseal::verified_event& event) { type = event.type().str(); };
    if (on_webhook(stripe, headers, body, handle) != 200 || type != "invoice.paid") return 1;
    headers["stripe-signature"].back() = headers["stripe-signature"].back() == '0' ? '1' : '0';
    return on_webhook(stripe, headers, body, handle) == 401 ? 0 : 1;
}
