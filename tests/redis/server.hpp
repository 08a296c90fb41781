// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_REDIS_SERVER_HPP
#define HOOKSEAL_TESTS_REDIS_SERVER_HPP

#include "support/skip.hpp"

#include <hiredis/hiredis.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace hookseal_tests {

/// The server that tests/servers/with_servers.py has started, or nothing, and the test is skipped.
inline std::optional<std::string> redis_server() {
    if (const char* const url = std::getenv("HOOKSEAL_REDIS")) return url;
    skip("HOOKSEAL_REDIS names no server");
    return std::nullopt;
}

inline std::uint16_t port_in(const std::string& url) {
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

inline std::string redis_at(std::uint16_t port) { return "redis://127.0.0.1:" + std::to_string(port); }

/// An operator's connection, whose server is empty at first and lets time pass at will.
class redis_operator {
public:
    explicit redis_operator(const std::string& url)
        : context_(redisConnect("127.0.0.1", port_in(url)), &redisFree) {
        if (!context_ || context_->err != 0) throw std::runtime_error("no connection to " + url);
        ask({"FLUSHALL"});
        for (const auto& [name, value] : {std::pair("maxmemory-policy", "noeviction"), {"maxmemory", "0"}})
            ask({"CONFIG", "SET", name, value});
    }

    /// The answer as text; elements of lists one a line.
    std::string ask(const std::vector<std::string>& command) const {
        std::vector<const char*> words;
        std::vector<std::size_t> sizes;
        for (const std::string& word : command) {
            words.push_back(word.data());
            sizes.push_back(word.size());
        }
        const std::unique_ptr<redisReply, decltype(&freeReplyObject)> told(
            static_cast<redisReply*>(redisCommandArgv(context_.get(), static_cast<int>(command.size()),
                                                      words.data(), sizes.data())),
            &freeReplyObject);
        if (!told || told->type == REDIS_REPLY_ERROR)
            throw std::runtime_error(command[0] + ": " + (told ? told->str : context_->errstr));
        return text(*told);
    }

    /// All deadlines come nearer by so much.
    void pass(std::chrono::milliseconds time) const {
        ask({"EVAL",
             "for _, key in ipairs(redis.call('KEYS', '*')) do local left = redis.call('PTTL', key) - "
             "ARGV[1] "
             "if left > 0 then redis.call('PEXPIRE', key, left) else redis.call('DEL', key) end end",
             "0", std::to_string(time.count())});
    }

private:
    static std::string text(const redisReply& of) {
        if (of.type == REDIS_REPLY_INTEGER) return std::to_string(of.integer);
        if (of.type != REDIS_REPLY_ARRAY) return of.str != nullptr ? std::string(of.str, of.len) : "";
        std::string all;
        for (std::size_t i = 0; i < of.elements; ++i)
            all += text(*of.element[i]) + "\n";
        return all;
    }

    std::unique_ptr<redisContext, decltype(&redisFree)> context_;
};

} // namespace hookseal_tests

#endif
