// SPDX-License-Identifier: MIT
#include "support/histories.hpp"

#include <hookseal/idempotency/lru_ttl_store.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

using verb = recorded_call::verb;

recorded_call granted(std::uint64_t generation, std::size_t begun, std::size_t ended) {
    recorded_call call;
    call.nonce = generation;
    call.begun = begun;
    call.ended = ended;
    call.claimed.status = claim_status::granted;
    call.claimed.token = {.generation = generation, .nonce = generation, .attempt = 1, .keep_seconds = 3600};
    return call;
}
recorded_call in_flight(std::size_t begun, std::size_t ended) {
    recorded_call call = granted(0, begun, ended);
    call.claimed = {};
    call.claimed.status = claim_status::in_flight;
    return call;
}
recorded_call completed(std::uint64_t generation, std::size_t begun, std::size_t ended,
                        settle_status told = settle_status::ok) {
    recorded_call call = granted(generation, begun, ended);
    call.what = verb::complete;
    call.token = call.claimed.token;
    call.claimed = {};
    call.settled.status = told;
    return call;
}
bool is_possible(const std::vector<recorded_call>& calls) { return linearization(calls, 0).exists({}); }

} // namespace

TEST_CASE("histories: an order that explains all is found") {
    REQUIRE(is_possible({granted(1, 0, 1), in_flight(2, 3), completed(1, 4, 5)}));
    REQUIRE(is_possible({in_flight(0, 3), granted(1, 1, 2)})); // it began first and came second
    REQUIRE(is_possible({granted(1, 0, 1), completed(1, 2, 3), completed(1, 4, 5)}));
}

TEST_CASE("histories: what no order explains is noticed") {
    REQUIRE_FALSE(is_possible({granted(1, 0, 3), granted(2, 1, 2)}));                    // two owners
    REQUIRE_FALSE(is_possible({in_flight(0, 1), granted(1, 2, 3)}));                     // of nobody
    REQUIRE_FALSE(is_possible({granted(1, 0, 1), completed(1, 2, 3), in_flight(4, 5)})); // not any more
    REQUIRE_FALSE(is_possible({granted(1, 0, 1), completed(2, 2, 3)}));                  // not the owner
    REQUIRE_FALSE(is_possible({granted(1, 0, 1), completed(1, 2, 3, settle_status::stale)}));
}

TEST_CASE("lru_ttl_store: what threads are told at the same moment has an order") {
    struct harness {
        tick now = 0;
        lru_ttl_store<test_ticks> memory{100'000, test_ticks{&now}};
        auto& store() { return memory; }
        void pass(std::chrono::milliseconds time) { now += time.count(); }
    };
    harness with;
    require_linearizable(with, 2000);
}
