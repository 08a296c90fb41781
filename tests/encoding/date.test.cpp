// SPDX-License-Identifier: MIT
#include <hookseal/encoding/date.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

constexpr std::int64_t end_of_9999 = 253402300799;

constexpr std::int64_t rfc3339(std::string_view text) {
    std::int64_t value = -7;
    return parse_rfc3339(text, value) ? value : -1;
}

constexpr std::int64_t http_date(std::string_view text) {
    std::int64_t value = -7;
    return parse_http_date(text, value) ? value : -1;
}

std::string rfc3339_of(std::int64_t time) {
    std::array<char, 20> out{};
    return {out.data(), write_rfc3339(time, out.data())};
}

std::string http_date_of(std::int64_t time) {
    std::array<char, 29> out{};
    return {out.data(), write_http_date(time, out.data())};
}

static_assert(rfc3339("2026-01-01T00:00:00Z") == 1767225600);
static_assert(http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);

constexpr bool writes_at_compile_time() {
    std::array<char, 29> out{};
    return write_rfc3339(1767225600, out.data()) == 20
           && std::string_view{out.data(), 20} == "2026-01-01T00:00:00Z"
           && write_http_date(784111777, out.data()) == 29
           && std::string_view{out.data(), 29} == "Sun, 06 Nov 1994 08:49:37 GMT";
}
static_assert(writes_at_compile_time());

} // namespace

TEST_CASE("date: days up to the end of 9999 are written and read as a calendar counted by hand has them") {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int64_t day_number = 0; // 1970-01-01 was a Thursday
    for (int year = 1970; year <= 9999; ++year) {
        const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 0; month < 12; ++month) {
            const auto m = static_cast<std::size_t>(month);
            for (int day = 1; day <= lengths[m] + (leap && month == 1 ? 1 : 0); ++day, ++day_number) {
                // Beyond one whole cycle of 400 years, the Februaries and one day in 61.
                if (year >= 2400 && month != 1 && day_number % 61 != 0) continue;
                const std::int64_t second_of_day = day_number * 7919 % 86400;
                const std::int64_t time = day_number * 86400 + second_of_day;
                const auto hour = static_cast<int>(second_of_day / 3600);
                const auto minute = static_cast<int>(second_of_day / 60 % 60);
                const auto second = static_cast<int>(second_of_day % 60);
                std::array<char, 64> text{};
                std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month + 1,
                              day, hour, minute, second);
                if (rfc3339_of(time) != text.data() || rfc3339(text.data()) != time) FAIL(text.data());
                std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                              days[static_cast<std::size_t>((day_number + 4) % 7)], day, months[m], year,
                              hour, minute, second);
                if (http_date_of(time) != text.data() || http_date(text.data()) != time) FAIL(text.data());
            }
        }
    }
    CHECK(day_number * 86400 - 1 == end_of_9999);
}

TEST_CASE("date: RFC 3339 fractions are cut off and offsets are taken off") {
    const auto [text, time] = GENERATE(table<std::string, std::int64_t>({
        {"1970-01-01T00:00:00Z", 0},
        {"1985-04-12T23:20:50.52Z", 482196050},   // RFC 3339 section 5.8
        {"1996-12-19T16:39:57-08:00", 851042397}, // the same
        {"1937-01-01T12:00:27.87+00:20", -1},     // the same, but before 1970
        {"2026-01-01T00:00:00.9Z", 1767225600},   // cut off, not rounded
        {"2026-01-01T00:00:00.999999999Z", 1767225600},
        {"2026-01-01T00:00:00.000+00:00", 1767225600},
        {"2026-01-01T00:00:00-00:00", 1767225600}, // RFC 3339 section 4.3: UTC, place unknown
        {"2026-01-01T05:30:00+05:30", 1767225600},
        {"2025-12-31T19:00:00-05:00", 1767225600},
        {"2026-01-01T23:59:00+23:59", 1767225600},
        {"2024-02-29T12:00:00Z", 1709208000},
        {"2000-02-29T00:00:00Z", 951782400},
        {"9999-12-31T23:59:59Z", end_of_9999},
    }));
    CAPTURE(text);
    CHECK(rfc3339(heap_copy{text}.view()) == time);
}

TEST_CASE("date: what is not exactly an RFC 3339 time is refused") {
    const auto text = GENERATE(
        as<std::string>{}, "", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00Z", "20260101T000000Z",
        "2026-01-01t00:00:00Z", "2026-01-01T00:00:00z", "2026-01-01 00:00:00Z", // upper-case T, Z
        " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ", "2026-01-01T00:00:00 Z", "2026-01-01T00:00:00Z\n",
        "2026-01-01T00:00:00ZZ", "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z", "2026-04-31T00:00:00Z", "2026-06-31T00:00:00Z", "2026-09-31T00:00:00Z",
        "2026-11-31T00:00:00Z", "2026-02-29T00:00:00Z", "2024-02-30T00:00:00Z",
        "2100-02-29T00:00:00Z", // 2100 is no leap year
        "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2016-12-31T23:59:60Z", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00.5",
        "2026-01-01T00:00:00.-5Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60",
        "2026-01-01T00:00:00+0000", "2026-01-01T00:00:00+00", "2026-01-01T00:00:00+0:00",
        "2026-01-01T00:00:00 00:00", "2026-01-01T00:00:00+00:00Z", "2026-01-01T00:00:00Z+00:00",
        "2026-01-01T00:00:00+-1:00", "+026-01-01T00:00:00Z", "-026-01-01T00:00:00Z", "12026-01-01T00:00:00Z",
        "2026-1-01T00:00:00Z", "2026-+1-01T00:00:00Z", "2026- 1-01T00:00:00Z", "2026/01/01T00:00:00Z",
        "2026-01-01T00.00.00Z", "2026-0a-01T00:00:00Z", "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
        "1969-12-31T23:59:59-01:00", "1970-01-01T00:59:59+01:00", "9999-12-31T23:59:59-00:01");
    CAPTURE(text);
    CHECK(rfc3339(heap_copy{text}.view()) == -1);
}

TEST_CASE("date: no beginning and no continuation of an RFC 3339 time or an HTTP date is one") {
    const std::string full = "2026-01-01T00:00:00.123+01:00";
    REQUIRE(rfc3339(full) == 1767222000);
    for (std::size_t size = 0; size < full.size(); ++size) {
        CAPTURE(size);
        CHECK(rfc3339(heap_copy{full.substr(0, size)}.view()) == -1);
    }
    const std::string date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (std::size_t size = 0; size < date.size(); ++size) {
        CAPTURE(size);
        CHECK(http_date(heap_copy{date.substr(0, size)}.view()) == -1);
    }
    CHECK(rfc3339(full + "0") == -1);
    CHECK(http_date(date + " ") == -1);
}

TEST_CASE(
    "date: of HTTP's three forms only the one that may still be written is read, and it must be right") {
    const auto text = GENERATE(
        as<std::string>{}, "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", // RFC 9110's obsolete ones
        "Mon, 06 Nov 1994 08:49:37 GMT", "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun,  6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 NOV 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 gmt", "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:60 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Thu, 31 Nov 1994 08:49:37 GMT", "Sun, 06 ovD 1994 08:49:37 GMT",
        "unM, 06 Nov 1994 08:49:37 GMT", "Wed, 31 Dec 1969 23:59:59 GMT", "Sun,06 Nov 1994 08:49:37 GMT ");
    CAPTURE(text);
    CHECK(http_date(text) == -1);
}

TEST_CASE("date: a refused text leaves the time as it was") {
    std::int64_t time = 42;
    CHECK_FALSE(parse_rfc3339("2026-01-01T00:00:00+99:00", time));
    CHECK_FALSE(parse_rfc3339("1970-01-01T00:00:00+01:00", time));
    CHECK_FALSE(parse_http_date("Mon, 06 Nov 1994 08:49:37 GMT", time));
    CHECK(time == 42);
}

TEST_CASE("date: a time before 1970 or after 9999 is not written at all") {
    const auto time =
        GENERATE(as<std::int64_t>{}, -1, end_of_9999 + 1, std::numeric_limits<std::int64_t>::min(),
                 std::numeric_limits<std::int64_t>::max());
    std::array<char, 29> out{};
    CHECK(write_rfc3339(time, out.data()) == 0);
    CHECK(write_http_date(time, out.data()) == 0);
    CHECK(out == std::array<char, 29>{});
    CHECK(rfc3339_of(0) == "1970-01-01T00:00:00Z");
    CHECK(rfc3339_of(end_of_9999) == "9999-12-31T23:59:59Z");
}
