// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/memory/part_sizes.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>

using hookseal::detail::part_sizes;

TEST_CASE("part_sizes: a small store is one part, exactly as large as asked for") {
    for (const std::size_t capacity : std::array<std::size_t, 4>{0, 1, 1000, 8191}) {
        REQUIRE(part_sizes::of(capacity).count == 1);
        REQUIRE(part_sizes::of(capacity).each == capacity);
    }
}

TEST_CASE("part_sizes: a large store has parts that slots can be numbered in, with room to spare") {
    for (std::size_t capacity = 8192; capacity < 0xffff'fffe; capacity += capacity / 3) {
        CAPTURE(capacity);
        const part_sizes sizes = part_sizes::of(capacity);
        REQUIRE(sizes.count >= 2);
        REQUIRE(sizes.each <= 65'534);
        // Eight standard deviations: the root of what falls into a part on average.
        const std::size_t share = capacity / sizes.count;
        const std::size_t spare = sizes.each - share;
        REQUIRE(spare * spare >= 64 * share);
        REQUIRE(spare * 100 <= share * (capacity < 200'000 ? 13U : 7U));
    }
    REQUIRE(part_sizes::of(65'536).count == 16);
    REQUIRE(part_sizes::of(1'000'000).count == 31);
}
