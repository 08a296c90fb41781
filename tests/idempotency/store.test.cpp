// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/store.hpp>

#include "support/catch.hpp"

#include <chrono>

using namespace hookseal;

namespace {

/// As little as a store can be.
struct minimal {
    static constexpr promises promised{};
    claim_answer claim(const claim_request&) noexcept { return {}; }
    settle_answer complete(const claim_token&, const outcome&) noexcept { return {}; }
    settle_answer release(const claim_token&, earlier) noexcept { return {}; }
};

struct throws : minimal {
    claim_answer claim(const claim_request&) { return {}; }
};
struct promises_nothing {
    claim_answer claim(const claim_request&) noexcept { return {}; }
    settle_answer complete(const claim_token&, const outcome&) noexcept { return {}; }
    settle_answer release(const claim_token&, earlier) noexcept { return {}; }
};
struct promises_at_run_time : minimal {
    inline static promises promised{};
};
struct answers_something_else : minimal {
    bool complete(const claim_token&, const outcome&) noexcept { return true; }
};
struct gives_no_reason : minimal {
    settle_answer release(const claim_token&) noexcept { return {}; }
};

struct refined : minimal {
    settle_answer extend(const claim_token&, std::chrono::milliseconds) noexcept { return {}; }
    settle_answer forget(const unverified_key&) noexcept { return {}; }
    peek_answer peek(const unverified_key&) noexcept { return {}; }
};

} // namespace

TEST_CASE("idempotency_store: three verbs that never throw, and what they guarantee") {
    STATIC_REQUIRE(idempotency_store<minimal>);
    STATIC_REQUIRE_FALSE(idempotency_store<throws>);
    STATIC_REQUIRE_FALSE(idempotency_store<promises_nothing>);
    STATIC_REQUIRE_FALSE(idempotency_store<promises_at_run_time>);
    STATIC_REQUIRE_FALSE(idempotency_store<answers_something_else>);
    STATIC_REQUIRE_FALSE(idempotency_store<gives_no_reason>);
    STATIC_REQUIRE_FALSE(idempotency_store<int>);
}

TEST_CASE("idempotency_store: refinements are concepts of their own") {
    STATIC_REQUIRE_FALSE(extendable<minimal>);
    STATIC_REQUIRE_FALSE(administrable<minimal>);
    STATIC_REQUIRE(idempotency_store<refined>);
    STATIC_REQUIRE(extendable<refined>);
    STATIC_REQUIRE(administrable<refined>);
}

TEST_CASE("promises: silence promises nothing") {
    constexpr promises silent{};
    STATIC_REQUIRE_FALSE((silent.exclusive || silent.tells_in_flight || silent.recovers || silent.fenced
                          || silent.repeatable || silent.counts_attempts || silent.compares_payload
                          || silent.hands_over || silent.durable || silent.shared || silent.effect_inside));
    STATIC_REQUIRE(silent.may_evict);
}
