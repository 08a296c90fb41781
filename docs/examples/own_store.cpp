// SPDX-License-Identifier: MIT
// A store of one's own, with every guarantee that one process can give. It forgets nothing; that is left out.
// [store]
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/store.hpp>

#include <map>
#include <mutex>

class my_store {
public:
    static constexpr hookseal::promises promised{
        .exclusive = true,
        .tells_in_flight = true,
        .recovers = true,
        .fenced = true,
        .repeatable = true,
        .counts_attempts = true,
        .compares_payload = true,
        .hands_over = true,
        .may_evict = false,
    };

    hookseal::claim_answer claim(const hookseal::claim_request& request) noexcept {
        const auto where = hookseal::durable_locator(request.key);
        if (!where) return {}; // unavailable
        const std::lock_guard lock(mutex_);
        auto answer =
            hookseal::decide_claim(records_[*where], hookseal::claim_terms::of(request), clock_.now());
        answer.token.where = *where;
        return answer;
    }
    hookseal::settle_answer complete(const hookseal::claim_token& token,
                                     const hookseal::outcome& result) noexcept {
        return settle(token, hookseal::settlement::complete(result));
    }
    hookseal::settle_answer release(const hookseal::claim_token& token, hookseal::earlier reason) noexcept {
        return settle(token, hookseal::settlement::release(reason));
    }

private:
    hookseal::settle_answer settle(const hookseal::claim_token& token,
                                   const hookseal::settlement& wanted) noexcept {
        const std::lock_guard lock(mutex_);
        return hookseal::decide_settle(records_[token.where], token, wanted, clock_.now());
    }

    std::map<hookseal::locator, hookseal::claim_record> records_;
    std::mutex mutex_;
    hookseal::steady_ticks clock_;
};
static_assert(hookseal::check_store<my_store>());
// [/store]

#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

int main() {
    using paid = hookseal::testing::delivery<hookseal::providers::stripe>;
    const auto stripe = paid::verifier();
    my_store store;
    const hookseal::receiver rx{stripe, store};
    const paid delivery{R"({"id":"evt_1"})"};
    int handled = 0;
    const auto handler = [&](auto&) { ++handled; };
    const bool good =
        rx(delivery.request(), handler).status == 200 && rx(delivery.request(), handler).status == 200;
    return good && handled == 1 ? 0 : 1;
}
