// SPDX-License-Identifier: MIT
#include "support/harness.hpp"

#include <hookseal/crypto/hash.hpp>

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

namespace hookseal_bench {

namespace {

#if defined(__clang__)
constexpr const char* compiler = "clang " __clang_version__;
#elif defined(__GNUC__)
constexpr const char* compiler = "g++ " __VERSION__;
#else
constexpr const char* compiler = "unknown";
#endif

using run_list = std::vector<benchmark::BenchmarkReporter::Run>;

/// Benchmarks of which the median repetition counts.
std::set<std::string>& contended() {
    static std::set<std::string> names;
    return names;
}

constexpr const char* x_limit = "x_limit";

/// How much a repetition was disturbed: what else the machine does only ever adds.
constexpr const char* disturbance = "disturbance";

double disturbance_of(const benchmark::BenchmarkReporter::Run& run) {
    const auto known = run.counters.find(disturbance);
    return known == run.counters.end() ? run.GetAdjustedRealTime() : known->second.value;
}

/// The median repetition of the tenth that was disturbed least, or else of all; and of each counter its median.
benchmark::BenchmarkReporter::Run typical(run_list runs) {
    std::sort(runs.begin(), runs.end(),
              [](const auto& a, const auto& b) { return disturbance_of(a) < disturbance_of(b); });
    if (!contended().contains(runs.front().run_name.function_name)) runs.resize((runs.size() + 9) / 10);
    auto chosen = runs[runs.size() / 2];
    for (auto& [name, counter] : chosen.counters) {
        std::vector<double> values;
        for (const auto& run : runs)
            values.push_back(run.counters.at(name).value);
        std::sort(values.begin(), values.end());
        counter.value = values[values.size() / 2];
    }
    chosen.counters.erase(disturbance);
    return chosen;
}

/// Waits until all is measured, and reports what is typical of each benchmark.
template <class Reporter>
class in_order : public Reporter {
public:
    using Reporter::Reporter;

    void ReportRuns(const run_list& runs) override {
        if (runs.front().run_type != Reporter::Run::RT_Aggregate) runs_.push_back(typical(runs));
    }

    void Finalize() override {
        std::sort(runs_.begin(), runs_.end(),
                  [](const auto& a, const auto& b) { return a.family_index < b.family_index; });
        Reporter::ReportRuns(runs_);
        Reporter::Finalize();
    }

private:
    run_list runs_;
};

/// The limit of the benchmark that runs; null where it has none.
const limit* limit_now = nullptr;

benchmark::internal::Benchmark* registered(const std::string& name, const limit& against,
                                           std::function<void(benchmark::State&)> run) {
    static std::size_t benchmarks = 0;
    ++benchmarks;
    return benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
        // All results come at the end: a dot for about each round through all benchmarks shows that it goes on.
        static std::atomic<std::size_t> runs = 0;
        if (state.thread_index() == 0) {
            if (++runs % benchmarks == 0) std::fputc('.', stderr);
            limit_now = against.work ? &against : nullptr;
        }
        run(state);
    });
}

/// How many nanoseconds each of so many takes.
double nanoseconds(const std::function<void(std::size_t count)>& work, std::size_t count) {
    const auto begin = std::chrono::steady_clock::now();
    work(count);
    const std::chrono::duration<double, std::nano> passed = std::chrono::steady_clock::now() - begin;
    return passed.count() / static_cast<double>(count);
}

/// How many take about as long as a turn should: long enough to be timed, short enough to be undisturbed now and then, and
/// all of the largest deliveries, of which there are four: some lie better in the caches than others.
std::size_t count_in_a_turn(const std::function<void(std::size_t count)>& work) {
    constexpr double turn = 20'000;
    std::size_t count = 4;
    while (nanoseconds(work, count) * static_cast<double>(count) < turn)
        count *= 2;
    return count;
}

bool all_allocations_count = false;

} // namespace

std::size_t counted_allocations() {
    if (!all_allocations_count) fail("OpenSSL has allocated before its allocations could be counted");
    return allocations();
}

void add(const std::string& name, const limit& against, std::function<void(benchmark::State&)> run) {
    registered(name, against, std::move(run));
}

void add_shared(const std::string& name, int threads, std::function<void(benchmark::State&)> run) {
    registered(name, {}, std::move(run))->Threads(threads)->UseRealTime();
}

benchmark::internal::Benchmark* add_contended(const std::string& name, int threads,
                                              std::function<void(benchmark::State&)> run) {
    contended().insert(name);
    return registered(name, {}, std::move(run))->Threads(threads)->UseRealTime();
}

void take_turns(benchmark::State& state, const std::function<void(std::size_t count)>& own) {
    if (limit_now == nullptr) return;
    constexpr double enough = 1e6;
    const std::size_t own_count = count_in_a_turn(own);
    const std::size_t bare_count = count_in_a_turn(limit_now->work);
    double passed = 0;
    for (int turns = 0; turns < 3 || passed < enough; ++turns) {
        const double time = nanoseconds(own, own_count);
        const double bare = nanoseconds(limit_now->work, bare_count);
        passed += time * static_cast<double>(own_count) + bare * static_cast<double>(bare_count);
        if (turns > 0 && time * bare >= state.counters[disturbance]) continue;
        state.counters[disturbance] = time * bare;
        state.counters[x_limit] = time / (limit_now->times * bare);
    }
}

limit sha256_limit(std::size_t size_of_content) {
    const std::size_t blocks = (size_of_content + 9 + 63) / 64 + 1;
    static std::map<std::size_t, limit> made;
    if (const auto before = made.find(blocks); before != made.end()) return before->second;
    // As many different contents as the other benchmarks have deliveries, for the same pressure on the caches.
    const auto contents = std::make_shared<std::vector<std::string>>(blocks > 1024 ? 4 : 16);
    for (std::size_t i = 0; i < contents->size(); ++i)
        (*contents)[i].assign(blocks * 64, static_cast<char>('a' + i));
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif
    const auto hash = std::make_shared<SHA256_CTX>();
    SHA256_Init(hash.get());
    return made[blocks] = add_limit("limit/sha256_blocks_" + std::to_string(blocks), [=](std::size_t i) {
               const std::string& content = (*contents)[i % contents->size()];
               SHA256_Update(hash.get(), content.data(), content.size());
               benchmark::DoNotOptimize(*hash);
           });
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
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
    in_order<benchmark::ConsoleReporter> shown(benchmark::ConsoleReporter::OO_Tabular);
    in_order<benchmark::JSONReporter> written;
    const bool to_file = std::any_of(argv, argv + argc, [](const char* argument) {
        return std::string_view(argument).substr(0, 16) == "--benchmark_out=";
    });
    benchmark::RunSpecifiedBenchmarks(&shown, to_file ? &written : nullptr);
    benchmark::Shutdown();
    return 0;
}
