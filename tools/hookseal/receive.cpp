// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "delivery_log.hpp"
#include "endpoint.hpp"
#include "rehearsal.hpp"
#include "stores.hpp"
#include "text.hpp"

#include <hookseal/frameworks/httplib.hpp>

#include <httplib.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

namespace hookseal_cli {

namespace {

void answer(httplib::Response& to, int status, std::string_view what, std::string_view why = {}) {
    std::string body = "{\"status\":\"" + std::string(what) + "\"";
    if (!why.empty()) body.append(",\"why\":\"").append(why).append("\"");
    to.status = status;
    to.set_content(body + "}\n", "application/json");
}

/// Whoever sees the file sees all of it.
void write_port_file(const std::string& path, int port) {
    const std::string unfinished = path + "." + std::to_string(getpid());
    std::FILE* const file = std::fopen(unfinished.c_str(), "w");
    const bool written = file != nullptr && std::fprintf(file, "%d\n", port) > 0;
    const bool closed = file != nullptr && std::fclose(file) == 0;
    std::error_code problem;
    if (written && closed) std::filesystem::rename(unfinished, path, problem);
    if (written && closed && !problem) return;
    std::filesystem::remove(unfinished, problem);
    throw failure("the port cannot be written to " + in_quotes(path));
}

/// A file of what was handled, a line an event, which outlives the process's death.
class journal {
public:
    explicit journal(const std::string& path)
        : file_(path.empty() ? -1 : open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
        if (!path.empty() && file_ < 0) throw failure("the journal cannot be opened: " + in_quotes(path));
    }
    journal(const journal&) = delete;
    journal& operator=(const journal&) = delete;
    ~journal() {
        if (file_ >= 0) close(file_);
    }

    void append(const std::string& provider, std::string_view id) const {
        if (file_ < 0) return;
        const std::string line = provider + " " + in_quotes(id) + "\n";
        if (write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            throw failure("the journal cannot be written"); // which becomes the reply
    }

private:
    int file_;
};

/// Several providers behind one HTTP server, with one store.
class web_receiver {
public:
    explicit web_receiver(const receive_options& with)
        : with_(with),
          store_(open_store(with)),
          journal_(with.journal),
          endpoints_(make_endpoints(with.providers, with.accepted, *store_)) {
        // By default httplib lets a second server listen at the same port, and each gets some of the deliveries.
        server_.set_socket_options([](socket_t s) {
            const int yes = 1;
            setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        // What was refused unread must not be taken for the connection's next request.
        server_.set_keep_alive_max_count(1);
        server_.set_payload_max_length(with.max_body);
        server_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
            if (response.body.empty()) answer(response, response.status, "refused");
        });
        server_.set_exception_handler(
            [](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
                answer(response, 500, "failed"); // httplib would tell the sender what was thrown
            });
        for (const auto& each : endpoints_) {
            const std::string path = "/hooks/" + each->provider();
            server_.Post(path, [this, &to = *each](const auto& request, auto& response,
                                                   const httplib::ContentReader& body) {
                serve(to, request, response,
                      [&](account& told) { return read_body(request, response, body, told); });
            });
            // Some providers ask first whether they are welcome.
            const auto without_body = [this, &to = *each](const auto& request, auto& response) {
                serve(to, request, response, [](account&) { return std::optional<std::string>(""); });
            };
            server_.Get(path, without_body); // HEAD too
            server_.Options(path, without_body);
        }
    }

    /// Serves until one of `stop` arrives; they must be blocked in every thread.
    void run(const sigset_t& stop) {
        const int port = bind();
        std::atomic<bool> ended = false;
        std::thread serving([&] {
            server_.listen_after_bind();
            ended = true;
            kill(getpid(), SIGTERM); // wakes who waits for a signal below
        });
        // httplib forgets a `stop` that comes before it is running.
        while (!server_.is_running() && !ended)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));

        std::optional<failure> problem;
        try {
            announce(port);
            int received = 0;
            sigwait(&stop, &received);
            if (ended) throw failure("the server ended by itself");
        } catch (const failure& why) {
            problem = why;
        }
        server_.stop();
        serving.join();
        if (problem) throw *problem;
        log_.print("stopped\n");
    }

private:
    [[nodiscard]] int bind() {
        const int port = with_.port == 0                                ? server_.bind_to_any_port(with_.host)
                         : server_.bind_to_port(with_.host, with_.port) ? with_.port
                                                                        : -1;
        if (port < 0)
            throw failure("cannot listen at " + in_quotes(with_.host) + ", port "
                          + std::to_string(with_.port));
        return port;
    }

    void announce(int port) {
        std::string text = "listening at http://" + with_.host + ":" + std::to_string(port) + "\n";
        for (const auto& each : endpoints_)
            text += "    /hooks/" + each->provider() + " (keys: " + std::to_string(each->keys()) + ")\n";
        log_.print(text);
        if (!with_.port_file.empty()) write_port_file(with_.port_file, port);
    }

    template <class ReadBody>
    void serve(const endpoint& to, const httplib::Request& request, httplib::Response& response,
               const ReadBody& read) {
        account told(to.provider());
        const std::uint64_t arrived = rehearsal_.arrive();
        if (const auto body = read(told)) {
            const auto handle = [&](const hookseal::verified_event& event) {
                told.handler = "failed"; // unless the next line comes back with something else
                const hookseal::verdict said = rehearsal_.play(part_of(request), arrived);
                if (said.completes()) journal_.append(told.provider, event.id());
                if (said.completes()) told.handler = "done";
                return said;
            };
            using access = hookseal::request_access<httplib::Request>;
            respond(response, to.take(access::view(request).with_body(*body), handle, told), told);
        }
        rehearsal_.answer();
        log_.write(told);
    }

    /// Reads the body, or answers why not. httplib by itself would bound forms at 8 KiB and chunked bodies not at all.
    [[nodiscard]] std::optional<std::string> read_body(const httplib::Request& request,
                                                       httplib::Response& response,
                                                       const httplib::ContentReader& reader,
                                                       account& told) const {
        const auto refuse = [&](int status, std::string_view why) {
            told.verdict = why;
            told.status = status;
            answer(response, status, "refused");
            return std::nullopt;
        };
        // httplib takes these apart and keeps no raw body, which is what is signed.
        if (request.is_multipart_form_data()) return refuse(415, "multipart");

        std::string body;
        bool fits = true;
        const bool complete = reader([&](const char* data, std::size_t size) {
            fits = size <= with_.max_body - body.size();
            if (fits) body.append(data, size);
            return fits;
        });
        if (!fits || response.status == 413) return refuse(413, "too_large");
        if (!complete) return refuse(400, "unreadable");
        return body;
    }

    [[nodiscard]] std::string part_of(const httplib::Request& request) const {
        return with_.rehearse ? request.get_header_value("Hookseal-Rehearse") : "";
    }

    void respond(httplib::Response& response, const hookseal::reply& reply, const account& told) const {
        hookseal::send(reply, response);
        // What a provider asked for is all that it gets.
        if (response.body.empty() && told.verdict != "challenge")
            answer(response, reply.status, told.verdict, with_.explain ? told.why : "");
    }

    receive_options with_;
    std::unique_ptr<event_store> store_;
    journal journal_;
    endpoints endpoints_;
    rehearsal rehearsal_;
    delivery_log log_;
    httplib::Server server_;
};

} // namespace

int receive(const receive_options& with) {
    // Blocked before there is a second thread, so that `sigwait` alone gets them.
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);

    web_receiver(with).run(stop);
    return 0;
}

} // namespace hookseal_cli
