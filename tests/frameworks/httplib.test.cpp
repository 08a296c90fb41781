// SPDX-License-Identifier: MIT
#include "support/catch.hpp"

#include <hookseal/frameworks/httplib.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/asana.hpp>
#include <hookseal/providers/dropbox.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <httplib.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using hookseal::error;
using hookseal::request_access;
using hookseal::secret;
namespace providers = hookseal::providers;

constexpr std::string_view key = "It's a Secret to Everybody";
constexpr std::string_view standard_key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A body with everything in it that text is likely to lose.
const std::string raw_body{"{\"a\":\0\xff\x80\"\xc3\xa9\"}\r\n\n%41+ \t ", 23};

/// What a handler saw of a request and made of it.
struct outcome {
    error why = error::unverified;
    std::string id{};
    std::string body{};
    std::vector<std::string> values_of_x_twice{};

    [[nodiscard]] static outcome of(const hookseal::result<hookseal::verified_event>& event) {
        if (!event) return {.why = event.error()};
        return {.why = error::none, .id = event->id().str(), .body = std::string(event->body())};
    }
};

/// One TCP connection, these bytes, and what comes back; httplib says nothing to who has `cut_off` its own end.
std::string converse(int port, const std::string& text, bool cut_off = false) {
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(port));
    REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    for (std::size_t sent = 0; sent < text.size();) {
        const ssize_t more = ::send(connection, text.data() + sent, text.size() - sent, 0);
        REQUIRE(more > 0);
        sent += static_cast<std::size_t>(more);
    }
    if (cut_off) ::shutdown(connection, SHUT_WR); // or what is cut off would be waited for
    std::string answer;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::recv(connection, buffer, sizeof buffer, 0)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(got));
    ::close(connection);
    return answer;
}

/// httplib's server at a free port of this machine, and one TCP connection a request, byte for byte as given.
class loopback {
public:
    /// A server whose handlers get the whole request: `handler(const httplib::Request&) -> outcome`.
    template <class Handler>
    explicit loopback(Handler handler) {
        server_.Post(
            "/", [this, handler](const httplib::Request& from, httplib::Response&) { keep(handler(from)); });
        start();
    }

    struct in_chunks {};
    /// A server whose handlers read the body: `handler(const httplib::Request&, const httplib::ContentReader&)`.
    template <class Handler>
    loopback(in_chunks, Handler handler) {
        server_.Post("/", [this, handler](const httplib::Request& from, httplib::Response&,
                                          const httplib::ContentReader& body) { keep(handler(from, body)); });
        start();
    }

    ~loopback() {
        server_.stop();
        serving_.join();
    }
    loopback(const loopback&) = delete;
    loopback& operator=(const loopback&) = delete;

    /// What became of the `POST` with these header lines, each with its line break, and this body.
    [[nodiscard]] outcome post(std::string_view header_lines, std::string_view body) {
        return send(std::string(header_lines) + "Content-Length: " + std::to_string(body.size()) + "\r\n",
                    body);
    }

    /// The same where `coded` is the body in the form in which the header lines say that it comes.
    [[nodiscard]] outcome send(std::string_view header_lines, std::string_view coded) {
        std::string text = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        text.append(header_lines).append("\r\n").append(coded);
        converse(port_, text, true);
        const std::lock_guard lock(mutex_);
        return std::exchange(last_, {});
    }

private:
    void keep(outcome what) {
        const std::lock_guard lock(mutex_);
        last_ = std::move(what);
    }
    void start() {
        port_ = server_.bind_to_any_port("127.0.0.1");
        REQUIRE(port_ > 0);
        serving_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }

    httplib::Server server_;
    int port_ = 0;
    std::thread serving_;
    std::mutex mutex_;
    outcome last_;
};

/// A server that verifies what GitHub would send, as a handler of a user does.
class github_server : public loopback {
public:
    github_server()
        : loopback([](const httplib::Request& from) {
              static const hookseal::verifier<providers::github> github{secret(key)};
              outcome seen = outcome::of(github.verify(from));
              request_access<httplib::Request>::view(from).headers().for_each(
                  "x-twice", [&](std::string_view value) {
                      seen.values_of_x_twice.emplace_back(value);
                      return true;
                  });
              return seen;
          }) {}
};

template <class Provider>
[[nodiscard]] std::string lines(std::string_view with, const hookseal::outgoing_delivery& what) {
    const auto headers = hookseal::signer<Provider>{secret(with)}.sign(what);
    REQUIRE(headers);
    std::string all;
    for (const auto& [name, value] : *headers)
        all.append(name).append(": ").append(value).append("\r\n");
    return all;
}

[[nodiscard]] std::string signature_of(std::string_view body) {
    return hookseal::signer<providers::github>{secret(key)}.sign({.body = body})->back().second;
}

[[nodiscard]] std::string in_http_chunks(std::string_view body, std::size_t of_size) {
    std::string all;
    for (; !body.empty(); body.remove_prefix(std::min(of_size, body.size()))) {
        const std::string_view chunk = body.substr(0, of_size);
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", chunk.size());
        all.append(size).append(chunk).append("\r\n");
    }
    return all.append("0\r\n\r\n");
}

} // namespace

TEST_CASE("httplib: a body arrives byte for byte") {
    github_server server;
    const std::string every_byte = [] {
        std::string all;
        for (int b = 255; b >= 0; --b)
            all.push_back(static_cast<char>(b));
        return all;
    }();
    for (const std::string& body : {raw_body, every_byte, std::string(100'000, '\0'), std::string()}) {
        const outcome seen = server.post(lines<providers::github>(key, {.body = body}), body);
        CHECK(seen.why == error::none);
        CHECK(seen.body == body);
    }
    CHECK(server.post(lines<providers::github>(key, {.body = raw_body}), raw_body + '\0').why
          == error::signature_mismatch);
}

TEST_CASE("httplib: a form is verified as it was sent, not as httplib takes it apart") {
    loopback server([](const httplib::Request& from) {
        static const hookseal::verifier<providers::slack> slack{secret(key)};
        return outcome::of(slack.verify(from));
    });
    const std::string form = "token=a%2Bb+c&text=%F0%9F%98%80&empty=&token=again";
    const outcome seen = server.post("Content-Type: application/x-www-form-urlencoded\r\n"
                                         + lines<providers::slack>(key, {.body = form}),
                                     form);
    CHECK(seen.why == error::none);
    CHECK(seen.body == form);
}

TEST_CASE("httplib: every value of a repeated header is seen, whatever the case of its name") {
    github_server server;
    const outcome seen = server.post("X-Twice: one\r\nx-tWICE: two\r\nX-Twice: one, two\r\n"
                                         + lines<providers::github>(key, {.body = "b"}),
                                     "b");
    CHECK(seen.why == error::none);
    CHECK_THAT(seen.values_of_x_twice,
               Catch::Matchers::UnorderedEquals(std::vector<std::string>{"one", "two", "one, two"}));
}

TEST_CASE("httplib: a repeated signature is refused, even if all are alike or one holds") {
    github_server server;
    const std::string genuine = signature_of("b");
    const std::string other = signature_of("c");
    for (const auto& [first, second] :
         {std::pair(genuine, genuine), std::pair(genuine, other), std::pair(other, genuine)}) {
        const outcome seen =
            server.post("X-Hub-Signature-256: " + first + "\r\nx-hub-signature-256: " + second + "\r\n", "b");
        CHECK(seen.why == error::repeated_header);
    }
    CHECK(server.post("X-Hub-Signature-256: " + genuine + ", " + genuine + "\r\n", "b").why
          == error::malformed_signature);
}

TEST_CASE("httplib: an empty signature header is a missing one") {
    github_server server;
    CHECK(server.post("", "b").why == error::missing_signature);
    CHECK(server.post("X-Hub-Signature-256:\r\n", "b").why == error::missing_signature);
    CHECK(server.post("X-Hub-Signature-256: \t \r\n", "b").why == error::missing_signature);
}

TEST_CASE("httplib: white space around a value is not part of it, white space inside is") {
    github_server server;
    const std::string genuine = signature_of("b");
    CHECK(server.post("X-Hub-Signature-256: \t " + genuine + " \t\r\n", "b").why == error::none);
    CHECK(server.post("X-Hub-Signature-256:" + genuine + "\r\n", "b").why == error::none);
    CHECK(server.post("X-Hub-Signature-256: " + genuine.substr(0, 7) + " " + genuine.substr(7) + "\r\n", "b")
              .why
          == error::malformed_signature);
}

TEST_CASE("httplib: white space out of a percent escape is not taken away") {
    github_server server;
    const std::string genuine = signature_of("b");
    CHECK(server.post("X-Hub-Signature-256: %20" + genuine + "\r\n", "b").why != error::none);
    CHECK(server.post("X-Hub-Signature-256: " + genuine + "%09\r\n", "b").why != error::none);
}

TEST_CASE("httplib: a signed header with a percent escape is taken as sent or refused") {
    loopback server([](const httplib::Request& from) {
        static const hookseal::verifier<providers::standard_webhooks> standard{secret(standard_key)};
        return outcome::of(standard.verify(from));
    });
    const auto signed_with_id = [](std::string_view id) {
        return lines<providers::standard_webhooks>(standard_key, {.body = "b", .event_id = id});
    };
    CHECK(server.post(signed_with_id("msg_1"), "b").id == "msg_1");

    const outcome seen = server.post(signed_with_id("msg%5F1"), "b"); // httplib decodes it, before 0.44
    if (seen.why == error::none)
        CHECK(seen.id == "msg%5F1");
    else
        CHECK(seen.why == error::signature_mismatch);
}

TEST_CASE("httplib: a body in pieces is verified while it arrives") {
    loopback server(loopback::in_chunks{},
                    [](const httplib::Request& from, const httplib::ContentReader& reader) {
                        static const hookseal::verifier<providers::github> github{secret(key)};
                        auto delivery = github.begin(request_access<httplib::Request>::view(from));
                        std::string kept;
                        const bool complete = reader([&](const char* data, std::size_t size) {
                            delivery.update({data, size});
                            kept.append(data, size);
                            return true;
                        });
                        outcome seen = outcome::of(std::move(delivery).finish(kept));
                        return complete ? seen : outcome{};
                    });
    std::string large;
    for (std::size_t i = 0; i < 100'000; ++i)
        large.push_back(static_cast<char>(i * 7 % 251));
    const std::string chunked = "Transfer-Encoding: chunked\r\n";

    for (const std::string& body : {raw_body, large}) {
        const std::string headers = lines<providers::github>(key, {.body = body});
        std::string tampered = body;
        tampered.back() = static_cast<char>(tampered.back() ^ 1);

        CHECK(server.post(headers, body).body == body);
        CHECK(server.post(headers, tampered).why == error::signature_mismatch);
        for (const std::size_t size : {std::size_t{1000}, std::size_t{5}, body.size()}) {
            const outcome seen = server.send(chunked + headers, in_http_chunks(body, size));
            CHECK(seen.why == error::none);
            CHECK(seen.body == body);
            CHECK(server.send(chunked + headers, in_http_chunks(tampered, size)).why
                  == error::signature_mismatch);
        }
    }
    const std::string headers = lines<providers::github>(key, {.body = large});
    const std::string cut_off = in_http_chunks(large, 1000).substr(0, 50'000);
    CHECK(server.send(chunked + headers, cut_off).why != error::none);
}

TEST_CASE("httplib: a head that cannot be accepted is known before the body is read") {
    loopback server(loopback::in_chunks{}, [](const httplib::Request& from, const httplib::ContentReader&) {
        static const hookseal::verifier<providers::github> github{secret(key)};
        return outcome{.why = github.begin(request_access<httplib::Request>::view(from)).failed()};
    });
    CHECK(server.post("", "b").why == error::missing_signature);
    CHECK(server.post("X-Hub-Signature-256: " + signature_of("b") + "\r\n", "b").why == error::none);
}

TEST_CASE("httplib: a multipart body, of which httplib keeps no bytes, is vouched for in nothing") {
    github_server server;
    const std::string body =
        "--x\r\nContent-Disposition: form-data; name=\"amount\"\r\n\r\n1000\r\n--x--\r\n";
    const std::string type = "Content-Type: multipart/form-data; boundary=x\r\n";
    CHECK(server.post(type + lines<providers::github>(key, {.body = body}), body).why
          == error::signature_mismatch);
    CHECK(server.post(type + lines<providers::github>(key, {.body = ""}), body).body.empty());
}

TEST_CASE("httplib: the method is the request's, and the URL is nobody's guess") {
    httplib::Request from;
    from.method = "PUT";
    from.target = "/hook?a=b";
    from.headers.emplace("Host", "public.example");
    from.headers.emplace("X-Forwarded-Host", "public.example");
    from.body = "b";

    const hookseal::request seen = request_access<httplib::Request>::view(from);
    CHECK(seen.method() == "PUT");
    CHECK(seen.url().empty());
    CHECK(seen.body() == "b");
    CHECK(seen.at("https://public.example/hook").url() == "https://public.example/hook");
}

template <class From>
constexpr bool can_be_verified = requires(const hookseal::verifier<providers::github>& github, From&& from) {
    github.verify(std::forward<From>(from));
};

static_assert(hookseal::request_like<httplib::Request>);
static_assert(can_be_verified<const httplib::Request&>);
static_assert(!can_be_verified<httplib::Request>, "an event would view a request that is gone");

namespace {

/// What a receiver of `Provider` answers, through httplib, byte for byte.
template <class Provider>
std::string answer_to(const std::string& request_line, const std::string& header_lines = "") {
    httplib::Server server;
    static const hookseal::verifier<Provider> verifier{secret(key)};
    const auto serve = [](const httplib::Request& from, httplib::Response& to) {
        hookseal::lru_ttl_store seen{10};
        hookseal::send(hookseal::receiver{verifier, seen}(from, [](auto&) {}), to);
    };
    server.Get("/hook", serve);
    server.Post("/hook", serve);
    const int port = server.bind_to_any_port("127.0.0.1");
    REQUIRE(port > 0);
    std::thread serving([&] { server.listen_after_bind(); });
    while (!server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::string got = converse(port, request_line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                         + header_lines + "\r\n");
    server.stop();
    serving.join();
    return got;
}

} // namespace

TEST_CASE("httplib: a challenge in the query is answered as text that no browser sniffs") {
    const std::string got = answer_to<providers::dropbox>("GET /hook?challenge=a%2Bb");
    CHECK_THAT(got, Catch::Matchers::StartsWith("HTTP/1.1 200 "));
    CHECK_THAT(got, Catch::Matchers::Contains("\r\nContent-Type: text/plain\r\n"));
    CHECK_THAT(got, Catch::Matchers::Contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    CHECK_THAT(got, Catch::Matchers::Contains("\r\nContent-Length: 3\r\n"));
    CHECK_THAT(got, Catch::Matchers::EndsWith("\r\n\r\na+b"));
    CHECK_THAT(answer_to<providers::dropbox>("GET /hook?challenge=%3Cb%3E"),
               Catch::Matchers::StartsWith("HTTP/1.1 401 "));
}

TEST_CASE("httplib: a challenge in a header is answered with a header") {
    const std::string got =
        answer_to<providers::asana>("POST /hook", "X-Hook-Secret: abc\r\nContent-Length: 0\r\n");
    CHECK_THAT(got, Catch::Matchers::StartsWith("HTTP/1.1 200 "));
    CHECK_THAT(got, Catch::Matchers::Contains("\r\nX-Hook-Secret: abc\r\n"));
}
