// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_PROCESS_CASES_HPP
#define HOOKSEAL_TESTS_PROCESS_CASES_HPP

#include <hookseal/crypto/random.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"
#include "support/child.hpp"

#include <sys/mman.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <new>
#include <string>
#include <thread>
#include <vector>

// What no store may get wrong when several processes use it, and when one of them dies or sleeps. `open()` gives a store
// over the same data, each time it is called, by pointer; `pass(time)` lets time pass for all of them.

namespace hookseal_tests {

/// Numbers that processes share.
template <std::size_t Count>
class shared_numbers {
public:
    using numbers = std::array<std::atomic<int>, Count>;
    shared_numbers()
        : at_(mmap(nullptr, sizeof(numbers), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
        if (at_ == MAP_FAILED) throw std::bad_alloc();
        new (at_) numbers{};
    }
    shared_numbers(const shared_numbers&) = delete;
    shared_numbers& operator=(const shared_numbers&) = delete;
    ~shared_numbers() { munmap(at_, sizeof(numbers)); }
    [[nodiscard]] std::atomic<int>& operator[](std::size_t i) const {
        return (*static_cast<numbers*>(at_))[i];
    }

private:
    void* at_;
};

/// Four processes want the same events at the same moment, through receivers whose random numbers come from a generator
/// that was in use before they were forked.
template <class Open>
void require_one_winner_among_processes(Open open) {
    constexpr std::size_t events = 100;
    constexpr int processes = 4;
    shared_numbers<events> handled;
    shared_numbers<events> arrived;
    std::array<unsigned char, 8> used{};
    REQUIRE(hookseal::random_bytes(used));
    {
        const auto store = open(); // makes what has to be made once
        REQUIRE_FALSE(store->check());
    }
    std::vector<child> all;
    for (int i = 0; i < processes; ++i)
        all.emplace_back([&] {
            using stripe_delivery = hookseal::testing::delivery<hookseal::providers::stripe>;
            const auto stripe = stripe_delivery::verifier();
            const auto store = open();
            hookseal::receiver rx{stripe, *store};
            int unexpected = 0;
            for (std::size_t event = 0; event < events; ++event) {
                const stripe_delivery paid(R"({"id":"raced_)" + std::to_string(event) + "\"}");
                ++arrived[event];
                while (arrived[event] < processes)
                    std::this_thread::yield();
                hookseal::reply_reason why{};
                do
                    why = rx(paid.request(), [&](const auto&) { ++handled[event]; }).why;
                while (why == hookseal::reply_reason::store_unavailable); // a busy file
                const bool is_well = why == hookseal::reply_reason::handled
                                     || why == hookseal::reply_reason::duplicate
                                     || why == hookseal::reply_reason::in_flight;
                unexpected += is_well ? 0 : 1;
            }
            return unexpected;
        });
    for (child& each : all)
        REQUIRE(each.wait() == 0);
    for (std::size_t event = 0; event < events; ++event)
        REQUIRE(handled[event] == 1);
}

/// A process is stopped while it owns an event, and goes on when somebody else has taken over: and completed it, or failed
/// so that a third one owns it.
template <class Open, class Pass>
void require_late_finisher_changes_nothing(Open open, Pass pass) {
    using namespace hookseal;
    constexpr auto lease = std::chrono::seconds(1);
    for (const bool successor_completes : {true, false}) {
        const std::string id = successor_completes ? "late_one" : "late_two";
        const auto claim = [&](auto& store, std::uint64_t nonce, std::chrono::milliseconds longest) {
            return store.claim(
                {.key = key_of(id), .lease = longest, .keep = std::chrono::hours(1), .nonce = nonce});
        };
        child late([&] {
            const auto store = open();
            const claim_answer mine = claim(*store, 1, lease);
            if (mine.status != claim_status::granted) return 1;
            raise(SIGSTOP);
            const bool all_stale =
                store->complete(mine.token, {ending::handled, 13}).status == settle_status::stale
                && store->release(mine.token, earlier::released).status == settle_status::stale
                && store->extend(mine.token, lease).status == settle_status::stale;
            return all_stale ? 0 : 2;
        });
        late.wait_for_stop();
        const auto store = open();
        REQUIRE(claim(*store, 2, lease).status == claim_status::in_flight);
        pass(lease);
        claim_answer next = claim(*store, 3, std::chrono::hours(1));
        REQUIRE(next.status == claim_status::granted);
        REQUIRE(next.before == earlier::unknown);
        if (successor_completes) {
            REQUIRE(store->complete(next.token, {ending::handled, 7}).status == settle_status::ok);
        } else {
            REQUIRE(store->release(next.token, earlier::released).status == settle_status::ok);
            next = claim(*store, 4, std::chrono::hours(1));
            REQUIRE(next.before == earlier::released);
        }
        late.resume();
        REQUIRE(late.wait() == 0);
        if (!successor_completes)
            REQUIRE(store->complete(next.token, {ending::handled, 7}).status == settle_status::ok);
        REQUIRE(claim(*store, 5, lease).result == outcome{ending::handled, 7});
    }
}

/// Where a process dies that handles an event. The event is delivered again before the dead one's lease is over, and after.
enum class step { before_the_claim, after_the_claim, after_the_work, after_the_completion, none };

inline void die_at(step here, step last) {
    if (here == last) raise(SIGKILL);
}

/// Without a transaction: whoever dies between its work and the completion has the work done again, and only then.
template <class Open, class Pass>
void require_deaths_are_made_good(Open open, Pass pass) {
    using namespace hookseal;
    using namespace std::chrono_literals;
    for (const step last :
         {step::before_the_claim, step::after_the_claim, step::after_the_work, step::after_the_completion}) {
        shared_numbers<1> effects;
        const std::string id = "dies_" + std::to_string(static_cast<int>(last));
        const claim_request request{.key = key_of(id), .lease = 1s, .keep = 1h, .nonce = 1};
        const auto handle = [&](std::uint64_t nonce, step dies) {
            die_at(step::before_the_claim, dies);
            const auto store = open();
            claim_request mine = request;
            mine.nonce = nonce;
            const claim_answer answer = store->claim(mine);
            if (answer.status != claim_status::granted) return answer;
            die_at(step::after_the_claim, dies);
            ++effects[0];
            die_at(step::after_the_work, dies);
            REQUIRE(store->complete(answer.token, {}).status == settle_status::ok);
            die_at(step::after_the_completion, dies);
            return answer;
        };
        REQUIRE(child([&] { return handle(1, last).status == claim_status::granted ? 0 : 1; }).wait() == -1);

        claim_answer again = handle(2, step::none);
        if (last == step::before_the_claim) {
            REQUIRE(again.status == claim_status::granted);
            REQUIRE(again.before == earlier::none);
        } else if (last == step::after_the_completion) {
            REQUIRE(again.status == claim_status::done);
        } else {
            REQUIRE(again.status == claim_status::in_flight);
            pass(1s);
            again = handle(3, step::none);
            REQUIRE(again.status == claim_status::granted);
            REQUIRE(again.before == earlier::unknown);
            REQUIRE(again.token.attempt == 2);
        }
        REQUIRE(effects[0] == (last == step::after_the_work ? 2 : 1));
        REQUIRE(handle(4, step::none).status == claim_status::done);
    }
}

/// In a transaction: the work is there once, whenever the process died. `work(transaction)` does it and `effects()` counts;
/// `begin(store)` gives a session.
template <class Open, class Pass, class Begin, class Work, class Effects>
void require_deaths_leave_one_effect(Open open, Pass pass, Begin begin, Work work, Effects effects) {
    using namespace hookseal;
    using namespace std::chrono_literals;
    int expected = effects();
    for (const step last :
         {step::before_the_claim, step::after_the_claim, step::after_the_work, step::after_the_completion}) {
        const std::string id = "dies_inside_" + std::to_string(expected);
        const auto handle = [&](std::uint64_t nonce, step dies) {
            const auto store = open();
            auto session = begin(*store);
            die_at(step::before_the_claim, dies);
            const claim_answer answer =
                session.claim({.key = key_of(id), .lease = 1s, .keep = 1h, .nonce = nonce});
            if (answer.status != claim_status::granted) return answer.status;
            die_at(step::after_the_claim, dies);
            work(session.transaction());
            die_at(step::after_the_work, dies);
            if (session.complete(answer.token, {}).status != settle_status::ok)
                return claim_status::unavailable;
            die_at(step::after_the_completion, dies);
            return claim_status::granted;
        };
        REQUIRE(child([&] { return handle(1, last) == claim_status::granted ? 0 : 1; }).wait() == -1);
        claim_status told = handle(2, step::none);
        if (told == claim_status::in_flight) {
            REQUIRE(effects() == expected);
            pass(1s);
            told = handle(3, step::none);
        }
        REQUIRE(told == (last == step::after_the_completion ? claim_status::done : claim_status::granted));
        REQUIRE(handle(4, step::none) == claim_status::done);
        REQUIRE(effects() == ++expected);
    }
}

} // namespace hookseal_tests

#endif
