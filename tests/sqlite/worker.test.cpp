// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/sqlite_store.hpp>

#include "idempotency/keys.hpp"
#include "sqlite/temporary_file.hpp"
#include "support/catch.hpp"
#include "support/worker_cases.hpp"

#include <chrono>

using namespace hookseal;
using namespace hookseal_tests;

TEST_CASE("sqlite_store: workers take over what was accepted, one at a time, until one has finished") {
    const temporary_file file;
    tick now = 1'800'000'000'000;
    sqlite_store store{file.path(), {}, test_ticks{&now}, ignore_store_errors{}, test_ticks{&now}};
    require_workers_well(store, [&](std::chrono::milliseconds time) { now += time.count(); });
}
