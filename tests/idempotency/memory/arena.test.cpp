// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/memory/arena.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>

using hookseal::detail::arena;

namespace {

struct wide {
    std::uint64_t words[5]{1, 2, 3, 4, 5};
};

} // namespace

TEST_CASE("arena: its parts take what they said, and each array is its own, from the start of a line") {
    // The larger one is in huge pages where there are any, and ends amid one.
    for (const std::size_t count : {std::size_t{7}, std::size_t{20'001}}) {
        constexpr std::size_t parts = 3;
        arena memory(parts, arena::size_of<char>(count) + arena::size_of<wide>(count));
        char* before = nullptr;
        for (std::size_t part = 0; part < parts; ++part) {
            char* const bytes = memory.take<char>(count);
            wide* const numbers = memory.take<wide>(count);
            REQUIRE(reinterpret_cast<std::uintptr_t>(bytes) % 64 == 0);
            REQUIRE(reinterpret_cast<std::uintptr_t>(numbers) % 64 == 0);
            for (std::size_t i = 0; i < count; ++i) {
                REQUIRE(bytes[i] == '\0');
                REQUIRE(numbers[i].words[4] == 5);
                bytes[i] = '\xff';
                numbers[i] = {{0, 0, 0, 0, 0}};
            }
            if (before != nullptr) REQUIRE(before[count - 1] == '\xff');
            before = bytes;
        }
    }
}

TEST_CASE("arena: what takes nothing is no array of anything, and does not hurt") {
    arena memory(1, arena::size_of<wide>(0));
    REQUIRE(arena::size_of<wide>(0) == 0);
    static_cast<void>(memory.take<wide>(0));
}
