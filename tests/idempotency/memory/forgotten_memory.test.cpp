// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/memory/forgotten_memory.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

using hookseal::detail::arena;
using hookseal::detail::event_place;
using hookseal::detail::forgotten_memory;

namespace {

event_place any(std::mt19937& random) {
    event_place place;
    for (std::uint32_t& word : place.words)
        word = static_cast<std::uint32_t>(random());
    return place;
}

} // namespace

TEST_CASE("forgotten_memory: knows what was put in until it is taken out") {
    arena room(1, forgotten_memory::memory(1000));
    forgotten_memory memory(room, 1000);
    REQUIRE_FALSE(memory.knows({}));
    for (const std::uint32_t word : {0U, 0x1234'5678U, 0xffff'ffffU}) {
        const event_place place{{word, word, word}};
        REQUIRE_FALSE(memory.knows(place));
        memory.put(place);
        REQUIRE(memory.knows(place));
        memory.take_out(place);
        REQUIRE_FALSE(memory.knows(place));
    }
}

TEST_CASE(
    "forgotten_memory: hardly loses any of the last half of its capacity, and all of what is long gone") {
    constexpr std::size_t capacity = 32'000;
    std::mt19937 random(2);
    std::vector<event_place> put(10 * capacity);
    arena room(1, forgotten_memory::memory(capacity));
    forgotten_memory memory(room, capacity);
    for (event_place& place : put)
        memory.put(place = any(random));
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
    std::mt19937 random(3);
    arena room(1, forgotten_memory::memory(32'000));
    forgotten_memory memory(room, 32'000);
    for (int i = 0; i < 100'000; ++i)
        memory.put(any(random));
    int mistaken = 0;
    for (int i = 0; i < 200'000; ++i)
        mistaken += memory.knows(any(random));
    REQUIRE(mistaken < 150); // 95 are to be expected
    REQUIRE(mistaken > 50);  // fewer would mean that it hardly remembers anything
}

TEST_CASE("forgotten_memory: works without any capacity") {
    arena room(1, forgotten_memory::memory(0));
    forgotten_memory memory(room, 0);
    memory.put({{7, 7, 7}});
    REQUIRE(memory.knows({{7, 7, 7}}));
}
