// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/callback_store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

auto forgetful() {
    return callback_store{[](std::string_view) { return false; }, [](std::string_view) {}};
}

} // namespace

TEST_CASE("callback_store: every claim has a nonce, its own where none was given") {
    auto store = forgetful();
    const auto first = store.claim({.key = key_of("a")}).token;
    const auto second = store.claim({.key = key_of("a")}).token;
    REQUIRE(first.nonce != 0);
    REQUIRE(first.nonce != second.nonce);
    REQUIRE(store.claim({.key = key_of("a"), .nonce = 42}).token.nonce == 42);
}

TEST_CASE("callback_store: what a shape cannot do is a wrong configuration") {
    auto store = forgetful();
    const claim_token token = store.claim({.key = key_of("a")}).token;
    REQUIRE(store.complete(token, {ending::accepted}).fault == store_fault::misconfigured);
    REQUIRE(store.claim({.key = event_key::of(token), .handed_over = &token}).fault
            == store_fault::misconfigured);
    REQUIRE(store.claim({.key = key_of("a"), .lease = 0ms}).fault == store_fault::misconfigured);
    REQUIRE(store.claim({.key = key_of("a"), .keep = -1ms}).fault == store_fault::misconfigured);
}

TEST_CASE("callback_store: a token of nothing settles nothing") {
    bool marked = false;
    callback_store store{[](std::string_view) { return false; }, [&](std::string_view) { marked = true; }};
    REQUIRE(store.complete({}, {}).status == settle_status::gone);
    REQUIRE(store.release({}, earlier::released).status == settle_status::gone);
    REQUIRE_FALSE(marked);
}
