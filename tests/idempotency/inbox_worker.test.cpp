// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/inbox_worker.hpp>

#include "support/catch.hpp"

#include <chrono>

using namespace hookseal;
using namespace std::chrono_literals;

TEST_CASE("inbox_policy: no number of attempts is too many for the pause") {
    const inbox_policy policy{.first_pause = 1s, .longest_pause = 1h};
    REQUIRE(policy.pause_after(0) == 1s);
    REQUIRE(policy.pause_after(12) == 2048s);
    REQUIRE(policy.pause_after(13) == 1h);
    REQUIRE(policy.pause_after(0xffff'ffff) == 1h);
    REQUIRE(inbox_policy{.first_pause = 2h, .longest_pause = 1h}.pause_after(1) == 1h);
    REQUIRE(inbox_policy{.longest_pause = std::chrono::milliseconds::max()}.pause_after(0xffff'ffff)
            == std::chrono::milliseconds::max());
    REQUIRE(inbox_policy{.first_pause = 0ms}.pause_after(0xff) == 0ms);
}
