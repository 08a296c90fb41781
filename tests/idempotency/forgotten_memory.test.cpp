// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/forgotten_memory.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <random>
#include <vector>

using hookseal::detail::forgotten_memory;

TEST_CASE("forgotten_memory: knows what was put in until it is taken out") {
    forgotten_memory memory(1000);
    REQUIRE_FALSE(memory.knows(0));
    for (const std::uint64_t hash : {0x0ULL, 0x1234ULL, 0xffff'ffff'ffff'ffffULL}) {
        REQUIRE_FALSE(memory.knows(hash));
        memory.put(hash);
        REQUIRE(memory.knows(hash));
        memory.take_out(hash);
        REQUIRE_FALSE(memory.knows(hash));
    }
}

TEST_CASE(
    "forgotten_memory: hardly loses any of the last half of its capacity, and all of what is long gone") {
    constexpr std::size_t capacity = 32'000;
    std::mt19937_64 random(2);
    std::vector<std::uint64_t> put(10 * capacity);
    forgotten_memory memory(capacity);
    for (std::uint64_t& hash : put)
        memory.put(hash = random());
    const auto known = [&](std::size_t from, std::size_t count) {
        std::size_t n = 0;
        for (std::size_t i = from; i < from + count; ++i)
            n += memory.knows(put[i]);
        return n;
    };
    REQUIRE(known(put.size() - capacity / 2, capacity / 2) > capacity / 2 * 99 / 100);
    REQUIRE(known(0, capacity) < capacity / 100);
}

TEST_CASE("forgotten_memory: takes at most about one stranger in 2,000 for known") {
    std::mt19937_64 random(3);
    forgotten_memory memory(32'000);
    for (int i = 0; i < 100'000; ++i)
        memory.put(random());
    int mistaken = 0;
    for (int i = 0; i < 200'000; ++i)
        mistaken += memory.knows(random());
    REQUIRE(mistaken < 150); // 98 are to be expected
    REQUIRE(mistaken > 50);  // fewer would mean that it hardly remembers anything
}

TEST_CASE("forgotten_memory: works without any capacity") {
    forgotten_memory memory(0);
    memory.put(7);
    REQUIRE(memory.knows(7));
}
