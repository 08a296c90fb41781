// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/memory/due_blocks.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <vector>

using hookseal::never;
using hookseal::tick;
using hookseal::detail::arena;
using hookseal::detail::due_blocks;

TEST_CASE("due_blocks: finds something due exactly when there is something") {
    std::mt19937 random(1);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    for (const std::size_t count : std::array<std::size_t, 5>{1, 63, 64, 65, 500}) {
        arena memory(1, due_blocks::memory(count));
        due_blocks blocks(memory, count);
        std::vector<tick> due(count, never);
        tick now = 0;
        for (int step = 0; step < 5000; ++step) {
            const std::size_t thing = below(count);
            if (below(3) == 0) {
                due[thing] = never; // nobody tells
            } else {
                due[thing] = now + static_cast<tick>(below(300));
                blocks.note(thing, due[thing]);
            }
            now += static_cast<tick>(below(5));
            const bool any = std::any_of(due.begin(), due.end(), [&](tick t) { return t <= now; });
            const bool takes_all = below(2) == 0;
            std::size_t taken = 0;
            const bool found = blocks.take_due(
                now, [&](std::size_t i) { return due[i]; },
                [&](std::size_t i) {
                    REQUIRE(due[i] <= now);
                    if (taken > 0 && !takes_all) return false;
                    ++taken;
                    due[i] = never;
                    return true;
                });
            REQUIRE(found == any);
            REQUIRE((taken > 0) == any);
        }
    }
}

TEST_CASE("due_blocks: there is nothing due among nothing") {
    arena memory(1, due_blocks::memory(0));
    due_blocks blocks(memory, 0);
    REQUIRE_FALSE(blocks.take_due(
        1'000'000, [](std::size_t) { return tick{0}; }, [](std::size_t) { return true; }));
}
