// SPDX-License-Identifier: MIT
#include <hookseal/core/freshness.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <type_traits>

using namespace hookseal;
using namespace std::chrono_literals;

namespace {

static_assert(freshness{}.is_of_scheme() && !freshness{}.is_unchecked());
static_assert(freshness::unchecked.is_unchecked() && !freshness::unchecked.is_of_scheme());

// A number could be meant as 'off', and a fraction of a second as nothing at all.
static_assert(!std::is_convertible_v<int, freshness>);
static_assert(!std::is_convertible_v<bool, freshness>);
static_assert(!std::is_convertible_v<std::chrono::milliseconds, freshness>);
static_assert(std::is_convertible_v<std::chrono::minutes, freshness>);
static_assert(std::is_convertible_v<duration, freshness>);

} // namespace

TEST_CASE("freshness: zero and negative tolerances are numbers like others, and switch nothing off") {
    for (const std::chrono::seconds each : {0s, -1s, 1s, 300s}) {
        const freshness f = each;
        CHECK_FALSE(f.is_unchecked());
        CHECK_FALSE(f.is_of_scheme());
        CHECK(f.past() == each);
        CHECK(f.future() == each);
    }
}

TEST_CASE("freshness: past and future may differ") {
    constexpr freshness f = freshness::within(5min, 10s);
    CHECK(f.past() == 300s);
    CHECK(f.future() == 10s);
    CHECK_FALSE(f.is_unchecked());
}
