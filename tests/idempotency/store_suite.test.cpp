// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/testing/store_suite.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"
#include "support/suite.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

struct lru_harness {
    std::unique_ptr<tick> now = std::make_unique<tick>(0);
    std::unique_ptr<lru_ttl_store<test_ticks>> under_test =
        std::make_unique<lru_ttl_store<test_ticks>>(1000, test_ticks{now.get()});
    static constexpr bool exact_time = true;

    auto& store() { return *under_test; }
    void pass(std::chrono::milliseconds time) { *now += time.count(); }
};

/// A table that other processes share, and that can be out of reach.
struct shared_table {
    std::map<std::string, std::string, std::less<>> rows{};
    std::mutex mutex{};
    tick now = 0;
    bool is_down = false;
    bool loses_reply = false;

    std::optional<std::string> insert(std::string_view key, std::string_view text) {
        const std::lock_guard lock(mutex);
        if (is_down) throw std::runtime_error("down");
        const auto [at, inserted] = rows.emplace(key, text);
        if (inserted) reply();
        return inserted ? std::nullopt : std::optional(at->second);
    }
    bool replace(std::string_view key, std::string_view expected, std::string_view text) {
        const std::lock_guard lock(mutex);
        if (is_down) throw std::runtime_error("down");
        const auto at = rows.find(key);
        if (at == rows.end() || at->second != expected) return false;
        at->second = text;
        return reply(), true;
    }
    void reply() {
        if (std::exchange(loses_reply, false)) throw std::runtime_error("the reply is lost");
    }
};

auto store_over(shared_table& t) {
    return callback_store{
        compare_and_set{[&](std::string_view key, std::string_view text, std::chrono::milliseconds) {
                            return t.insert(key, text);
                        },
                        [&](std::string_view key, std::string_view expected, std::string_view text,
                            std::chrono::milliseconds) { return t.replace(key, expected, text); },
                        test_ticks{&t.now}}};
}

struct compare_and_set_harness {
    std::unique_ptr<shared_table> table = std::make_unique<shared_table>();
    decltype(store_over(*table)) under_test = store_over(*table);
    decltype(store_over(*table)) second = store_over(*table);
    static constexpr bool exact_time = true;

    auto& store() { return under_test; }
    auto& another() { return second; }
    void pass(std::chrono::milliseconds time) { table->now += time.count(); }
    void lose_next_reply() { table->loses_reply = true; }
    void set_down(bool down) { table->is_down = down; }
};

/// Keys that expire by themselves, on a clock that the test moves.
struct cache {
    struct value {
        std::string text;
        tick expires;
    };
    std::map<std::string, value, std::less<>> values{};
    std::mutex mutex{};
    tick now = 0;

    std::optional<std::string> find(std::string_view key) {
        const std::lock_guard lock(mutex);
        const auto at = values.find(key);
        if (at == values.end() || at->second.expires <= now) return std::nullopt;
        return at->second.text;
    }
    bool insert(std::string_view key, std::string_view text, std::chrono::milliseconds ttl) {
        const std::lock_guard lock(mutex);
        const auto at = values.find(key);
        if (at != values.end() && at->second.expires > now) return false;
        values.insert_or_assign(std::string(key), value{std::string(text), now + ttl.count()});
        return true;
    }
    void put(std::string_view key, std::string_view text, std::chrono::milliseconds ttl) {
        const std::lock_guard lock(mutex);
        values.insert_or_assign(std::string(key), value{std::string(text), now + ttl.count()});
    }
    void erase(std::string_view key) {
        const std::lock_guard lock(mutex);
        values.erase(std::string(key));
    }
};

auto store_over(cache& c) {
    using ttl_type = std::chrono::milliseconds;
    return callback_store{expiring_key{
        [&](std::string_view key, std::string_view text, ttl_type ttl) { return c.insert(key, text, ttl); },
        [&](std::string_view key) { return c.find(key); },
        [&](std::string_view key, std::string_view text, ttl_type ttl) { c.put(key, text, ttl); },
        [&](std::string_view key) { c.erase(key); }}};
}

struct expiring_key_harness {
    std::unique_ptr<cache> over = std::make_unique<cache>();
    decltype(store_over(*over)) under_test = store_over(*over);
    static constexpr bool exact_time = true;

    auto& store() { return under_test; }
    void pass(std::chrono::milliseconds time) { over->now += time.count(); }
};

struct handled_ids {
    std::set<std::string, std::less<>> ids{};
    std::mutex mutex{};
    bool seen(std::string_view id) {
        const std::lock_guard lock(mutex);
        return ids.contains(id);
    }
    void mark(std::string_view id) {
        const std::lock_guard lock(mutex);
        ids.emplace(id);
    }
};

auto store_over(handled_ids& h) {
    return callback_store{[&](std::string_view id) { return h.seen(id); },
                          [&](std::string_view id) { h.mark(id); }};
}

struct seen_and_mark_harness {
    std::unique_ptr<handled_ids> over = std::make_unique<handled_ids>();
    decltype(store_over(*over)) under_test = store_over(*over);

    auto& store() { return under_test; }
    void pass(std::chrono::milliseconds) {}
};

} // namespace

TEST_CASE("store suite: lru_ttl_store is as it should be") {
    require_well(testing::run_store_suite([] { return lru_harness(); }), 1);
}

TEST_CASE("store suite: a compare-and-set store is as it should be") {
    require_well(testing::run_store_suite([] { return compare_and_set_harness(); }), 1);
}

TEST_CASE("store suite: weaker stores are as they promise, and are asked no more") {
    require_well(testing::run_store_suite([] { return expiring_key_harness(); }), 11);
    require_well(testing::run_store_suite([] { return seen_and_mark_harness(); }), 15);
}
