// SPDX-License-Identifier: MIT
// One delivery, several events: each is handled once.
#include <hookseal/core/event_parts.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/line.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include <string>

using hookseal::providers::line;

// [each]
template <class Verifier, class Receiver, class Handler>
int on_batch(const Verifier& verifier, const Receiver& receiver, const hookseal::request& request,
             Handler&& handle) {
    const auto event = verifier.verify(request);
    if (!event) return http_status(event.error());
    const auto parts = event->parts();
    if (!parts) return http_status(parts.error());
    for (const hookseal::verified_event& part : *parts) {
        const hookseal::reply reply = receiver(part, {}, handle);
        if (reply.status / 100 != 2) return reply.status; // the sender comes again with all of them
    }
    return 200;
}
// [/each]

int main() {
    using delivery = hookseal::testing::delivery<line>;
    const auto verifier = delivery::verifier();
    hookseal::lru_ttl_store seen{1000};
    const hookseal::receiver receiver{verifier, seen};

    std::string handled;
    const auto handle = [&](auto& event) {
        handled += event.id().view();
        return event.id() != "b" || handled.size() > 2; // the second event fails the first time
    };
    const delivery both{R"({"events":[{"webhookEventId":"a"},{"webhookEventId":"b"}]})"};
    const int first = on_batch(verifier, receiver, both.request(), handle);
    const int second = on_batch(verifier, receiver, both.request(), handle);
    return first == 500 && second == 200 && handled == "abb" ? 0 : 1;
}
