// SPDX-License-Identifier: MIT
// Large bodies behind cpp-httplib: verified while they arrive, and never held as a whole.
#include <hookseal/frameworks/httplib.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace {

/// Stands for a file that is put in place once it is known to be genuine.
struct draft {
    std::size_t size = 0;
    bool is_kept = false;

    void append(std::string_view chunk) { size += chunk.size(); }
    void keep() { is_kept = true; }
};

void receive_at(httplib::Server& server, const hookseal::verifier<hookseal::providers::github>& github,
                draft& file) {
    // [chunks]
    server.Post("/hooks/github", [&](const httplib::Request& req, httplib::Response& res,
                                     const httplib::ContentReader& read) {
        auto delivery = github.begin(hookseal::request_access<httplib::Request>::view(req));
        const bool complete = delivery.failed() == hookseal::error::none && !req.is_multipart_form_data()
                              && read([&](const char* data, std::size_t size) {
                                     delivery.update({data, size});
                                     file.append({data, size});
                                     return file.size <= 25 * 1024 * 1024;
                                 });
        const auto event = std::move(delivery).finish();
        if (complete && event) file.keep();
        res.status = !event ? http_status(event.error()) : complete ? 200 : 400;
    });
    // [/chunks]
}

} // namespace

int main() {
    const hookseal::verifier<hookseal::providers::github> github{hookseal::secret("github's secret")};
    draft file;
    httplib::Server server;
    server.set_keep_alive_max_count(1); // what is refused unread must not be taken for the next request
    receive_at(server, github, file);

    const int port = server.bind_to_any_port("127.0.0.1");
    std::thread serving([&] { server.listen_after_bind(); });
    while (!server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));

    const std::string body(1'000'000, 'x');
    const auto signature =
        hookseal::signer<hookseal::providers::github>{hookseal::secret("github's secret")}.sign(
            {.body = body});
    const httplib::Headers headers(signature->begin(), signature->end());
    const auto deliver = [&](const std::string& sent) {
        file = {};
        const auto answer =
            httplib::Client("127.0.0.1", port).Post("/hooks/github", headers, sent, "application/json");
        return answer ? answer->status : 0;
    };
    const bool tampered_is_refused = deliver(body + " ") == 401 && !file.is_kept;
    const bool genuine_is_kept = deliver(body) == 200 && file.is_kept && file.size == body.size();
    server.stop();
    serving.join();
    return tampered_is_refused && genuine_is_kept ? 0 : 1;
}
