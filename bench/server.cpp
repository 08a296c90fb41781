// SPDX-License-Identifier: MIT
// What verification and the store cost in a real server: requests a second of one receiver under the same load on
// loopback, with a handler that answers at once, with verification, and with verification and a claim of each event.
#include "support/deliveries.hpp"
#include "support/harness.hpp"

#include <hookseal/frameworks/httplib.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace hookseal_bench {

namespace {

using slack = hookseal::providers::slack;

constexpr std::size_t size = 1024;
constexpr int clients = 2;
// More deliveries than the store has room for: one that comes again is new again.
constexpr std::size_t different = 4096;
constexpr std::size_t capacity = 1024;

const hookseal::secret& key() {
    static const hookseal::secret one("8f742231b10e8888abcd99yyyzzz85a5");
    return one;
}

/// A receiver on loopback, and what is delivered to it.
class server {
public:
    server()
        : slack_(key(), {.tolerance = std::chrono::seconds(3600)}),
          seen_(capacity),
          receiver_(slack_, seen_) {
        const hookseal::signer<slack> sender{key()};
        for (std::size_t i = 0; i < different; ++i) {
            std::string body = json_body(size, i);
            const auto headers = sender.sign({.body = body});
            if (!headers) fail(hookseal::message(headers.error()));
            deliveries_.push_back({httplib::Headers(headers->begin(), headers->end()), std::move(body)});
        }
        server_.new_task_queue = [] { return new httplib::ThreadPool(clients); };
        server_.set_keep_alive_max_count(static_cast<std::size_t>(-1));
        server_.set_tcp_nodelay(true);
        server_.Post("/plain", [](const httplib::Request&, httplib::Response& res) { res.status = 200; });
        server_.Post("/verify", [this](const httplib::Request& req, httplib::Response& res) {
            res.status = slack_.verify(req) ? 200 : 401;
        });
        server_.Post("/receive", [this](const httplib::Request& req, httplib::Response& res) {
            const hookseal::reply reply = receiver_(req, [](const hookseal::verified_event&) {});
            res.status = reply.why == hookseal::reply_reason::handled ? 200 : 500;
        });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ~server() {
        server_.stop();
        thread_.join();
    }

    /// The load of one client: deliveries one after the other on one connection, from where the last load of this kind
    /// ended.
    void load(benchmark::State& state, const char* path, std::size_t& next) {
        httplib::Client client("127.0.0.1", port_);
        client.set_keep_alive(true);
        client.set_tcp_nodelay(true);
        std::size_t i = static_cast<std::size_t>(state.thread_index()) * different / clients + next;
        for ([[maybe_unused]] auto _ : state) {
            const auto& [headers, body] = deliveries_[i++ % different];
            const auto answer = client.Post(path, headers, body, "application/json");
            if (!answer || answer->status != 200) fail("a delivery was refused");
        }
        state.SetItemsProcessed(state.iterations());
        if (state.thread_index() == 0) next = i;
    }

private:
    struct prepared {
        httplib::Headers headers;
        std::string body;
    };

    hookseal::verifier<slack> slack_;
    hookseal::lru_ttl_store<> seen_;
    decltype(hookseal::receiver{std::declval<hookseal::verifier<slack>&>(),
                                std::declval<hookseal::lru_ttl_store<>&>()}) receiver_;
    std::vector<prepared> deliveries_;
    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;
};

} // namespace

void add_benchmarks() {
    const auto one = std::make_shared<server>();
    for (const char* path : {"/plain", "/verify", "/receive"})
        add_shared(std::string("server") + path, clients,
                   [one, path, next = std::make_shared<std::size_t>(0)](benchmark::State& state) {
                       one->load(state, path, *next);
                   });
}

} // namespace hookseal_bench
