// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/memory/event_index.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

using namespace hookseal::detail;

namespace {

/// Puts in and takes out at random, and looks for everything after each round.
void exercise(std::size_t capacity, std::uint32_t lines, std::uint32_t tags, std::uint32_t seed) {
    CAPTURE(capacity, lines, tags, seed);
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random()) % n; };
    arena memory(1, event_index::memory(capacity));
    event_index index(memory, capacity);
    std::vector<event_slot> slots(capacity);
    std::vector<bool> is_in(capacity);
    for (std::size_t i = 0; i < capacity; ++i)
        slots[i].place = {
            {static_cast<std::uint32_t>(i), below(lines) * (0xffff'ffffU / lines), below(tags)}};
    for (int round = 0; round < 50; ++round) {
        for (std::size_t i = 0; i < capacity; ++i) {
            const auto at = static_cast<std::uint16_t>(below(static_cast<std::uint32_t>(capacity)));
            if (below(3) == 0 && is_in[at])
                index.erase(slots[at].place, at);
            else if (!is_in[at])
                index.insert(slots[at].place, at);
            else
                continue;
            is_in[at] = !is_in[at];
        }
        for (std::size_t i = 0; i < capacity; ++i)
            REQUIRE(index.find(slots[i].place, slots.data()) == (is_in[i] ? i : no_slot));
    }
}

} // namespace

TEST_CASE("event_index: knows what was put in, and nothing else") {
    for (const std::size_t capacity : std::array<std::size_t, 5>{1, 2, 20, 40, 1000})
        exercise(capacity, 0xffff'ffff, 0xffff'ffff, 1);
}

TEST_CASE("event_index: events that meet in few lines and look alike are told apart") {
    exercise(100, 1, 0xffff'ffff, 2); // all in one line, and so in its neighbours
    exercise(100, 1, 1, 3);
    exercise(200, 3, 2, 4);
    exercise(200, 0xffff'ffff, 1, 5);
}

TEST_CASE("event_index: finds nothing where nothing is") {
    arena memory(1, event_index::memory(0));
    const event_index index(memory, 0);
    const event_slot none{};
    REQUIRE(index.find({}, &none) == no_slot);
}
