// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/deadline_heap.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>

using hookseal::detail::deadline_heap;

TEST_CASE("deadline_heap: what is due first comes first, whatever is added and removed") {
    constexpr std::uint32_t things = 60;
    std::mt19937 random(1);
    deadline_heap heap(things);
    std::map<std::uint32_t, hookseal::tick> model;
    const auto earliest = [&] {
        hookseal::tick due = hookseal::never;
        for (const auto& [thing, at] : model)
            due = std::min(due, at);
        return due;
    };
    for (int step = 0; step < 20'000; ++step) {
        const auto thing = static_cast<std::uint32_t>(random() % things);
        if (model.erase(thing) == 0) {
            const auto due = static_cast<hookseal::tick>(random() % 50);
            heap.add(thing, due);
            model.emplace(thing, due);
        } else {
            heap.remove(thing);
            heap.remove(thing); // not in: nothing happens
        }
        REQUIRE(heap.any_due(earliest()) == !model.empty());
        REQUIRE_FALSE(heap.any_due(earliest() - 1));
        if (!model.empty()) REQUIRE(model.at(heap.first()) == earliest());
    }
}
