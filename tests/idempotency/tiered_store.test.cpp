// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/idempotency/tiered_store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <memory>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

using memory_store = lru_ttl_store<test_ticks>;

/// A store that counts who asks it; durable enough for this.
class counted_store : memory_store {
public:
    using memory_store::complete;
    using memory_store::extend;
    using memory_store::memory_store;
    using memory_store::promised;
    using memory_store::release;
    int claims = 0;

    claim_answer claim(const claim_request& request) noexcept {
        ++claims;
        claim_request placed = request;
        placed.key = event_key::of(claim_token{.where = *durable_locator(request.key)});
        return memory_store::claim(placed);
    }
    settle_answer forget(const unverified_key& key) noexcept {
        drop(*durable_locator(key));
        return settle_answer::of(settle_status::ok);
    }
    peek_answer peek(const unverified_key&) noexcept { return {}; }
};

struct tiers {
    std::unique_ptr<tick> now = std::make_unique<tick>(0);
    std::unique_ptr<memory_store> memory = std::make_unique<memory_store>(100, test_ticks{now.get()});
    std::unique_ptr<counted_store> durable = std::make_unique<counted_store>(1000, test_ticks{now.get()});
    tiered_store<memory_store, counted_store> seen{*memory, *durable};
};

} // namespace

TEST_CASE("tiered_store: promises what the durable store does") {
    STATIC_REQUIRE(check_store<tiered_store<memory_store, counted_store>>());
    STATIC_REQUIRE(extendable<tiered_store<memory_store, counted_store>>);
    STATIC_REQUIRE(administrable<tiered_store<memory_store, counted_store>>);
    STATIC_REQUIRE(tiered_store<memory_store, counted_store>::promised == counted_store::promised);
}

TEST_CASE("tiered_store: memory answers duplicates of what was completed here, and nothing else") {
    tiers with;
    const claim_answer mine = with.seen.claim({.key = key_of("a"), .keep = 1h});
    REQUIRE(with.durable->claims == 1);
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::in_flight);
    REQUIRE(with.durable->claims == 2);
    REQUIRE(with.seen.complete(mine.token, {ending::handled, 3}).status == settle_status::ok);
    for (int i = 0; i < 10; ++i)
        REQUIRE(with.seen.claim({.key = key_of("a")}).result == outcome{ending::handled, 3});
    REQUIRE(with.durable->claims == 2);
    *with.now += 10 * 60 * 1000;
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(with.durable->claims == 3);
}

TEST_CASE("tiered_store: what another process completed is asked of the durable store each time") {
    tiers with;
    const claim_answer theirs = with.durable->claim({.key = key_of("a")});
    (void)with.durable->complete(theirs.token, {});
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(with.durable->claims == 3);
}

TEST_CASE("tiered_store: memory does not remember longer than the durable store") {
    tiers with;
    const claim_answer mine = with.seen.claim({.key = key_of("a"), .keep = 5s});
    (void)with.seen.complete(mine.token, {});
    *with.now += 4'999;
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::done);
    *with.now += 1;
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::granted);
}

TEST_CASE("tiered_store: what is accepted, stale or not stored stays out of memory") {
    tiers with;
    const claim_answer mine = with.seen.claim({.key = key_of("a"), .lease = 1s});
    *with.now += 1000;
    const claim_answer next = with.seen.claim({.key = key_of("a"), .lease = 1s});
    REQUIRE(with.seen.complete(mine.token, {}).status == settle_status::stale);
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::in_flight);
    REQUIRE(with.seen.complete(next.token, {ending::accepted}).status == settle_status::ok);
    const int before = with.durable->claims;
    REQUIRE(with.seen.claim({.key = key_of("a")}).result.how == ending::accepted);
    REQUIRE(with.durable->claims == before + 1);
}

TEST_CASE("tiered_store: an operator's word reaches memory") {
    tiers with;
    const claim_answer mine = with.seen.claim({.key = key_of("a")});
    (void)with.seen.complete(mine.token, {});
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::done);
    (void)with.seen.forget(operators_key("a"));
    REQUIRE(with.seen.claim({.key = key_of("a")}).status == claim_status::granted);
}
