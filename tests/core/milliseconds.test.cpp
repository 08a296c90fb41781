// SPDX-License-Identifier: MIT
#include <hookseal/core/milliseconds.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <optional>
#include <type_traits>

using namespace hookseal;

namespace {

// What `<chrono>` and descriptions say is taken and given where nothing is lost, and by itself.
static_assert(milliseconds(std::chrono::hours(1)) == hours(1) && milliseconds(7).count() == 7);
static_assert(milliseconds(250) < std::chrono::seconds(1) && minutes(1) > milliseconds(59'999));
static_assert(std::chrono::milliseconds(milliseconds(250)) == std::chrono::milliseconds(250));
static_assert(std::chrono::microseconds(milliseconds(2)) == std::chrono::microseconds(2000));
static_assert(std::is_convertible_v<std::optional<milliseconds>, std::optional<std::chrono::milliseconds>>);
static_assert(std::is_convertible_v<std::chrono::seconds, std::optional<milliseconds>>);
static_assert(!std::is_convertible_v<std::chrono::microseconds, milliseconds>);
static_assert(!std::is_convertible_v<milliseconds, std::chrono::seconds>);
static_assert(!std::is_convertible_v<milliseconds, duration>);
static_assert(!std::is_convertible_v<std::chrono::duration<double>, milliseconds>);
static_assert(!std::is_convertible_v<int, milliseconds> && !std::is_convertible_v<milliseconds, long>);

TEST_CASE("milliseconds: a begun second counts when whole ones are asked for") {
    CHECK(rounded_up(milliseconds(0)) == seconds(0));
    CHECK(rounded_up(milliseconds(1)) == seconds(1));
    CHECK(rounded_up(milliseconds(1000)) == seconds(1));
    CHECK(rounded_up(milliseconds(1001)) == seconds(2));
}

TEST_CASE("milliseconds: functions that take <chrono> take them") {
    const auto taken = [](std::chrono::milliseconds time) { return time.count(); };
    CHECK(taken(milliseconds(5)) == 5);
    CHECK(taken(hours(1)) == 3'600'000);
}

} // namespace
