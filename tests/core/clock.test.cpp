// SPDX-License-Identifier: MIT
#include <hookseal/core/clock.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <ctime>
#include <optional>
#include <type_traits>

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

// What `<chrono>` says is taken and given where nothing is lost, and by itself.
static_assert(duration(std::chrono::hours(1)) == hours(1) && hours(1) == std::chrono::minutes(60));
static_assert(std::chrono::seconds(minutes(2)) == std::chrono::seconds(120));
static_assert(std::chrono::milliseconds(seconds(2)) == std::chrono::milliseconds(2000));
static_assert(!std::is_convertible_v<std::chrono::milliseconds, duration>);
static_assert(!std::is_convertible_v<duration, std::chrono::minutes>);
static_assert(!std::is_convertible_v<std::chrono::duration<double>, duration>);
static_assert(!std::is_convertible_v<int, duration> && !std::is_convertible_v<duration, long>);

constexpr std::chrono::sys_seconds new_year{std::chrono::seconds(1'767'225'600)};
static_assert(unix_time(new_year) == unix_time(1'767'225'600)
              && std::chrono::sys_seconds(unix_time(7)) < new_year);
static_assert(unix_time(1) < new_year && new_year == unix_time(new_year));
static_assert(std::chrono::system_clock::time_point(unix_time(2)).time_since_epoch()
              == std::chrono::seconds(2));
static_assert(std::is_convertible_v<std::optional<unix_time>, std::optional<std::chrono::sys_seconds>>);
static_assert(!std::is_convertible_v<std::chrono::system_clock::time_point, unix_time>,
              "its fraction would be lost");
static_assert(!std::is_convertible_v<std::chrono::steady_clock::time_point, unix_time>,
              "that is no Unix time");
static_assert(!std::is_convertible_v<unix_time, std::chrono::time_point<std::chrono::steady_clock>>);
static_assert(!std::is_convertible_v<long, unix_time>);

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
