// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_STEPPED_CLOCK_HPP
#define HOOKSEAL_TESTS_STEPPED_CLOCK_HPP

#include <hookseal/idempotency/claim.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"
#include "support/skip.hpp"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>

// The wall clock of this process alone, as it is where machines disagree about the time or somebody sets it. For one file
// of a program: it defines the function that the standard library asks.

namespace hookseal_tests {

inline std::atomic<std::int64_t> clock_step = 0; ///< in seconds

[[nodiscard]] inline bool clock_can_be_stepped() {
    const auto now = [] { return std::chrono::system_clock::now(); };
    const auto before = now();
    clock_step = 3600;
    const bool so = now() - before >= std::chrono::hours(1);
    clock_step = 0;
    if (!so) skip("the clock of this process cannot be stepped");
    return so;
}

/// Two stores over the same data whose clocks differ, in turn: no lease ends early, and none is stuck. `open()` gives a
/// store, by pointer; `pass(time)` lets time pass for all of them, on whatever clock counts.
template <class Open, class Pass>
void require_clock_steps_end_no_lease(Open open, Pass pass) {
    using namespace hookseal;
    using namespace std::chrono_literals;
    if (!clock_can_be_stepped()) return;
    const auto one = open();
    const auto other = open();
    std::uint64_t nonce = 0;
    const auto claim = [&](auto& store, std::string_view id, std::chrono::milliseconds lease) {
        return store.claim({.key = key_of(id), .lease = lease, .keep = 24h * 365, .nonce = ++nonce});
    };
    constexpr std::int64_t hour = 3600;
    for (const std::int64_t claimed_at : {std::int64_t{0}, hour, -hour}) {
        const std::string id = "at_" + std::to_string(claimed_at);
        clock_step = claimed_at;
        const claim_answer mine = claim(*one, id, 10min);
        REQUIRE(mine.status == claim_status::granted);
        for (const std::int64_t step : {hour, std::int64_t{0}, -hour, 24 * hour}) {
            CAPTURE(claimed_at, step);
            clock_step = step;
            const claim_answer busy = claim(*other, id, 10min);
            REQUIRE(busy.status == claim_status::in_flight);
            REQUIRE(busy.remaining > 0ms);
            REQUIRE(busy.remaining <= 10min);
            REQUIRE(one->extend(mine.token, 10min).status == settle_status::ok);
        }
        REQUIRE(one->complete(mine.token, {}).status == settle_status::ok);
        clock_step = -claimed_at;
        REQUIRE(claim(*other, id, 10min).status == claim_status::done);

        clock_step = claimed_at;
        const claim_answer dead = claim(*one, id + "_dead", 20ms);
        REQUIRE(dead.status == claim_status::granted);
        clock_step = -claimed_at;
        pass(20ms);
        REQUIRE(claim(*other, id + "_dead", 10min).before == earlier::unknown);
        REQUIRE(one->complete(dead.token, {}).status == settle_status::stale);
    }
    clock_step = 0;
}

} // namespace hookseal_tests

extern "C" int clock_gettime(clockid_t which, timespec* to) noexcept {
    const auto failed = syscall(SYS_clock_gettime, which, to);
    if (failed == 0 && which == CLOCK_REALTIME) to->tv_sec += hookseal_tests::clock_step;
    return static_cast<int>(failed);
}

#endif
