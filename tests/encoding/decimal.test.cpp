// SPDX-License-Identifier: MIT
#include <hookseal/encoding/decimal.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

constexpr std::int64_t parsed(std::string_view text, int max_digits = 18) {
    std::int64_t value = -7;
    return parse_decimal(text, value, max_digits) ? value : -1;
}
static_assert(parsed("1767225600") == 1767225600);
static_assert(parsed("01767225600") == -1);

std::string written(std::uint64_t value) {
    std::array<char, 20> out{};
    return {out.data(), write_decimal(value, out.data())};
}

constexpr bool writes_at_compile_time() {
    std::array<char, 20> out{};
    return write_decimal(1767225600, out.data()) == 10 && out[0] == '1' && out[9] == '0';
}
static_assert(writes_at_compile_time());

} // namespace

TEST_CASE("decimal: a canonical number is read") {
    const auto [text, value] =
        GENERATE(table<std::string, std::int64_t>({{"0", 0},
                                                   {"1", 1},
                                                   {"9", 9},
                                                   {"10", 10},
                                                   {"1614265330", 1614265330},
                                                   {"1614265330123", 1614265330123},
                                                   {"999999999999999999", 999999999999999999}}));
    CHECK(parsed(heap_copy{text}.view()) == value);
}

TEST_CASE("decimal: every other spelling of a number is refused") {
    const auto text = GENERATE(as<std::string>{}, "", "00", "01", "007", "+1", "-1", "-0", " 1", "1 ", "1\n",
                               "\t1", "1.0", "1.", ".5", "1e3", "0x10", "1_000", "1,000", "12abc", "abc",
                               "1/", "1:", "\xd9\xa1", "1\xc2\xa0");
    CAPTURE(text);
    CHECK(parsed(text) == -1);
    CHECK(parsed(std::string_view{"1\0", 2}) == -1);
}

TEST_CASE("decimal: a refused text leaves the value as it was") {
    std::int64_t value = 42;
    CHECK_FALSE(parse_decimal("12x", value));
    CHECK(value == 42);
}

TEST_CASE("decimal: the number of digits is limited by the caller, and by what fits") {
    CHECK(parsed("123", 3) == 123);
    CHECK(parsed("1234", 3) == -1);
    CHECK(parsed("1", 0) == -1);
    CHECK(parsed("1", -1) == -1);
    CHECK(parsed("1", std::numeric_limits<int>::min()) == -1);
    CHECK(parsed("1000000000000000000", 19) == -1);
    CHECK(parsed("9223372036854775808", 100) == -1);
    CHECK(parsed(std::string(1000, '9'), 2000) == -1);
}

TEST_CASE("decimal: numbers are written with all their digits and no others") {
    CHECK(written(0) == "0");
    CHECK(written(7) == "7");
    CHECK(written(1767225600) == "1767225600");
    CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    for (std::uint64_t power = 1; power <= 1'000'000'000'000'000'000; power *= 10) {
        CHECK(written(power) == std::to_string(power));
        CHECK(written(power - 1) == std::to_string(power - 1));
        if (power == 1'000'000'000'000'000'000) break;
    }
}
