// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/sqlite_store.hpp>

#include "sqlite/temporary_file.hpp"
#include "support/catch.hpp"
#include "support/stepped_clock.hpp"

#include <chrono>
#include <memory>
#include <thread>

using namespace hookseal;
using namespace hookseal_tests;

TEST_CASE("sqlite_store: with its own clocks, a step of the wall clock ends no lease") {
    if (machine_ticks().run() == 0) return skip("this system does not tell its starts apart");
    const temporary_file file;
    require_clock_steps_end_no_lease(
        [&] { return std::make_unique<sqlite_store<>>(file.path()); },
        [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); });
}
