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

/// What a benchmark's time is divided by to give its counter `x_limit`: so many times another benchmark of the same run.
struct limit {
    std::string name;
    double times = 1;
};

/// Each program's own: adds its benchmarks.
void add_benchmarks();

/// Adds a benchmark that reports `x_limit`.
void add(const std::string& name, const limit& against, std::function<void(benchmark::State&)> run);

/// Adds a benchmark that so many threads run at once. Its time is that which passes for all of them together for one
/// iteration of one of them.
void add_shared(const std::string& name, int threads, std::function<void(benchmark::State&)> run);

/// The same where threads get into each other's way: the median counts, for the fastest repetition is the one in which they
/// did not.
benchmark::internal::Benchmark* add_contended(const std::string& name, int threads,
                                              std::function<void(benchmark::State&)> run);

/// Adds a benchmark that is itself a limit.
limit add_limit(const std::string& name, std::function<void(benchmark::State&)> run);

/// The bare hash for signed content of this size: one `SHA256_Update` over as many 64-byte blocks as an HMAC takes whose
/// key is prepared, ⌈(size + 9) / 64⌉ + 1. It is added when it is first asked for.
limit sha256_limit(std::size_t size_of_content);

/// `allocations()`, where they can be counted: not beside a library that uses OpenSSL before `main`, as cpp-httplib does.
[[nodiscard]] std::size_t counted_allocations();

/// The loop of every benchmark: `once(i)` in the i-th iteration, and the counter `allocations`, of heap memory in one.
template <class Once>
void measure(benchmark::State& state, Once once) {
    const std::size_t before = counted_allocations();
    std::size_t i = 0;
    for ([[maybe_unused]] auto _ : state)
        once(i++);
    state.counters["allocations"] =
        static_cast<double>(counted_allocations() - before) / static_cast<double>(state.iterations());
}

/// Ends the program: a benchmark that does not do what it says measures nothing.
[[noreturn]] void fail(std::string_view why);

} // namespace hookseal_bench

#endif
