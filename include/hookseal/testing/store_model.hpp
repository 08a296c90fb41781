// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTING_STORE_MODEL_HPP
#define HOOKSEAL_TESTING_STORE_MODEL_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/testing/store_report.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace hookseal::inline v0_1::testing::detail {

/// Random sequences of calls, put to the store and to the state machine alike.
template <class Make>
class store_model {
    using harness = std::invoke_result_t<Make&>;
    using store_type = std::remove_cvref_t<decltype(std::declval<harness&>().store())>;
    static constexpr promises promised = store_type::promised;

    struct granted {
        claim_token theirs;
        claim_token models;
    };

public:
    store_model(Make& make, const suite_settings& settings, suite_case& that)
        : make_(make), settings_(settings), that_(that) {}

    void run() {
        for (std::size_t i = 0; i < settings_.sequences && !that_.found(); ++i) {
            const auto seed = static_cast<std::uint32_t>(settings_.seed + i);
            random_.seed(seed);
            sequence("seed " + std::to_string(seed) + ", step ");
        }
    }

private:
    void sequence(const std::string& called) {
        harness with = make_();
        claim_record record;
        tick now = 0;
        std::uint64_t nonce = 0;
        std::vector<granted> tokens;
        // Steps of ten minutes, and leases five minutes off: whatever time the machine takes in between decides nothing.
        constexpr std::chrono::milliseconds unit = std::chrono::minutes(10);
        constexpr std::chrono::milliseconds lease = unit * 6 - unit / 2;
        constexpr std::chrono::milliseconds keep = unit * 30 + unit / 4;
        const auto begun = std::chrono::steady_clock::now();

        for (std::size_t step = 0; step < settings_.steps && !that_.found(); ++step) {
            if (std::chrono::steady_clock::now() - begun > unit / 8) return;
            at_ = called + std::to_string(step) + ": ";
            if (random(3) == 0) {
                const auto passed = unit * (random(8) == 0 ? 20 + random(20) : random(4));
                with.pass(passed);
                now += passed.count();
            }
            const granted held = tokens.empty() ? granted{} : tokens[random(tokens.size())];
            switch (random(tokens.empty() ? 1 : 8)) {
            case 0:
            case 1:
            case 2: {
                const bool by_ticket = promised.hands_over && !tokens.empty() && random(3) == 0;
                const bool repeats = promised.repeatable && nonce != 0 && random(4) == 0;
                if (!repeats) ++nonce;
                claim_request request{.key = by_ticket ? event_key::of(held.theirs) : key_,
                                      .lease = lease,
                                      .keep = keep,
                                      .nonce =
                                          promised.repeatable ? (repeats ? nonce - random(2) : nonce) : 0};
                if (request.nonce == 0 && promised.repeatable) request.nonce = nonce;
                claim_terms terms = claim_terms::of(request);
                if (by_ticket) request.handed_over = &held.theirs;
                if (by_ticket) terms.handed_over = &held.models;
                // A store may let generations grow by more than one; what the model says only has to be unlike others.
                const claim_answer expected = decide_claim(record, terms, now, highest_ + 1);
                const claim_answer answer = with.store().claim(request);
                compare(answer, expected);
                if (answer.status == claim_status::granted) {
                    highest_ = std::max(highest_, expected.token.generation);
                    tokens.push_back({answer.token, expected.token});
                    if (tokens.size() > 5) tokens.erase(tokens.begin());
                }
                break;
            }
            case 3:
            case 4: {
                const bool hands_over = promised.hands_over && random(3) == 0;
                const outcome result{hands_over ? ending::accepted : ending::handled,
                                     static_cast<std::uint16_t>(random(2))};
                compare(with.store().complete(held.theirs, result),
                        decide_settle(record, held.models, settlement::complete(result), now));
                break;
            }
            case 5:
            case 6: {
                const earlier reason = random(2) == 0 ? earlier::released : earlier::unknown;
                compare(with.store().release(held.theirs, reason),
                        decide_settle(record, held.models, settlement::release(reason), now));
                break;
            }
            default:
                if constexpr (extendable<store_type>)
                    compare(with.store().extend(held.theirs, lease),
                            decide_settle(record, held.models, settlement::extend(lease), now));
                if constexpr (administrable<store_type>) {
                    if (random(6) == 0)
                        compare(with.store().forget(operators_), decide_forget(record, now));
                    else
                        compare(with.store().peek(operators_), show(record, now));
                }
                break;
            }
        }
    }

    void compare(const claim_answer& got, const claim_answer& wanted) {
        check(got.status == wanted.status, "claim's status", got.status, wanted.status);
        if (got.status != wanted.status) return;
        check(got.before == wanted.before, "what was before", got.before, wanted.before);
        check(got.repeated == wanted.repeated, "whether it is a repetition", got.repeated, wanted.repeated);
        check(got.result == wanted.result, "the outcome", got.result.how, wanted.result.how);
        check(got.token.attempt == wanted.token.attempt, "the attempt", got.token.attempt,
              wanted.token.attempt);
        near(got.remaining, wanted.remaining);
    }
    void compare(const settle_answer& got, const settle_answer& wanted) {
        check(got.status == wanted.status, "the settlement's status", got.status, wanted.status);
    }
    void compare(const peek_answer& got, const peek_answer& wanted) {
        check(got.available, "whether it can be seen", got.available, true);
        check(got.state == wanted.state, "the state", got.state, wanted.state);
        check(got.attempt == wanted.attempt, "the attempt seen", got.attempt, wanted.attempt);
        check(got.result == wanted.result, "the outcome seen", got.result.how, wanted.result.how);
        near(got.remaining, wanted.remaining);
    }
    void near(std::chrono::milliseconds got, std::chrono::milliseconds wanted) {
        const bool is_near = got <= wanted && wanted - got <= std::chrono::minutes(2);
        check(is_near, "what remains", got.count(), wanted.count());
    }
    template <class Value>
    void check(bool holds, std::string_view what, Value got, Value wanted) {
        if (holds) return;
        const auto number = [](Value value) { return std::to_string(static_cast<std::int64_t>(value)); };
        that_.check(false, at_ + std::string(what) + " is " + number(got) + ", not " + number(wanted));
    }

    [[nodiscard]] std::uint32_t random(std::size_t below) {
        return static_cast<std::uint32_t>(random_() % below);
    }

    Make& make_;
    const suite_settings& settings_;
    suite_case& that_;
    std::string at_;
    std::mt19937 random_{};
    std::uint64_t highest_ = 0;
    event_key key_ = suite_key("a");
    unverified_key operators_{.provider = "stripe", .id = "a"};
};

template <class Make>
void run_store_model(Make& make, const suite_settings& settings, store_report& told) {
    using store = std::remove_cvref_t<decltype(std::declval<std::invoke_result_t<Make&>&>().store())>;
    constexpr promises promised = store::promised;
    constexpr std::string_view name = "random calls are answered as the state machine answers them";
    if constexpr (promised.fenced && promised.recovers && promised.counts_attempts
                  && promised.tells_in_flight) {
        suite_case that(name, told);
        store_model<Make>(make, settings, that).run();
    } else {
        told.skipped.emplace_back(name);
    }
}

} // namespace hookseal::inline v0_1::testing::detail

#endif
