// SPDX-License-Identifier: MIT
// Idempotency stores made of one's own functions, over whatever keeps one's data: here a map and a set.
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace {

using paid = hookseal::testing::delivery<hookseal::providers::stripe>;
using std::chrono::milliseconds;
using std::chrono::seconds;

// In place of a table with a column for the key.
struct table {
    std::set<std::string, std::less<>> keys{};
    std::mutex mutex{};

    bool contains(std::string_view key) {
        const std::lock_guard lock(mutex);
        return keys.contains(key);
    }
    bool insert(std::string_view key) {
        const std::lock_guard lock(mutex);
        return keys.emplace(key).second;
    }
    void erase(std::string_view key) {
        const std::lock_guard lock(mutex);
        keys.erase(std::string(key));
    }
};

// In place of a table or a cache with keys and values. This one never lets anything expire.
struct values {
    std::map<std::string, std::string, std::less<>> all{};
    std::mutex mutex{};

    std::optional<std::string> insert(std::string_view key, std::string_view value) {
        const std::lock_guard lock(mutex);
        const auto [at, inserted] = all.emplace(key, value);
        return inserted ? std::nullopt : std::optional(at->second);
    }
    bool replace(std::string_view key, std::string_view expected, std::string_view value) {
        const std::lock_guard lock(mutex);
        const auto at = all.find(key);
        if (at == all.end() || at->second != expected) return false;
        at->second = value;
        return true;
    }
};

bool handles_once(const auto& rx, const char* id) {
    const paid delivery{R"({"id":")" + std::string(id) + R"("})"};
    int handled = 0;
    const auto handler = [&](auto&) { return ++handled > 1; }; // fails the first time
    return rx(delivery.request(), handler).status == 500 && rx(delivery.request(), handler).status == 200
           && rx(delivery.request(), handler).why == hookseal::reply_reason::duplicate && handled == 2;
}

} // namespace

int main() {
    const auto stripe = paid::verifier();
    table handled, claimed;
    values cached;

    // [seen_and_mark]
    hookseal::callback_store store{[&](std::string_view key) { return handled.contains(key); },
                                   [&](std::string_view key) { handled.insert(key); }};
    hookseal::receiver rx{stripe, store, hookseal::accepting<hookseal::risk::concurrent_twins>};
    // [/seen_and_mark]

    // [insert_and_erase]
    hookseal::callback_store at_most_once{
        hookseal::insert_and_erase{[&](std::string_view key, seconds) { return claimed.insert(key); },
                                   [&](std::string_view key) { claimed.erase(key); }}};
    hookseal::receiver lossy{stripe, at_most_once, hookseal::accepting<hookseal::risk::loss_after_crash>};
    // [/insert_and_erase]

    // [compare_and_set]
    hookseal::callback_store full{hookseal::compare_and_set{
        [&](std::string_view key, std::string_view value, milliseconds) { return cached.insert(key, value); },
        [&](std::string_view key, std::string_view expected, std::string_view value, milliseconds) {
            return cached.replace(key, expected, value);
        }}};
    hookseal::receiver exact{stripe, full};
    // [/compare_and_set]

    return handles_once(rx, "evt_1") && handles_once(lossy, "evt_2") && handles_once(exact, "evt_3") ? 0 : 1;
}
