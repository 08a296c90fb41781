// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

/// A cache as one finds them: keys with a time to live.
struct cache {
    struct value {
        std::string text;
        std::chrono::milliseconds expires;
    };
    std::map<std::string, value> values{};
    std::chrono::milliseconds now{0};
    int fail_at = 0; ///< the how many-th call from now on fails, after it has done its work

    void sweep() {
        std::erase_if(values, [&](const auto& v) { return v.second.expires <= now; });
    }
    void done() {
        if (fail_at != 0 && --fail_at == 0) throw std::runtime_error("the reply is lost");
    }
    bool insert(std::string_view key, std::string_view text, std::chrono::milliseconds ttl) {
        sweep();
        const bool inserted = values.emplace(key, value{std::string(text), now + ttl}).second;
        return done(), inserted;
    }
    std::optional<std::string> find(std::string_view key) {
        sweep();
        done();
        const auto at = values.find(std::string(key));
        return at == values.end() ? std::nullopt : std::optional(at->second.text);
    }
    void put(std::string_view key, std::string_view text, std::chrono::milliseconds ttl) {
        values[std::string(key)] = {std::string(text), now + ttl};
        done();
    }
    void erase(std::string_view key) {
        values.erase(std::string(key));
        done();
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

claim_request by(std::string_view id, std::uint64_t nonce = 0) {
    return {.key = key_of(id), .lease = 10s, .keep = 100s, .nonce = nonce};
}

} // namespace

TEST_CASE("expiring_key: claimed, in flight, done, forgotten") {
    cache c;
    auto store = store_over(c);
    STATIC_REQUIRE(check_store<decltype(store)>());
    const claim_answer first = store.claim(by("a"));
    REQUIRE(first.status == claim_status::granted);
    const claim_answer second = store.claim(by("a"));
    REQUIRE(second.status == claim_status::in_flight);
    REQUIRE(second.remaining == 10s);
    REQUIRE(store.complete(first.token, {ending::ignored, 5}).status == settle_status::ok);
    REQUIRE(store.claim(by("a")).result == outcome{ending::ignored, 5});
    c.now = 99'999ms;
    REQUIRE(store.claim(by("a")).status == claim_status::done);
    c.now = 100s;
    REQUIRE(store.claim(by("a")).status == claim_status::granted);
}

TEST_CASE(
    "expiring_key: an event whose owner died is free when the lease is over, and when it was released") {
    cache c;
    auto store = store_over(c);
    REQUIRE(store.claim(by("a")).status == claim_status::granted);
    c.now = 10s;
    const claim_answer second = store.claim(by("a"));
    REQUIRE(second.status == claim_status::granted);
    REQUIRE(store.release(second.token, earlier::released).status == settle_status::ok);
    REQUIRE(store.release(second.token, earlier::released).status == settle_status::ok);
    REQUIRE(store.claim(by("a")).status == claim_status::granted);
}

TEST_CASE("expiring_key: an owner who was overtaken is told so, as far as can be seen") {
    cache c;
    auto store = store_over(c);
    const claim_answer slow = store.claim(by("a"));
    c.now = 10s;
    REQUIRE(store.complete(slow.token, {}).status == settle_status::gone);
    const claim_answer next = store.claim(by("a"));
    REQUIRE(store.complete(slow.token, {}).status == settle_status::stale);
    REQUIRE(store.release(slow.token, earlier::released).status == settle_status::stale);
    REQUIRE(store.complete(next.token, {}).status == settle_status::ok);
    REQUIRE(store.complete(slow.token, {}).status == settle_status::stale);
    REQUIRE(store.release(next.token, earlier::released).status == settle_status::stale);
    REQUIRE(store.claim(by("a")).status == claim_status::done);
}

TEST_CASE("expiring_key: says what it lacks") {
    using store_type = decltype(store_over(std::declval<cache&>()));
    STATIC_REQUIRE(
        store_type::promised
        == promises{.exclusive = true, .tells_in_flight = true, .recovers = true, .repeatable = true});

    // Between looking and writing somebody takes over: the late owner's completion hides the new owner's claim.
    cache c;
    std::optional<claim_answer> successor;
    auto others = store_over(c);
    using ttl_type = std::chrono::milliseconds;
    callback_store store{expiring_key{
        [&](std::string_view key, std::string_view text, ttl_type ttl) { return c.insert(key, text, ttl); },
        [&](std::string_view key) {
            auto found = c.find(key);
            c.now += 10s;
            successor = others.claim(by("a"));
            return found;
        },
        [&](std::string_view key, std::string_view text, ttl_type ttl) { c.put(key, text, ttl); },
        [&](std::string_view key) { c.erase(key); }}};
    const claim_answer slow = store.claim(by("a"));
    REQUIRE(store.complete(slow.token, {}).status == settle_status::ok);
    REQUIRE(successor->status == claim_status::granted);
    REQUIRE(others.complete(successor->token, {}).status == settle_status::stale);
}

TEST_CASE("expiring_key: calls whose replies were lost are repeated with the same effect") {
    cache c;
    auto store = store_over(c);
    c.fail_at = 1;
    const claim_answer lost = store.claim(by("a", 77));
    REQUIRE(lost.status == claim_status::unavailable);
    REQUIRE(lost.maybe_applied);
    const claim_answer again = store.claim(by("a", 77));
    REQUIRE(again.status == claim_status::granted);
    REQUIRE(again.repeated);
    REQUIRE(store.claim(by("a", 78)).status == claim_status::in_flight);

    c.fail_at = 2;
    REQUIRE(store.complete(again.token, {}).maybe_applied);
    REQUIRE(store.complete(again.token, {}).status == settle_status::ok);
    REQUIRE(store.claim(by("a", 79)).status == claim_status::done);
}

TEST_CASE("expiring_key: a value that is not ours is a wrong configuration, never a grant") {
    cache c;
    auto store = store_over(c);
    c.values[std::string(locator_text(*durable_locator(operators_key("a"))).view())] = {"processed", 1000s};
    REQUIRE(store.claim(by("a")).fault == store_fault::misconfigured);
}
