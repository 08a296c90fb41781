// SPDX-License-Identifier: MIT
#include <hookseal/schemes/parse_timestamp.hpp>
#include <hookseal/schemes/timestamp_form.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using namespace hookseal;
using form = timestamp_form;

namespace {

std::optional<std::int64_t> parsed(std::string_view text, form f) {
    std::int64_t seconds = -1;
    if (!parse_timestamp(text, f, seconds)) return std::nullopt;
    return seconds;
}

constexpr form numbers[] = {form::unix_seconds, form::unix_milliseconds, form::unix_seconds_or_milliseconds};
constexpr form dates[] = {form::rfc3339, form::http_date};

} // namespace

TEST_CASE("timestamp_form: seconds have 1 to 12 digits") {
    CHECK(parsed("1", form::unix_seconds) == 1);
    CHECK(parsed("1767225600", form::unix_seconds) == 1'767'225'600);
    CHECK(parsed("999999999999", form::unix_seconds) == 999'999'999'999);
    CHECK_FALSE(parsed("1000000000000", form::unix_seconds));
    CHECK_FALSE(parsed("1767225600000", form::unix_seconds));
}

TEST_CASE("timestamp_form: milliseconds have 1 to 15 digits, and what is less than a second is cut off") {
    CHECK(parsed("1767225600000", form::unix_milliseconds) == 1'767'225'600);
    CHECK(parsed("1767225600999", form::unix_milliseconds) == 1'767'225'600);
    CHECK(parsed("999", form::unix_milliseconds) == 0);
    CHECK(parsed("999999999999999", form::unix_milliseconds) == 999'999'999'999);
    CHECK_FALSE(parsed("1000000000000000", form::unix_milliseconds));
}

TEST_CASE("timestamp_form: where both occur, 10^12 and above are milliseconds") {
    constexpr auto either = form::unix_seconds_or_milliseconds;
    CHECK(parsed("1742505638", either) == 1'742'505'638);
    CHECK(parsed("1742505638683", either) == 1'742'505'638);
    CHECK(parsed("999999999999", either) == 999'999'999'999);
    CHECK(parsed("1000000000000", either) == 1'000'000'000);
    CHECK(parsed("999999999999999", either) == 999'999'999'999);
    CHECK_FALSE(parsed("1000000000000000", either));
}

TEST_CASE("timestamp_form: a number has one spelling, and what another reader might take for it is none") {
    const std::string others[] = {
        "",
        "0",
        "00",
        "-1",
        "-0",
        "+1767225600",
        "01767225600",
        "1767225600.0",
        "1.7e9",
        "1767225600 ",
        " 1767225600",
        "1767225600\n",
        "\t1767225600",
        "1767225600\r",
        "0x69560000",
        "1_767_225_600",
        "1,767,225,600",
        "1767225600s",
        "NaN",
        "Infinity",
        "null",
        "true",
        "\xD9\xA1\xD9\xA7\xD9\xA6\xD9\xA7", // Arabic digits
        std::string("1767225600\0", 11),
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "9223372036854775808",
        std::string(40, '9'),
        "2026-01-01T00:00:00Z",
        "Thu, 01 Jan 2026 00:00:00 GMT",
    };
    for (const std::string& text : others)
        for (const form f : numbers) {
            INFO(text << " as " << static_cast<int>(f));
            CHECK_FALSE(parsed(text, f));
        }
}

TEST_CASE("timestamp_form: dates are the moment they name") {
    CHECK(parsed("2026-01-01T00:00:00Z", form::rfc3339) == 1'767'225'600);
    CHECK(parsed("2026-01-01T00:00:00.999999999Z", form::rfc3339) == 1'767'225'600);
    CHECK(parsed("2026-01-01T05:30:00+05:30", form::rfc3339) == 1'767'225'600);
    CHECK(parsed("1970-01-01T00:00:00Z", form::rfc3339) == 0);
    CHECK(parsed("Thu, 01 Jan 2026 00:00:00 GMT", form::http_date) == 1'767'225'600);
}

TEST_CASE("timestamp_form: a date of another form or with a mistake in it is none") {
    for (const std::string_view text :
         {"", "2026-01-01", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00", "2026-01-01t00:00:00z",
          "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z",
          "2026-01-01T00:00:00.0000000001Z", "1969-12-31T23:59:59Z", " 2026-01-01T00:00:00Z", "1767225600",
          "Fri, 01 Jan 2026 00:00:00 GMT", "Thu, 1 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 2026 00:00:00 UTC",
          "Thursday, 01-Jan-26 00:00:00 GMT", "Thu Jan  1 00:00:00 2026"})
        for (const form f : dates) {
            INFO(text << " as " << static_cast<int>(f));
            CHECK_FALSE(parsed(text, f));
        }
    CHECK_FALSE(parsed("2026-01-01T00:00:00Z", form::http_date));
    CHECK_FALSE(parsed("Thu, 01 Jan 2026 00:00:00 GMT", form::rfc3339));
}

TEST_CASE("timestamp_form: a form that is not known parses nothing") {
    CHECK_FALSE(parsed("1767225600", static_cast<form>(99)));
}
