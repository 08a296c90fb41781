// SPDX-License-Identifier: MIT
#include <hookseal/core/min_max.hpp>

#include "support/catch.hpp"

using namespace hookseal::detail;

TEST_CASE("min and max: the smaller, the larger, and the value within its bounds") {
    CHECK(smaller_of(1, 2) == 1);
    CHECK(smaller_of(2, 1) == 1);
    CHECK(larger_of(1, 2) == 2);
    CHECK(larger_of(2, 1) == 2);
    CHECK(between(-5, 0, 10) == 0);
    CHECK(between(15, 0, 10) == 10);
    CHECK(between(7, 0, 10) == 7);
}
