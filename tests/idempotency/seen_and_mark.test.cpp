// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

TEST_CASE("seen_and_mark: an event that was marked is done, and one whose handler failed is not") {
    std::set<std::string> handled;
    callback_store store{[&](std::string_view key) { return handled.contains(std::string(key)); },
                         [&](std::string_view key) { handled.emplace(key); }};
    STATIC_REQUIRE(check_store<decltype(store)>());

    const claim_answer first = store.claim({.key = key_of("a")});
    REQUIRE(first.status == claim_status::granted);
    REQUIRE(store.release(first.token, earlier::released).status == settle_status::ok);
    const claim_answer second = store.claim({.key = key_of("a")});
    REQUIRE(second.status == claim_status::granted);
    REQUIRE(store.complete(second.token, {}).status == settle_status::ok);
    REQUIRE(handled.size() == 1);
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(store.claim({.key = key_of("b")}).status == claim_status::granted);
}

TEST_CASE("seen_and_mark: says what it lacks") {
    callback_store store{[](std::string_view) { return false; }, [](std::string_view) {}};
    using store_type = decltype(store);
    STATIC_REQUIRE(store_type::promised == promises{.recovers = true, .repeatable = true});
    // Twins: nobody arbitrates.
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::granted);
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::granted);
}

TEST_CASE("seen_and_mark: mark may want to know how long") {
    std::chrono::seconds kept{};
    callback_store store{[](std::string_view) { return false; },
                         [&](std::string_view, std::chrono::seconds keep) { kept = keep; }};
    const claim_answer answer = store.claim({.key = key_of("a"), .keep = 90'500ms});
    REQUIRE(store.complete(answer.token, {}).status == settle_status::ok);
    REQUIRE(kept == 91s);
}

TEST_CASE("seen_and_mark: the functions get the same text for the same event, and another for another") {
    std::string asked;
    std::string marked;
    callback_store store{[&](std::string_view key) { return asked = key, false; },
                         [&](std::string_view key) { marked = key; }};
    const claim_answer answer = store.claim({.key = key_of("a")});
    REQUIRE(store.complete(answer.token, {}).status == settle_status::ok);
    REQUIRE(asked == marked);
    REQUIRE(asked == locator_text(*durable_locator(operators_key("a"))).view());
    (void)store.claim({.key = key_of("b")});
    REQUIRE(asked != marked);
}

TEST_CASE("seen_and_mark: a function that fails makes the store unavailable, whichever way it fails") {
    callback_store throws{[](std::string_view) -> bool { throw std::runtime_error("down"); },
                          [](std::string_view) { throw 7; }};
    REQUIRE(throws.claim({.key = key_of("a")}).status == claim_status::unavailable);
    REQUIRE(throws.claim({.key = key_of("a")}).fault == store_fault::down);
    REQUIRE_FALSE(throws.claim({.key = key_of("a")}).maybe_applied); // it only looked

    claim_token token;
    token.generation = 1;
    REQUIRE(throws.complete(token, {}).status == settle_status::unavailable);
    REQUIRE(throws.complete(token, {}).maybe_applied); // it may have been written

    callback_store says{[](std::string_view) { return std::optional<bool>(); },
                        [](std::string_view) { return false; }};
    REQUIRE(says.claim({.key = key_of("a")}).fault == store_fault::down);
    REQUIRE(says.complete(token, {}).status == settle_status::unavailable);
    REQUIRE_FALSE(says.complete(token, {}).maybe_applied); // it says that it was not
}
