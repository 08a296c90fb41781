// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CUTTING_PROXY_HPP
#define HOOKSEAL_TESTS_CUTTING_PROXY_HPP

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace hookseal_tests {

/// A server on loopback as it is seen over a network that fails when it is told to.
class cutting_proxy {
public:
    enum class moment { before_the_request, before_the_reply, after_the_reply_was_made, never };

    explicit cutting_proxy(std::uint16_t server)
        : server_(server), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in at = loopback(0);
        socklen_t size = sizeof at;
        if (bind(listener_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0
            || listen(listener_, 64) != 0
            || getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) != 0 || pipe(wake_) != 0)
            throw std::runtime_error("no proxy");
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    cutting_proxy(const cutting_proxy&) = delete;
    cutting_proxy& operator=(const cutting_proxy&) = delete;
    ~cutting_proxy() {
        ended_ = true;
        wake();
        thread_.join();
        for (const int each : {listener_, wake_[0], wake_[1]})
            close(each);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// Cuts the next connection over which one of these texts comes from a client: before the server gets it, or as soon
    /// as it has it, or when it has answered; the client sees nothing of the answer. Or never: then the request is lost.
    void cut_at(std::vector<std::string> texts, moment when) {
        const std::lock_guard lock(mutex_);
        texts_ = std::move(texts);
        when_ = when;
    }
    /// Whether nothing was cut since.
    [[nodiscard]] bool is_armed() {
        const std::lock_guard lock(mutex_);
        return !texts_.empty();
    }
    /// While it is down, connections are cut, and new ones as soon as they are made.
    void set_down(bool down) {
        down_ = down;
        wake();
        while (down && connections_ != 0)
            std::this_thread::yield();
    }

private:
    struct pair {
        int client;
        int server;
        bool cut_at_reply = false;
    };

    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        at.sin_port = htons(port);
        return at;
    }

    void wake() { (void)!write(wake_[1], "", 1); }

    void run() {
        while (!ended_) {
            if (down_)
                while (!pairs_.empty())
                    cut(pairs_.size() - 1);
            std::vector<pollfd> ready{{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
            for (const pair& each : pairs_)
                for (const int end : {each.client, each.server})
                    ready.push_back({end, POLLIN, 0});
            poll(ready.data(), ready.size(), -1);
            char byte = 0;
            if (ready[0].revents != 0) (void)!read(wake_[0], &byte, 1);
            for (std::size_t i = pairs_.size(); i-- > 0;) {
                const bool from_client = ready[2 + 2 * i].revents != 0;
                if (from_client && !pass_request(pairs_[i]))
                    cut(i);
                else if (ready[3 + 2 * i].revents != 0 && !pass_reply(pairs_[i]))
                    cut(i);
            }
            if (ready[1].revents != 0) accept_one();
        }
        while (!pairs_.empty())
            cut(pairs_.size() - 1);
    }

    void accept_one() {
        const int client = accept(listener_, nullptr, nullptr);
        const int server = socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in at = loopback(server_);
        if (down_ || connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) {
            close(client);
            close(server);
            return;
        }
        const int yes = 1;
        for (const int end : {client, server})
            setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        pairs_.push_back({client, server});
        ++connections_;
    }
    void cut(std::size_t which) {
        close(pairs_[which].client);
        close(pairs_[which].server);
        pairs_.erase(pairs_.begin() + static_cast<std::ptrdiff_t>(which));
        --connections_;
    }

    [[nodiscard]] bool pass_request(pair& over) {
        std::string bytes = received(over.client);
        if (bytes.empty()) return false;
        const std::lock_guard lock(mutex_);
        for (const std::string& text : texts_) {
            if (bytes.find(text) == std::string::npos) continue;
            texts_.clear();
            if (when_ == moment::before_the_request) return false;
            if (when_ == moment::never) return true;
            over.cut_at_reply = when_ == moment::after_the_reply_was_made;
            return passed(over.server, bytes) && over.cut_at_reply;
        }
        return passed(over.server, bytes);
    }
    [[nodiscard]] static bool pass_reply(const pair& over) {
        const std::string bytes = received(over.server);
        return !bytes.empty() && !over.cut_at_reply && passed(over.client, bytes);
    }

    static std::string received(int from) {
        char bytes[16384];
        const ssize_t size = recv(from, bytes, sizeof bytes, 0);
        return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
    }
    static bool passed(int to, const std::string& bytes) {
        for (std::size_t done = 0; done < bytes.size();) {
            const ssize_t sent = send(to, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
            if (sent <= 0) return false;
            done += static_cast<std::size_t>(sent);
        }
        return true;
    }

    std::uint16_t server_;
    std::uint16_t port_ = 0;
    int listener_;
    int wake_[2]{};
    std::vector<pair> pairs_;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> ended_ = false;
    std::atomic<bool> down_ = false;
    std::mutex mutex_;
    std::vector<std::string> texts_;
    moment when_ = moment::before_the_request;
    std::thread thread_;
};

} // namespace hookseal_tests

#endif
