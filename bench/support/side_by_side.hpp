// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_SIDE_BY_SIDE_HPP
#define HOOKSEAL_BENCH_SUPPORT_SIDE_BY_SIDE_HPP

#include "support/harness.hpp"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace hookseal_bench {

/// What a thread does again and again.
using task = std::function<void()>;

/// How many times a second all of these are done together, each by a thread of its own, for as long as told.
inline double rate_of(const std::vector<task>& tasks, std::chrono::milliseconds duration) {
    using clock = std::chrono::steady_clock;
    struct done {
        std::size_t times = 0;
        clock::time_point end;
    };
    std::vector<done> all(tasks.size());
    clock::time_point begin;
    std::barrier together(static_cast<std::ptrdiff_t>(tasks.size()),
                          [&]() noexcept { begin = clock::now(); });
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        threads.emplace_back([&, i] {
            together.arrive_and_wait();
            done mine;
            do {
                tasks[i]();
                ++mine.times;
                mine.end = clock::now();
            } while (mine.end - begin < duration);
            all[i] = mine;
        });
    for (std::thread& each : threads)
        each.join();
    std::size_t times = 0;
    clock::time_point end = begin;
    for (const done& each : all) {
        times += each.times;
        end = std::max(end, each.end);
    }
    return static_cast<double>(times) / std::chrono::duration<double>(end - begin).count();
}

/// Two ways to do the same.
struct sides {
    std::vector<task> ours{};
    std::vector<task> theirs{};
    std::chrono::milliseconds turn{15}; ///< for how long a side works before it is the other's turn
    int theirs_at_once = 1; ///< how many times a task of theirs does what a task of ours does once
};

/// The mean of the faster half: what else the machine does only ever slows a turn down.
inline double faster_half(std::vector<double> rates) {
    const auto half = rates.begin() + static_cast<std::ptrdiff_t>((rates.size() + 1) / 2);
    std::partial_sort(rates.begin(), half, rates.end(), std::greater<>());
    return std::accumulate(rates.begin(), half, 0.0) / static_cast<double>(half - rates.begin());
}

/// Adds a benchmark of which each iteration has both sides work in turns, and which reports what each does in a second
/// and `ratio`, of ours to theirs. Whatever else the machine does, it then does to both. `make()` is called before the first.
inline void add_side_by_side(const std::string& name, std::function<sides()> make) {
    auto made = std::make_shared<sides>();
    add_contended(name, 1, [made, make = std::move(make)](benchmark::State& state) {
        if (made->ours.empty()) *made = make();
        std::vector<double> ours, theirs;
        const auto our_turn = [&] { ours.push_back(rate_of(made->ours, made->turn)); };
        const auto their_turn = [&] {
            theirs.push_back(rate_of(made->theirs, made->turn) * made->theirs_at_once);
        };
        for ([[maybe_unused]] auto _ : state) {
            our_turn();
            their_turn();
            their_turn();
            our_turn();
        }
        const double our_rate = faster_half(std::move(ours));
        const double their_rate = faster_half(std::move(theirs));
        state.counters["ours_per_s"] = our_rate;
        state.counters["theirs_per_s"] = their_rate;
        state.counters["ratio"] = our_rate / their_rate;
    });
}

} // namespace hookseal_bench

#endif
