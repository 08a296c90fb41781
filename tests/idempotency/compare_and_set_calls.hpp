// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_COMPARE_AND_SET_CALLS_HPP
#define HOOKSEAL_TESTS_COMPARE_AND_SET_CALLS_HPP

#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/state_machine.hpp>

#include "idempotency/compare_and_set_table.hpp"
#include "idempotency/keys.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hookseal_tests {

/// Puts the same calls about one event to a compare-and-set store and to the state machine. `below(n)` chooses everything,
/// a number less than n each time; `require(holds, what)` is told of every answer.
template <class Below, class Require>
class compare_and_set_calls {
public:
    compare_and_set_calls(Below& below, Require& require) : below_(below), require_(require) { claim(false); }

    void step() {
        table_.now += static_cast<hookseal::tick>(below_(4000));
        const hookseal::claim_token token = tokens_[below_(tokens_.size())];
        switch (below_(6)) {
        case 0:
        case 1: claim(below_(3) == 0, below_(4) == 0 ? &token : nullptr); break;
        case 2:
        case 3: {
            const hookseal::outcome result{below_(3) == 0 ? hookseal::ending::accepted
                                                          : hookseal::ending::handled};
            settle(token, hookseal::settlement::complete(result),
                   [&] { return store_.complete(token, result); });
            break;
        }
        case 4:
            settle(token, hookseal::settlement::release(hookseal::earlier::released),
                   [&] { return store_.release(token, hookseal::earlier::released); });
            break;
        default:
            settle(token, hookseal::settlement::extend(lease), [&] { return store_.extend(token, lease); });
            break;
        }
    }

private:
    static constexpr std::chrono::milliseconds lease = std::chrono::seconds(10);

    /// What is called is asked again where the first call failed, before or after it had its effect.
    template <class Call>
    auto persistently(Call call) {
        const std::size_t failing = below_(16);
        table_.fail_before = failing == 1 || failing == 2 ? static_cast<int>(failing) : 0;
        table_.fail_after = failing == 3 || failing == 4 ? static_cast<int>(failing) - 2 : 0;
        auto answer = call();
        table_.fail_before = table_.fail_after = 0;
        was_repeated_ = answer.status == decltype(answer.status)::unavailable;
        if (was_repeated_) require_(answer.maybe_applied, "who fails may have had an effect");
        return was_repeated_ ? call() : answer;
    }

    void claim(bool again, const hookseal::claim_token* by_ticket = nullptr) {
        if (!again) ++nonce_;
        const hookseal::claim_request request{.key = key_,
                                              .lease = lease,
                                              .keep = std::chrono::seconds(100),
                                              .nonce = nonce_,
                                              .handed_over = by_ticket};
        auto answer = persistently([&] { return store_.claim(request); });
        const auto expected = decide_claim(record_, hookseal::claim_terms::of(request), table_.now);
        require_(answer.status == expected.status, "the claim's status");
        require_(answer.before == expected.before, "what was before");
        require_(answer.repeated == expected.repeated || was_repeated_, "whether it is a repetition");
        require_(answer.remaining == expected.remaining, "what remains of the lease");
        require_(answer.result == expected.result, "the outcome");
        if (answer.status != hookseal::claim_status::granted) return;
        auto token = answer.token;
        token.where = {};
        require_(token == expected.token, "the token");
        tokens_.push_back(answer.token);
        if (tokens_.size() > 6) tokens_.erase(tokens_.begin());
    }

    template <class Call>
    void settle(const hookseal::claim_token& token, const hookseal::settlement& wanted, Call call) {
        const auto answer = persistently(call);
        const auto expected = decide_settle(record_, token, wanted, table_.now);
        require_(answer.status == expected.status, "the settlement's status");
    }

    Below& below_;
    Require& require_;
    table table_{};
    decltype(store_over(table_)) store_ = store_over(table_);
    hookseal::event_key key_ = key_of("a");
    hookseal::claim_record record_{};
    std::vector<hookseal::claim_token> tokens_{};
    std::uint64_t nonce_ = 0;
    bool was_repeated_ = false;
};

} // namespace hookseal_tests

#endif
