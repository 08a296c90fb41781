// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_COMPARE_AND_SET_TABLE_HPP
#define HOOKSEAL_TESTS_COMPARE_AND_SET_TABLE_HPP

#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/tick.hpp>

#include "idempotency/keys.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hookseal_tests {

using hookseal::later;
using hookseal::tick;

/// A table with a unique key and a guarded update. Rows go when their time has come, as late as the test likes.
struct table {
    struct row {
        std::string text;
        tick expires;
    };
    std::map<std::string, row> rows{};
    std::mutex mutex{};
    tick now = 0;
    int calls = 0;
    int fail_before = 0; ///< the how many-th call from now on fails and does nothing
    int fail_after = 0;  ///< likewise, having done its work

    void begin() {
        ++calls;
        if (fail_before != 0 && --fail_before == 0) throw std::runtime_error("down");
    }
    void end() {
        if (fail_after != 0 && --fail_after == 0) throw std::runtime_error("the reply is lost");
    }
    std::optional<std::string> insert(std::string_view key, std::string_view text,
                                      std::chrono::milliseconds ttl) {
        const std::lock_guard lock(mutex);
        begin();
        const auto [at, inserted] = rows.emplace(key, row{std::string(text), later(now, ttl.count())});
        const auto found = inserted ? std::nullopt : std::optional(at->second.text);
        return end(), found;
    }
    bool replace(std::string_view key, std::string_view expected, std::string_view text,
                 std::chrono::milliseconds ttl) {
        const std::lock_guard lock(mutex);
        begin();
        const auto at = rows.find(std::string(key));
        const bool same = at != rows.end() && at->second.text == expected;
        if (same) at->second = {std::string(text), later(now, ttl.count())};
        return end(), same;
    }
    void sweep() {
        std::erase_if(rows, [&](const auto& r) { return r.second.expires <= now; });
    }
};

inline auto store_over(table& t) {
    using namespace hookseal;
    using ttl_type = std::chrono::milliseconds;
    return callback_store{compare_and_set{
        [&](std::string_view key, std::string_view text, ttl_type ttl) { return t.insert(key, text, ttl); },
        [&](std::string_view key, std::string_view expected, std::string_view text, ttl_type ttl) {
            return t.replace(key, expected, text, ttl);
        },
        test_ticks{&t.now}}};
}

} // namespace hookseal_tests

#endif
