// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <set>
#include <stdexcept>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

TEST_CASE("insert_and_erase: the first is granted, the others are told that it is done; a failure frees it") {
    std::set<std::string> keys;
    std::chrono::seconds kept{};
    callback_store store{insert_and_erase{[&](std::string_view key, std::chrono::seconds keep) {
                                              return kept = keep, keys.emplace(key).second;
                                          },
                                          [&](std::string_view key) { keys.erase(std::string(key)); }}};
    STATIC_REQUIRE(check_store<decltype(store)>());

    const claim_answer first = store.claim({.key = key_of("a"), .keep = 300s});
    REQUIRE(first.status == claim_status::granted);
    REQUIRE(kept == 300s);
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(store.release(first.token, earlier::released).status == settle_status::ok);
    const claim_answer second = store.claim({.key = key_of("a")});
    REQUIRE(second.status == claim_status::granted);
    REQUIRE(store.complete(second.token, {}).status == settle_status::ok);
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
}

TEST_CASE("insert_and_erase: says what it lacks") {
    std::set<std::string> keys;
    callback_store store{
        insert_and_erase{[&](std::string_view key, std::chrono::seconds) { return keys.emplace(key).second; },
                         [&](std::string_view key) { keys.erase(std::string(key)); }}};
    using store_type = decltype(store);
    STATIC_REQUIRE(store_type::promised == promises{.exclusive = true});
    // An owner that died: the event is lost, however short its lease.
    REQUIRE(store.claim({.key = key_of("a"), .lease = 1ms}).status == claim_status::granted);
    REQUIRE(store.claim({.key = key_of("a"), .lease = 1ms}).status == claim_status::done);
}

TEST_CASE("insert_and_erase: a function that fails makes the store unavailable") {
    callback_store store{insert_and_erase{
        [](std::string_view, std::chrono::seconds) -> bool { throw std::runtime_error("down"); },
        [](std::string_view) { throw std::runtime_error("down"); }}};
    const claim_answer answer = store.claim({.key = key_of("a")});
    REQUIRE(answer.status == claim_status::unavailable);
    REQUIRE(answer.maybe_applied);
    claim_token token;
    token.generation = 1;
    REQUIRE(store.release(token, earlier::released).status == settle_status::unavailable);
}
