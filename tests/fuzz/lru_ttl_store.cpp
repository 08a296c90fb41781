// SPDX-License-Identifier: MIT
#include "fuzz/fuzz.hpp"
#include "idempotency/keys.hpp"
#include "idempotency/lru_ttl_calls.hpp"

#include <cstddef>

using namespace hookseal_fuzz;
using namespace hookseal_tests;

/// A capacity, a number of events, and calls.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto all = keys(32);
    input from(data, size);
    const std::size_t chosen = from.below(16);
    const std::size_t capacity = chosen < 14 ? chosen : 8192; // a store of several parts
    const std::vector events(all.begin(),
                             all.begin() + 1 + static_cast<std::ptrdiff_t>(from.below(all.size())));

    const auto below = [&](std::size_t limit) { return from.below(limit); };
    const auto judge = [](bool holds, const char* what) { require(holds, what); };
    lru_ttl::calls with(capacity, events, below, judge);
    for (int step = 0; !from.ended() && step < 1000; ++step)
        with.step();
    require(with.mistaken() < 40 && with.lost() < 20, "new events are seldom taken for forgotten ones");
    return 0;
}
