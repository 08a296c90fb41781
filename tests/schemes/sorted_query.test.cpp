// SPDX-License-Identifier: MIT
#include <hookseal/schemes/sorted_query.hpp>

#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <string_view>

using namespace hookseal;

namespace {

std::string sorted(std::string_view query) {
    return hookseal_tests::written(text::of(query, &readers::sorted_query), request{});
}

} // namespace

TEST_CASE("sorted_query: parameters are sorted by name and then by value, as they are encoded") {
    CHECK(sorted("b=2&a=1") == "a=1&b=2");
    CHECK(sorted("a=2&a=10&a=") == "a=&a=10&a=2");
    CHECK(sorted("ab=1&a=2&B=3") == "B=3&a=2&ab=1");
    CHECK(sorted("%62=1&a=2") == "a=2&b=1");
    CHECK(sorted("%C3%A4=1&z=2") == "%C3%A4=1&z=2");
}

TEST_CASE("sorted_query: there is one way to encode each character") {
    CHECK(sorted("t=2019-01-11T09%3a17%3A11+00:00") == "t=2019-01-11T09%3A17%3A11%2000%3A00");
    CHECK(sorted("%7e%2d=%2E_&x=*'()!") == "x=%2A%27%28%29%21&~-=._");
    CHECK(sorted("a=b=c&d") == "a=b%3Dc&d=");
    CHECK(sorted("").empty());
    CHECK(sorted("&&a=1&") == "a=1");
}

TEST_CASE("sorted_query: escapes that are cut short and too many parameters are refused") {
    for (const char* query : {"a=%", "a=%4", "a=%zz", "%g0=1", "a=1&b=%a"}) {
        CAPTURE(query);
        CHECK(sorted(query) == "(refused)");
    }
    std::string most = "a=1";
    for (std::size_t i = 1; i < max_query_parameters; ++i)
        most += "&a=1";
    CHECK(sorted(most) == most);
    CHECK(sorted(most + "&a=1") == "(refused)");
}
