// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTING_STORE_RACES_HPP
#define HOOKSEAL_TESTING_STORE_RACES_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/testing/store_report.hpp>

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace hookseal::inline v0_1::testing::detail {

/// Several threads that want the same at the same moment; half of them through the second store, where there is one.
template <class Make>
class store_races {
    using harness = std::invoke_result_t<Make&>;
    using store_type = std::remove_cvref_t<decltype(std::declval<harness&>().store())>;
    static constexpr promises promised = store_type::promised;

public:
    store_races(Make& make, const suite_settings& settings, store_report& told)
        : make_(make), settings_(settings), told_(told) {
        for (std::size_t i = 0; i < settings.events; ++i)
            keys_.push_back(suite_key("raced_" + std::to_string(i)));
    }

    void run() {
        race("of several who claim an event at the same moment, one gets it", promised.exclusive,
             [](harness&, const event_key&, std::uint64_t) {});
        race("of several who take over at the same moment, one does", promised.exclusive && promised.fenced,
             [](harness& with, const event_key& key, std::uint64_t nonce) {
                 (void)with.store().claim(request_for(key, nonce));
                 with.pass(suite_lease + suite_slack);
             });
        race("of several who claim what was released at the same moment, one gets it",
             promised.exclusive && promised.fenced,
             [](harness& with, const event_key& key, std::uint64_t nonce) {
                 const claim_answer first = with.store().claim(request_for(key, nonce));
                 (void)with.store().release(first.token, earlier::released);
             });
        settle_race();
        renewal_race();
    }

private:
    template <class Prepare>
    void race(std::string_view name, bool is_promised, Prepare prepare) {
        if (!is_promised) {
            told_.skipped.emplace_back(name);
            return;
        }
        suite_case that(name, told_);
        harness with = make_();
        std::vector<std::atomic<int>> winners(keys_.size());
        std::atomic<int> unsettled = 0;
        together(with, [&](std::size_t thread, std::size_t event, store_type& store, auto& barrier) {
            const std::uint64_t nonce = 1000 * (event + 1) + thread;
            if (thread == 0) prepare(with, keys_[event], nonce + 500);
            barrier.arrive_and_wait();
            claim_answer answer = store.claim(request_for(keys_[event], nonce));
            for (int i = 0; i < 20 && answer.status == claim_status::unavailable; ++i)
                answer = store.claim(request_for(keys_[event], nonce));
            barrier.arrive_and_wait(); // whoever lost must not have come after the winner was done
            if (answer.status != claim_status::granted) return;
            ++winners[event];
            if (store.complete(answer.token, {}).status != settle_status::ok) ++unsettled;
        });
        for (const auto& each : winners)
            if (!that.check(each <= 1, "two got it") || !that.check(each == 1, "nobody got it")) break;
        that.check(unsettled == 0, "the winner could not complete");
    }

    /// The same owner, in two minds.
    void settle_race() {
        constexpr std::string_view name =
            "an event that is completed and released at the same moment is either";
        if (!promised.exclusive || !promised.fenced) {
            told_.skipped.emplace_back(name);
            return;
        }
        suite_case that(name, told_);
        harness with = make_();
        std::vector<claim_token> tokens(keys_.size());
        std::vector<std::atomic<int>> completed(keys_.size());
        std::vector<std::atomic<int>> released(keys_.size());
        together(with, [&](std::size_t thread, std::size_t event, store_type& store, auto& barrier) {
            if (thread == 0) tokens[event] = with.store().claim(request_for(keys_[event], event + 1)).token;
            barrier.arrive_and_wait();
            const auto told = thread % 2 == 0 ? store.complete(tokens[event], {})
                                              : store.release(tokens[event], earlier::released);
            if (told.status == settle_status::ok) ++(thread % 2 == 0 ? completed : released)[event];
            barrier.arrive_and_wait();
        });
        for (std::size_t event = 0; event < keys_.size(); ++event) {
            const bool is_one = (completed[event] == 0) != (released[event] == 0);
            const auto next = with.store().claim(request_for(keys_[event], 1'000'000 + event)).status;
            const bool is_so = next == (completed[event] != 0 ? claim_status::done : claim_status::granted);
            if (!that.check(is_one, "both or neither were told ok") || !that.check(is_so, "it is the other"))
                break;
        }
    }

    /// The owner wants more time when its lease is as good as over, and others ask for the event at the same moment. Where
    /// the time is exact, a tick before the end, at the end, and a tick after it.
    void renewal_race() {
        constexpr std::string_view name =
            "of who extends a lease and who takes over at the same moment, one has the event";
        if constexpr (!extendable<store_type> || !promised.exclusive || !promised.fenced
                      || !promised.recovers) {
            told_.skipped.emplace_back(name);
        } else {
            suite_case that(name, told_);
            harness with = make_();
            std::vector<claim_token> tokens(keys_.size());
            std::vector<std::atomic<int>> extended(keys_.size());
            std::vector<std::atomic<int>> taken_over(keys_.size());
            const auto after_end = [](std::size_t event) {
                if constexpr (requires { requires harness::exact_time; })
                    return std::chrono::milliseconds(static_cast<int>(event % 3) - 1);
                else
                    return suite_slack;
            };
            together(with, [&](std::size_t thread, std::size_t event, store_type& store, auto& barrier) {
                const std::uint64_t nonce = 1000 * (event + 1) + thread;
                if (thread == 0) {
                    tokens[event] = with.store().claim(request_for(keys_[event], nonce + 500)).token;
                    with.pass(suite_lease + after_end(event));
                }
                barrier.arrive_and_wait();
                if (thread % 2 == 0) {
                    settle_answer told = store.extend(tokens[event], suite_lease);
                    for (int i = 0; i < 20 && told.status == settle_status::unavailable; ++i)
                        told = store.extend(tokens[event], suite_lease);
                    if (told.status == settle_status::ok) ++extended[event];
                } else {
                    claim_answer told = store.claim(request_for(keys_[event], nonce));
                    for (int i = 0; i < 20 && told.status == claim_status::unavailable; ++i)
                        told = store.claim(request_for(keys_[event], nonce));
                    if (told.status == claim_status::granted) ++taken_over[event];
                }
            });
            for (std::size_t event = 0; event < keys_.size() && !that.found(); ++event) {
                that.check(extended[event] == 0 || taken_over[event] == 0, "both have it");
                that.check(extended[event] + taken_over[event] > 0, "nobody has it");
                that.check(taken_over[event] <= 1, "two took it over");
                that.check(taken_over[event] == 0 || after_end(event).count() >= 0,
                           "before the lease was over");
            }
        }
    }

    template <class Each>
    void together(harness& with, Each each) {
        const std::size_t count = settings_.threads < 2 ? 2 : settings_.threads;
        std::barrier barrier(static_cast<std::ptrdiff_t>(count));
        std::vector<std::thread> threads;
        for (std::size_t thread = 0; thread < count; ++thread)
            threads.emplace_back([&, thread] {
                store_type* store = &with.store();
                if constexpr (requires { with.another(); })
                    if (thread >= count / 2) store = &with.another();
                for (std::size_t event = 0; event < keys_.size(); ++event) {
                    barrier.arrive_and_wait();
                    each(thread, event, *store, barrier);
                }
            });
        for (std::thread& each_thread : threads)
            each_thread.join();
    }

    [[nodiscard]] static claim_request request_for(const event_key& key, std::uint64_t nonce) {
        return {
            .key = key, .lease = suite_lease, .keep = suite_keep, .nonce = promised.repeatable ? nonce : 0};
    }

    Make& make_;
    const suite_settings& settings_;
    store_report& told_;
    std::vector<event_key> keys_;
};

template <class Make>
void run_store_races(Make& make, const suite_settings& settings, store_report& told) {
    store_races<Make>(make, settings, told).run();
}

} // namespace hookseal::inline v0_1::testing::detail

#endif
