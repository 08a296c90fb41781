// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_HARNESS_HPP
#define HOOKSEAL_BENCH_SUPPORT_HARNESS_HPP

#include "support/allocations.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hookseal_bench {

/// The work that a benchmark cannot do without, and `times` of which its time is divided by to give its counter `x_limit`.
/// Both take short turns; of each repetition the two turns count that were disturbed least, for whatever else the machine
/// does only ever adds.
struct limit {
    std::function<void(std::size_t count)> work{}; ///< does it so many times
    double times = 1;
};

/// Each program's own: adds its benchmarks.
void add_benchmarks();

/// Adds a benchmark that reports `x_limit`.
void add(const std::string& name, const limit& against, std::function<void(benchmark::State&)> run);

/// Adds a benchmark that so many threads run at once. Its time is that which passes for all of them together for one
/// iteration of one of them.
void add_shared(const std::string& name, int threads, std::function<void(benchmark::State&)> run);

/// The same where the median of all repetitions counts: where threads get into each other's way, for an undisturbed
/// repetition is the one in which they did not, and where the work of two sides is compared within each.
benchmark::internal::Benchmark* add_contended(const std::string& name, int threads,
                                              std::function<void(benchmark::State&)> run);

/// `allocations()`, where they can be counted: not beside a library that uses OpenSSL before `main`, as cpp-httplib does.
[[nodiscard]] std::size_t counted_allocations();

/// Compares with the limit of the benchmark that runs, if it has one.
void take_turns(benchmark::State& state, const std::function<void(std::size_t count)>& own);

/// `once(i)` so many times, each with the next number.
template <class Once>
auto repeated(Once once) {
    return [once, i = std::size_t{0}](std::size_t count) mutable {
        for (; count > 0; --count)
            once(i++);
    };
}

/// The loop of every benchmark: `once(i)` in the i-th iteration, and the counter `allocations`, of heap memory in one.
template <class Once>
void measure(benchmark::State& state, Once once) {
    const std::size_t before = counted_allocations();
    std::size_t i = 0;
    for ([[maybe_unused]] auto _ : state)
        once(i++);
    state.counters["allocations"] =
        static_cast<double>(counted_allocations() - before) / static_cast<double>(state.iterations());
    take_turns(state, repeated(std::ref(once)));
}

/// Adds a benchmark that is itself a limit: `once(i)` again and again.
template <class Once>
limit add_limit(const std::string& name, const Once& once) {
    add(name, {}, [once](benchmark::State& state) { measure(state, once); });
    return {repeated(once)};
}

/// The bare hash for signed content of this size: one `SHA256_Update` over as many 64-byte blocks as an HMAC takes whose
/// key is prepared, ⌈(size + 9) / 64⌉ + 1. It is added when it is first asked for.
[[nodiscard]] limit sha256_limit(std::size_t size_of_content);

/// Ends the program: a benchmark that does not do what it says measures nothing.
[[noreturn]] void fail(std::string_view why);

} // namespace hookseal_bench

#endif
