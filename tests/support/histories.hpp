// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_HISTORIES_HPP
#define HOOKSEAL_TESTS_HISTORIES_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/record_text.hpp>
#include <hookseal/idempotency/state_machine.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

// Histories of what threads asked of a store at the same moment, and were told: there must be an order of the calls, each
// somewhere between its beginning and its end, in which the state machine tells the same.

namespace hookseal_tests {

struct recorded_call {
    enum class verb { claim, complete, release, extend };

    verb what = verb::claim;
    std::uint64_t nonce = 0;       ///< of a claim
    hookseal::claim_token token{}; ///< of all others
    std::size_t begun = 0;         ///< calls are told apart by one counter
    std::size_t ended = 0;
    hookseal::claim_answer claimed{};
    hookseal::settle_answer settled{};
};

inline constexpr std::chrono::milliseconds history_lease = std::chrono::hours(1);
inline constexpr std::chrono::milliseconds history_keep = std::chrono::hours(48);

/// Searches for such an order, from `before` on, while the time stands still.
class linearization {
public:
    linearization(const std::vector<recorded_call>& calls, hookseal::tick now) : calls_(calls), now_(now) {}

    [[nodiscard]] bool exists(const hookseal::claim_record& before) { return exists(before, 0); }

private:
    [[nodiscard]] bool exists(const hookseal::claim_record& record, unsigned done) {
        if (done + 1 == 1U << calls_.size()) return true;
        if (!seen_.emplace(done, hookseal::record_text(record).view()).second) return false;
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            if ((done >> i & 1U) != 0 || !may_be_next(i, done)) continue;
            hookseal::claim_record next = record;
            if (tells_the_same(calls_[i], next) && exists(next, done | 1U << i)) return true;
        }
        return false;
    }
    [[nodiscard]] bool may_be_next(std::size_t which, unsigned done) const {
        for (std::size_t i = 0; i < calls_.size(); ++i)
            if ((done >> i & 1U) == 0 && calls_[i].ended < calls_[which].begun) return false;
        return true;
    }
    [[nodiscard]] bool tells_the_same(const recorded_call& call, hookseal::claim_record& record) const {
        using namespace hookseal;
        using verb = recorded_call::verb;
        if (call.what == verb::claim) {
            const claim_answer& told = call.claimed;
            const claim_terms terms{history_lease.count(), history_keep.count(), call.nonce};
            const claim_answer right = decide_claim(record, terms, now_, told.token.generation);
            if (right.status != told.status) return false;
            if (right.status == claim_status::done) return right.result == told.result;
            return right.status != claim_status::granted
                   || (right.token.generation == told.token.generation
                       && right.token.attempt == told.token.attempt && right.before == told.before
                       && right.repeated == told.repeated);
        }
        const settlement wanted = call.what == verb::complete  ? settlement::complete({ending::handled, 7})
                                  : call.what == verb::release ? settlement::release(earlier::released)
                                                               : settlement::extend(history_lease);
        claim_token token = call.token; // a store in memory knows owners by their generation alone
        if (token.generation == record.generation) token.nonce = record.nonce;
        return decide_settle(record, token, wanted, now_).status == call.settled.status;
    }

    const std::vector<recorded_call>& calls_;
    hookseal::tick now_;
    std::set<std::pair<unsigned, std::string>> seen_{};
};

/// Three threads at a time claim an event, and settle it with whatever token they know: their own, or that of an owner
/// whose lease is over. `with` has a `store()`, and lets time `pass(…)` for it.
template <class With>
void require_linearizable(With& with, int histories) {
    using namespace hookseal;
    using verb = recorded_call::verb;
    constexpr std::size_t threads = 3, calls = 4;
    for (int history = 0; history < histories; ++history) {
        const event_key key = key_of("history_" + std::to_string(history));
        const auto claim = [&](std::uint64_t nonce) {
            return with.store().claim(
                {.key = key, .lease = history_lease, .keep = history_keep, .nonce = nonce});
        };
        const claim_answer dead = claim(1);
        REQUIRE(dead.status == claim_status::granted);
        with.pass(history_lease);

        std::atomic<std::size_t> clock = 0, arrived = 0;
        std::array<std::vector<recorded_call>, threads> recorded;
        std::vector<std::thread> all;
        for (std::size_t thread = 0; thread < threads; ++thread)
            all.emplace_back([&, thread] {
                std::mt19937 random(static_cast<unsigned>(history) * 31U + static_cast<unsigned>(thread));
                claim_token known = dead.token;
                ++arrived;
                while (arrived < threads)
                    std::this_thread::yield();
                for (std::size_t i = 0; i < calls; ++i) {
                    recorded_call call;
                    call.what = static_cast<verb>(random() % 4);
                    call.nonce = 10 + thread * calls + i;
                    call.token = known;
                    call.begun = clock++;
                    switch (call.what) {
                    case verb::claim: call.claimed = claim(call.nonce); break;
                    case verb::complete:
                        call.settled = with.store().complete(known, {ending::handled, 7});
                        break;
                    case verb::release: call.settled = with.store().release(known, earlier::released); break;
                    case verb::extend: call.settled = with.store().extend(known, history_lease); break;
                    }
                    call.ended = clock++;
                    if (call.claimed.status == claim_status::granted) known = call.claimed.token;
                    recorded[thread].push_back(call);
                }
            });
        for (std::thread& each : all)
            each.join();

        std::vector<recorded_call> calls_of_all;
        for (const auto& of_one : recorded)
            calls_of_all.insert(calls_of_all.end(), of_one.begin(), of_one.end());
        // The record as the dead owner left it, at a time of the model's own.
        claim_record before;
        const tick then = 1'000'000;
        const claim_terms terms{history_lease.count(), history_keep.count(), 1};
        REQUIRE(decide_claim(before, terms, then, dead.token.generation).token.generation
                == dead.token.generation);
        CAPTURE(history);
        REQUIRE(linearization(calls_of_all, then + history_lease.count()).exists(before));
    }
}

} // namespace hookseal_tests

#endif
