// SPDX-License-Identifier: MIT
// What threads that share a verifier cost each other.
#include "support/deliveries.hpp"
#include "support/harness.hpp"

#include <hookseal/providers/slack.hpp>
#include <hookseal/verifier.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal_bench {

namespace {

using slack = hookseal::providers::slack;
constexpr std::string_view key = "8f742231b10e8888abcd99yyyzzz85a5";

void verify_shared(benchmark::State& state, std::size_t size) {
    static const hookseal::verifier<slack> v{hookseal::secret(key)};
    const deliveries from = deliveries::of<slack>(hookseal::secret(key), size);
    measure(state, [&](std::size_t i) {
        auto event = v.verify(from[i].request());
        if (!event) fail(message(event.error()));
        benchmark::DoNotOptimize(event);
    });
}

} // namespace

void add_benchmarks() {
    for (const int threads : {1, 2})
        add_shared("verify_shared/1024", threads, [](auto& state) { verify_shared(state, 1024); });
}

} // namespace hookseal_bench
