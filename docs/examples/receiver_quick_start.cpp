// SPDX-License-Identifier: MIT
// Verify, claim, handle, answer.
// [receiver]
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

const hookseal::verifier<hookseal::providers::stripe> stripe{hookseal::secret("whsec_example")};
hookseal::lru_ttl_store seen{100'000};
const hookseal::receiver receiver{stripe, seen};

int on_webhook(const auto& headers, const auto& raw_body, auto&& ship) {
    const hookseal::reply reply = receiver(hookseal::request{headers, raw_body}, ship);
    return reply.status; // 200 handled, 200 handled before, 401 not genuine, 503 ask again
}
// [/receiver]

#include <hookseal/signer.hpp>

#include <string>

int main() {
    const std::string body = R"({"id":"evt_1","type":"invoice.paid"})";
    const hookseal::signer<hookseal::providers::stripe> sender{hookseal::secret("whsec_example")};
    const auto sent = sender.sign({.body = body});
    const hookseal::signed_headers& headers = *sent;
    int shipped = 0;
    const auto ship = [&](const hookseal::verified_event&) { ++shipped; };
    const int first = on_webhook(headers, body, ship);
    const int second = on_webhook(headers, body, ship);
    const int tampered = on_webhook(headers, body + ' ', ship);
    return first == 200 && second == 200 && tampered == 401 && shipped == 1 ? 0 : 1;
}
