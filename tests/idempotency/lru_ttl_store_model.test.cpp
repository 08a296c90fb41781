// SPDX-License-Identifier: MIT
// The store against a model of its documentation, on random sequences of calls; tests/fuzz/ has sequences that were bred.
#include "idempotency/keys.hpp"
#include "idempotency/lru_ttl_calls.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <random>

using namespace hookseal_tests;

namespace {

void compare(std::uint32_t seed, std::size_t capacity, std::size_t ids, int steps) {
    CAPTURE(seed, capacity, ids);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const auto require = [](bool holds, const char* what) {
        INFO(what);
        REQUIRE(holds);
    };
    const auto all = keys(ids);
    lru_ttl::calls with(capacity, all, below, require);
    for (int step = 0; step < steps; ++step) {
        CAPTURE(step);
        with.step();
    }
    REQUIRE(with.mistaken() < 40); // about 5 are to be expected
    REQUIRE(with.lost() < 20);     // about 1
    REQUIRE((with.early_evictions() > 0 || steps < 1000));
}

} // namespace

TEST_CASE("lru_ttl_store: does what its documentation says, on random sequences of calls") {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        compare(seed, 64, 200, 30'000);
        compare(seed, 10, 25, 20'000);
        compare(seed, 2, 5, 10'000);
    }
}

TEST_CASE("lru_ttl_store: does so from the start, for thousands of beginnings") {
    for (std::uint32_t seed = 0; seed < 3000; ++seed)
        compare(seed, seed % 9, 3 + seed % 17, 100);
}
