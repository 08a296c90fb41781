// SPDX-License-Identifier: MIT
// A receiver behind cpp-httplib: genuine, fresh and new events reach the handler, once each.
// [route]
#include <hookseal/frameworks/httplib.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

void receive_at(httplib::Server& server, const char* path, const auto& receiver, auto handle) {
    const auto serve = [&receiver, handle](const httplib::Request& req, httplib::Response& res) {
        hookseal::send(receiver(req, handle), res);
    };
    server.Post(path, serve);
    server.Get(path, serve); // handshakes, at providers that have them
}
// [/route]

#include <hookseal/signer.hpp>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

int main() {
    setenv("STRIPE_WEBHOOK_SECRET", "whsec_example", 1);
    int shipped = 0;
    const auto ship = [&](const hookseal::verified_event&) { ++shipped; };

    // [server]
    const hookseal::verifier<hookseal::providers::stripe> stripe{
        hookseal::secret::from_env("STRIPE_WEBHOOK_SECRET")};
    hookseal::lru_ttl_store seen{100'000};
    const hookseal::receiver receiver{stripe, seen};

    httplib::Server server;
    server.set_payload_max_length(1024 * 1024); // by itself it takes any length
    receive_at(server, "/hooks/stripe", receiver, ship);
    // [/server]

    const int port = server.bind_to_any_port("127.0.0.1");
    std::thread serving([&] { server.listen_after_bind(); });
    while (!server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));

    const std::string body = R"({"id":"evt_1","type":"invoice.paid"})";
    const hookseal::signer<hookseal::providers::stripe> sender{hookseal::secret("whsec_example")};
    const auto deliver = [&](const std::string& sent) {
        const auto signature = sender.sign({.body = body});
        const httplib::Headers headers(signature->begin(), signature->end());
        const auto answer =
            httplib::Client("127.0.0.1", port).Post("/hooks/stripe", headers, sent, "application/json");
        return answer ? answer->status : 0;
    };
    const bool is_right = deliver(body) == 200 && deliver(body) == 200 && deliver(body + " ") == 401;
    server.stop();
    serving.join();
    return is_right && shipped == 1 ? 0 : 1;
}
