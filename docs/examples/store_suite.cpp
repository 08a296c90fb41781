// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/testing/store_suite.hpp>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

// [suite]
struct test_clock {
    const hookseal::tick* at;
    [[nodiscard]] hookseal::tick now() const noexcept { return *at; }
};

struct my_harness {
    using my_store = hookseal::lru_ttl_store<test_clock>;
    std::unique_ptr<hookseal::tick> now = std::make_unique<hookseal::tick>(0);
    std::unique_ptr<my_store> under_test = std::make_unique<my_store>(1000, test_clock{now.get()});

    static constexpr bool exact_time = true;
    my_store& store() { return *under_test; }
    void pass(std::chrono::milliseconds time) { *now += time.count(); }
};

int main() {
    const auto told = hookseal::testing::run_store_suite([] { return my_harness(); });
    for (const std::string& fault : told.faults)
        std::puts(fault.c_str());
    return told.well() ? 0 : 1;
}
// [/suite]
