// SPDX-License-Identifier: MIT
#include <hookseal/core/owned_array.hpp>

#include "support/catch.hpp"

#include <type_traits>
#include <utility>

using hookseal::detail::owned_array;

namespace {

struct counted {
    static inline int alive = 0;
    counted() { ++alive; }
    counted(const counted&) = delete;
    counted& operator=(const counted&) = delete;
    ~counted() { --alive; }
};

static_assert(
    !std::is_copy_constructible_v<owned_array<int>> && !std::is_copy_assignable_v<owned_array<int>>);

} // namespace

TEST_CASE("owned array: what it owns is destroyed once, whoever has it last") {
    {
        owned_array<counted> first(new counted[3]);
        REQUIRE(first);
        owned_array<counted> second(std::move(first));
        CHECK(second);
        CHECK(counted::alive == 3);
        owned_array<counted> third(new counted[2]);
        CHECK(counted::alive == 5);
        third = std::move(second);
        CHECK(counted::alive == 3);
        third.reset(new counted[4]);
        CHECK(counted::alive == 4);
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("owned array: without anything it is false, and its elements are the array's") {
    owned_array<int> numbers;
    CHECK_FALSE(numbers);
    CHECK(numbers.get() == nullptr);
    numbers.reset(new int[2]{7, 8});
    numbers[1] = 9;
    CHECK(numbers.get()[0] == 7);
    CHECK(numbers.get()[1] == 9);
}
