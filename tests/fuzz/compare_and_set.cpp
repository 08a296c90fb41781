// SPDX-License-Identifier: MIT
#include "fuzz/fuzz.hpp"
#include "idempotency/compare_and_set_calls.hpp"

#include <cstddef>

using namespace hookseal_fuzz;
using namespace hookseal_tests;

/// Calls, some of which fail or lose their reply.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input from(data, size);
    const auto below = [&](std::size_t limit) { return from.below(limit); };
    const auto judge = [](bool holds, const char* what) { require(holds, what); };
    compare_and_set_calls with(below, judge);
    for (int step = 0; !from.ended() && step < 1000; ++step)
        with.step();
    return 0;
}
