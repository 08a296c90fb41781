// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_REDIS_CONNECTION_HPP
#define HOOKSEAL_IDEMPOTENCY_REDIS_CONNECTION_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/redis/address.hpp>

#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1::redis {

/// What an error's first word means for who waits for an answer.
[[nodiscard]] constexpr store_fault fault_of(std::string_view error) noexcept {
    const std::string_view word = error.substr(0, error.find(' '));
    if (word == "OOM") return store_fault::full;
    if (word == "BUSY") return store_fault::busy;
    for (const std::string_view passes : {"LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN",
                                          "MISCONF", "NOREPLICAS", "UNBLOCKED"})
        if (word == passes) return store_fault::down;
    return store_fault::misconfigured;
}

/// The answer to a command.
class answer {
public:
    answer() noexcept = default;
    explicit answer(void* from) noexcept : from_(static_cast<redisReply*>(from)) {}

    [[nodiscard]] bool is_nil() const noexcept { return !from_ || from_->type == REDIS_REPLY_NIL; }
    [[nodiscard]] bool is_error() const noexcept { return from_ && from_->type == REDIS_REPLY_ERROR; }
    /// The text of strings and errors; empty for all else.
    [[nodiscard]] std::string_view text() const noexcept {
        return from_ && from_->str != nullptr ? std::string_view(from_->str, from_->len) : std::string_view{};
    }
    [[nodiscard]] std::int64_t number() const noexcept { return from_ ? from_->integer : 0; }

private:
    struct free {
        void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
    };
    std::unique_ptr<redisReply, free> from_;
};

/// A connection to a Redis server. For one thread at a time.
class connection {
public:
    static constexpr bool stays_with_thread = true;

    connection() noexcept = default;

    /// Connects and says who it is; `fault()` tells how that went. Looking up the server's name is not bounded by `timeout`.
    [[nodiscard]] static connection open(const address& to, std::chrono::milliseconds timeout) noexcept {
        connection made;
        const timeval longest{static_cast<time_t>(timeout.count() / 1000),
                              static_cast<suseconds_t>(timeout.count() % 1000 * 1000)};
        made.context_.reset(redisConnectWithTimeout(to.host.c_str(), to.port, longest));
        if (!made.context_ || made.context_->err != 0) {
            made.fail_by_context();
            return made;
        }
        redisSetTimeout(made.context_.get(), longest);
        redisEnableKeepAlive(made.context_.get());
#ifdef SO_NOSIGPIPE
        const int yes = 1;
        setsockopt(made.context_->fd, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
#endif
        if (!to.user.empty())
            made.ask({"AUTH", to.user, to.password});
        else if (!to.password.empty())
            made.ask({"AUTH", to.password});
        if (to.database != 0) {
            std::array<char, 12> digits{};
            const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), to.database).ptr;
            made.ask({"SELECT", {digits.data(), static_cast<std::size_t>(end - digits.data())}});
        }
        return made;
    }

    /// The first failure since `begin_anew`.
    [[nodiscard]] std::optional<store_fault> fault() const noexcept { return fault_; }
    [[nodiscard]] bool well() const noexcept { return !fault_; }
    /// In the server's words, or in hiredis'.
    [[nodiscard]] std::string_view text() const noexcept { return text_.data(); }

    /// Whether to keep it for the next who needs one.
    [[nodiscard]] bool usable() const noexcept {
        return ready_ && !broken_ && pending_ == 0 && fault_ != store_fault::down;
    }
    /// Whether it cannot be used any more, so that nobody knows what became of the commands without an answer.
    [[nodiscard]] bool is_broken() const noexcept { return broken_; }
    /// Whether the server has closed it meanwhile: it says nothing unasked.
    [[nodiscard]] bool is_stale() const noexcept {
        pollfd socket{context_ ? context_->fd : -1, POLLIN, 0};
        return poll(&socket, 1, 0) != 0;
    }

    /// Said of a connection that has what it takes; its failures from then on may pass.
    void is_ready() noexcept { ready_ = well(); }
    [[nodiscard]] bool was_ready() const noexcept { return ready_; }
    void begin_anew() noexcept {
        if (ready_) fault_.reset();
    }
    void fail(store_fault why, std::string_view text) noexcept {
        if (fault_) return;
        fault_ = why;
        text_.fill('\0');
        std::copy_n(text.begin(), std::min(text.size(), text_.size() - 1), text_.begin());
    }

    using words = std::initializer_list<std::string_view>;

    /// Executes one command. Errors are failures, unless their first word is `expected`.
    answer ask(words command, std::string_view expected = {}) noexcept {
        send(command);
        return receive(expected);
    }
    /// Gives a command away without waiting for its answer. `receive` gives the answers, in the same order.
    void send(words command) noexcept {
        if (!well()) return;
        put('*', command.size());
        for (const std::string_view word : command) {
            put('$', word.size());
            put(word);
            put("\r\n");
        }
        ++pending_;
    }
    answer receive(std::string_view expected = {}) noexcept {
        write();
        if (broken_ || pending_ == 0) return {};
        --pending_;
        void* got = nullptr;
        errno = 0;
        if (redisGetReply(context_.get(), &got) != REDIS_OK) {
            fail_by_context();
            return {};
        }
        answer told(got);
        const bool is_expected = !expected.empty() && told.text().substr(0, expected.size()) == expected;
        if (told.is_error() && !is_expected) fail(fault_of(told.text()), told.text());
        return told;
    }

private:
    void put(char kind, std::size_t number) noexcept {
        std::array<char, 24> text{kind};
        char* end = std::to_chars(text.data() + 1, text.data() + text.size() - 2, number).ptr;
        *end++ = '\r';
        *end++ = '\n';
        put({text.data(), static_cast<std::size_t>(end - text.data())});
    }
    void put(std::string_view bytes) noexcept {
        while (!bytes.empty()) {
            if (unsent_ == out_.size()) write();
            const std::size_t size = std::min(bytes.size(), out_.size() - unsent_);
            std::copy_n(bytes.begin(), size, out_.begin() + static_cast<std::ptrdiff_t>(unsent_));
            unsent_ += size;
            bytes.remove_prefix(size);
        }
    }
    /// Commands given away together go together. hiredis' own writing would end the program with a signal if the server has
    /// gone.
    void write() noexcept {
#ifdef MSG_NOSIGNAL
        constexpr int without_signal = MSG_NOSIGNAL;
#else
        constexpr int without_signal = 0;
#endif
        std::string_view bytes(out_.data(), std::exchange(unsent_, 0));
        while (!broken_ && !bytes.empty()) {
            const ssize_t sent = ::send(context_->fd, bytes.data(), bytes.size(), without_signal);
            if (sent > 0)
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            else if (errno == EAGAIN || errno == EWOULDBLOCK)
                broken(store_fault::timeout, "the server does not take what is sent");
            else if (errno != EINTR)
                broken(store_fault::down, "the connection is closed");
        }
    }
    void fail_by_context() noexcept {
        if (!context_) return broken(store_fault::down, "out of memory");
        bool in_vain = errno == EAGAIN || errno == EWOULDBLOCK || errno == ETIMEDOUT;
#ifdef REDIS_ERR_TIMEOUT
        in_vain = in_vain || context_->err == REDIS_ERR_TIMEOUT;
#endif
        if (in_vain && context_->err != REDIS_ERR_EOF)
            broken(store_fault::timeout, "the server does not answer in time");
        else
            broken(store_fault::down, context_->errstr);
    }
    void broken(store_fault why, std::string_view text) noexcept {
        broken_ = true;
        fail(why, text);
    }

    struct free {
        void operator()(redisContext* context) const noexcept { redisFree(context); }
    };
    std::unique_ptr<redisContext, free> context_;
    std::optional<store_fault> fault_{};
    std::array<char, 160> text_{};
    std::array<char, 512> out_{};
    std::size_t unsent_ = 0;
    std::size_t pending_ = 0; ///< answers that were not received yet
    bool broken_ = false;
    bool ready_ = false;
};

} // namespace hookseal::inline v0_1::redis

#endif
