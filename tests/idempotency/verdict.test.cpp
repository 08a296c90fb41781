// SPDX-License-Identifier: MIT
#include <hookseal/core/result.hpp>
#include <hookseal/idempotency/verdict.hpp>

#include "support/catch.hpp"

#include <future>
#include <optional>
#include <string>

using namespace hookseal;
using detail::handler_answer;
using detail::verdict_of;

TEST_CASE("verdict: said of nothing it is a failure") {
    STATIC_REQUIRE(verdict{}.what == verdict::kind::failed);
    STATIC_REQUIRE_FALSE(verdict{}.completes());
}

TEST_CASE("verdict: what completes an event and what does not") {
    STATIC_REQUIRE(verdict::handled().completes());
    STATIC_REQUIRE(verdict::ignored().completes());
    STATIC_REQUIRE(verdict::parked().completes());
    STATIC_REQUIRE_FALSE(verdict::failed().completes());
    STATIC_REQUIRE_FALSE(verdict::unknown().completes());
    STATIC_REQUIRE(verdict::handled(7).code == 7);
    STATIC_REQUIRE(verdict::failed(std::chrono::seconds(3)).retry_after == std::chrono::seconds(3));
}

TEST_CASE("verdict: a handler answers with a truth value, anything with has_value(), or a verdict") {
    STATIC_REQUIRE(verdict_of(true) == verdict::handled());
    STATIC_REQUIRE(verdict_of(false) == verdict::failed());
    REQUIRE(verdict_of(std::optional<std::string>("x")) == verdict::handled());
    STATIC_REQUIRE(verdict_of(std::optional<bool>(false)) == verdict::handled()); // there is a value
    STATIC_REQUIRE(verdict_of(std::optional<int>()) == verdict::failed());
    STATIC_REQUIRE(verdict_of(result<int>(error::internal_failure)) == verdict::failed());
    STATIC_REQUIRE(verdict_of(verdict::ignored(3)) == verdict::ignored(3));
}

TEST_CASE("verdict: nothing else is an answer") {
    STATIC_REQUIRE(handler_answer<void>);
    STATIC_REQUIRE(handler_answer<const bool&>);
    STATIC_REQUIRE(handler_answer<result<std::string>>);
    // 0 means success to some and failure to others; a future is not over when it is returned.
    STATIC_REQUIRE_FALSE(handler_answer<int>);
    STATIC_REQUIRE_FALSE(handler_answer<const char*>);
    STATIC_REQUIRE_FALSE(handler_answer<std::future<bool>>);
}
