// SPDX-License-Identifier: MIT
#include <hookseal/core/clock.hpp>

#include "support/catch.hpp"

#include <ctime>

using namespace hookseal;

namespace {

struct may_throw {
    std::optional<std::chrono::sys_seconds> now() const;
};
struct not_const {
    std::optional<std::chrono::sys_seconds> now() noexcept;
};
struct plain_number {
    long now() const noexcept;
};
struct never_fails {
    std::chrono::sys_seconds now() const noexcept;
};

static_assert(clock_source<system_clock>);
static_assert(clock_source<never_fails>);
static_assert(!clock_source<may_throw>);
static_assert(!clock_source<not_const>);
static_assert(!clock_source<plain_number>);
static_assert(!clock_source<std::chrono::system_clock>,
              "a static now() of another resolution is another thing");

static_assert(seconds(90).in_seconds == 90);
static_assert(minutes(2) == seconds(120));
static_assert(hours(2) == minutes(120));
static_assert(days(3) == hours(72));
static_assert(to_chrono(hours(1)) == std::chrono::hours(1));

} // namespace

TEST_CASE("clock: the system's gives Unix time in whole seconds") {
    const std::time_t before = std::time(nullptr);
    const auto now = system_clock{}.now();
    const std::time_t after = std::time(nullptr);
    REQUIRE(now);
    // The two calls may read the clock with different roundings.
    CHECK(now->time_since_epoch().count() >= before - 1);
    CHECK(now->time_since_epoch().count() <= after + 1);
}
