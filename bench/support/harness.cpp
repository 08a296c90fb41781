// SPDX-License-Identifier: MIT
#include "support/harness.hpp"

#include <hookseal/crypto/hash.hpp>

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

namespace hookseal_bench {

namespace {

std::map<std::string, limit>& limits() {
    static std::map<std::string, limit> all;
    return all;
}

#if defined(__clang__)
constexpr const char* compiler = "clang " __clang_version__;
#elif defined(__GNUC__)
constexpr const char* compiler = "g++ " __VERSION__;
#else
constexpr const char* compiler = "unknown";
#endif

using run_list = std::vector<benchmark::BenchmarkReporter::Run>;

/// The fastest repetition: what else a machine does only ever adds to a time, and adds more to some code than to other.
constexpr const char* fastest = "fastest";

double least(const std::vector<double>& times) { return *std::min_element(times.begin(), times.end()); }

/// Waits until all is measured, keeps the fastest times (or else the median) beside the medians of all counters, and adds
/// `x_limit` to them.
template <class Reporter>
class with_limits : public Reporter {
public:
    using Reporter::Reporter;

    void ReportRuns(const run_list& runs) override {
        const auto called = [&](std::string_view name) {
            return std::find_if(runs.begin(), runs.end(),
                                [&](const auto& run) { return run.aggregate_name == name; });
        };
        const auto median = called("median");
        if (median == runs.end()) { // one repetition, or the report of the single ones
            for (const auto& run : runs)
                if (run.aggregate_name.empty() && run.repetitions <= 1) runs_.push_back(run);
            return;
        }
        const auto least_of_all = called(fastest);
        runs_.push_back(least_of_all == runs.end() ? *median : *least_of_all);
        runs_.back().counters = median->counters;
    }

    void Finalize() override {
        std::map<std::string, double> times;
        for (const auto& run : runs_)
            times[run.run_name.function_name] = run.GetAdjustedCPUTime();
        for (auto& run : runs_) {
            const limit& against = limits()[run.run_name.function_name];
            const auto bare = times.find(against.name);
            if (bare != times.end())
                run.counters["x_limit"] = run.GetAdjustedCPUTime() / (against.times * bare->second);
        }
        std::sort(runs_.begin(), runs_.end(),
                  [](const auto& a, const auto& b) { return a.family_index < b.family_index; });
        Reporter::ReportRuns(runs_);
        Reporter::Finalize();
    }

private:
    run_list runs_;
};

benchmark::internal::Benchmark* registered(const std::string& name, const limit& against,
                                           std::function<void(benchmark::State&)> run) {
    limits()[name] = against;
    const auto counted = [run = std::move(run)](benchmark::State& state) {
        // All results come at the end: a dot for about each round through all benchmarks shows that it goes on.
        static std::atomic<std::size_t> runs = 0;
        if (state.thread_index() == 0 && ++runs % limits().size() == 0) std::fputc('.', stderr);
        run(state);
    };
    return benchmark::RegisterBenchmark(name.c_str(), counted);
}

bool all_allocations_count = false;

} // namespace

std::size_t counted_allocations() {
    if (!all_allocations_count) fail("OpenSSL has allocated before its allocations could be counted");
    return allocations();
}

void add(const std::string& name, const limit& against, std::function<void(benchmark::State&)> run) {
    registered(name, against, std::move(run))->ComputeStatistics(fastest, least);
}

void add_shared(const std::string& name, int threads, std::function<void(benchmark::State&)> run) {
    add_contended(name, threads, std::move(run))->ComputeStatistics(fastest, least);
}

benchmark::internal::Benchmark* add_contended(const std::string& name, int threads,
                                              std::function<void(benchmark::State&)> run) {
    return registered(name, {}, std::move(run))->Threads(threads)->UseRealTime();
}

limit add_limit(const std::string& name, std::function<void(benchmark::State&)> run) {
    add(name, {name}, std::move(run));
    return {name};
}

limit sha256_limit(std::size_t size_of_content) {
    const std::size_t blocks = (size_of_content + 9 + 63) / 64 + 1;
    const std::string name = "limit/sha256_blocks_" + std::to_string(blocks);
    static std::set<std::size_t> added;
    if (!added.insert(blocks).second) return {name};
    return add_limit(name, [blocks](benchmark::State& state) {
        // As many different contents as the other benchmarks have deliveries, for the same pressure on the caches.
        std::vector<std::string> contents(blocks > 1024 ? 4 : 16);
        for (std::size_t i = 0; i < contents.size(); ++i)
            contents[i].assign(blocks * 64, static_cast<char>('a' + i));
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif
        SHA256_CTX hash;
        SHA256_Init(&hash);
        measure(state, [&](std::size_t i) {
            const std::string& content = contents[i % contents.size()];
            SHA256_Update(&hash, content.data(), content.size());
            benchmark::DoNotOptimize(hash);
        });
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
    });
}

void fail(std::string_view why) {
    std::fprintf(stderr, "\n%.*s\n", static_cast<int>(why.size()), why.data());
    std::exit(1);
}

} // namespace hookseal_bench

int main(int argc, char** argv) {
    using namespace hookseal_bench;
    all_allocations_count = count_allocations_in_openssl();

    // Defaults, which arguments override: repetitions of all benchmarks in random order, so that what else the machine
    // does falls on all alike.
    char repetitions[] = "--benchmark_repetitions=15";
    char interleaved[] = "--benchmark_enable_random_interleaving=true";
    char time[] = "--benchmark_min_time=0.02";
    std::vector<char*> arguments = {argv[0], repetitions, interleaved, time};
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;

    add_benchmarks();
    benchmark::AddCustomContext("compiler", compiler);
    benchmark::AddCustomContext("openssl", OpenSSL_version(OPENSSL_VERSION));
    benchmark::AddCustomContext(
        "hash", std::is_same_v<hookseal::default_hash, hookseal::evp_hash> ? "EVP" : "low level");
    with_limits<benchmark::ConsoleReporter> shown(benchmark::ConsoleReporter::OO_Tabular);
    with_limits<benchmark::JSONReporter> written;
    const bool to_file = std::any_of(argv, argv + argc, [](const char* argument) {
        return std::string_view(argument).substr(0, 16) == "--benchmark_out=";
    });
    benchmark::RunSpecifiedBenchmarks(&shown, to_file ? &written : nullptr);
    benchmark::Shutdown();
    return 0;
}
