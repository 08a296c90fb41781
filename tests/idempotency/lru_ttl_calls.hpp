// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_LRU_TTL_CALLS_HPP
#define HOOKSEAL_TESTS_LRU_TTL_CALLS_HPP

#include <hookseal/idempotency/lru_ttl_store.hpp>

#include "idempotency/keys.hpp"
#include "idempotency/lru_ttl_model.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace hookseal_tests::lru_ttl {

struct last_eviction {
    early_eviction* which;
    void operator()(const early_eviction& e) const noexcept { *which = e; }
};

struct held_token {
    std::size_t id;
    claim_token token;
    tick keep;
};

/// Puts the same calls to a store and to the model. `below(n)` chooses everything, a number less than n each time;
/// `require(holds, what)` is told of every answer.
template <class Below, class Require>
class calls {
public:
    calls(std::size_t capacity, const std::vector<event_key>& events, Below& below, Require& require)
        : events_(events),
          below_(below),
          require_(require),
          store_{capacity, {&now_}, {&evicted_}},
          model_{capacity},
          where_(events.size()),
          highest_(events.size()) {}

    void step() {
        // Time always moves, so that no two leases end together.
        now_ += static_cast<tick>(1 + below_(below_(50) == 0 ? 20'000 : 40));
        const std::size_t dice = below_(100);
        if (dice < 50)
            claim(dice < 5 && !tickets_.empty());
        else if (dice < 98 && !tokens_.empty())
            settle(dice);
        else
            forget();
        // A worker finishes some day; its ticket is then of no use any more.
        std::erase_if(tickets_,
                      [&](const held_token& t) { return !model_.is_ticket_of(t.id, t.token.generation); });
        require_(store_.statistics().early_evictions == model_.early_evictions, "the number of evictions");
        require_(store_.statistics().refused_full == model_.refused, "the number of refusals");
    }

    [[nodiscard]] std::uint64_t early_evictions() const { return model_.early_evictions; }
    /// How many new events were taken for forgotten ones, as sixteen bits now and then do.
    [[nodiscard]] int mistaken() const { return mistaken_; }
    /// How many forgotten ones were not known as such, having been mistaken before.
    [[nodiscard]] int lost() const { return lost_; }

private:
    void claim(bool by_ticket) {
        const held_token* const ticket = by_ticket ? &tickets_[below_(tickets_.size())] : nullptr;
        const std::size_t id = by_ticket ? ticket->id : below_(events_.size());
        const tick keep = static_cast<tick>(1000 * (1 + below_(30)));
        claim_request request{.key = by_ticket ? event_key::of(ticket->token) : events_[id],
                              .lease = std::chrono::milliseconds(lease),
                              .keep = std::chrono::milliseconds(keep)};
        if (by_ticket) request.handed_over = &ticket->token;
        evicted_ = {};
        const claim_answer answer = store_.claim(request);
        model_.preferred = model::nobody;
        for (std::size_t other = 0; evicted_.state == event_state::in_flight && other < where_.size();
             ++other)
            if (where_[other] == evicted_.where) model_.preferred = other;
        const bool longer_ago = model_.forgotten_longer_ago.contains(id);
        const expected_claim expected = model_.claim(id, now_, keep, by_ticket);
        require_(answer.status == expected.status, "the claim's status");
        if (model_.evicted) {
            require_(evicted_.where == where_[model_.evicted->id], "which event was evicted");
            require_(evicted_.state == model_.evicted->state, "the state of what was evicted");
            require_(evicted_.remaining.count() == model_.evicted->expires - now_, "how early it was");
        }
        if (answer.status == claim_status::granted) {
            const std::uint64_t generation = answer.token.generation;
            require_(generation > highest_[id], "whether a generation is higher than all before");
            highest_[id] = generation;
            require_(answer.token.attempt == expected.attempt, "the attempt");
            if (expected.before == earlier::forgotten && answer.before == earlier::none) {
                require_(++lost_ <= told_forgotten_, "whether what is forgotten is told to be");
            } else if (expected.before == earlier::none && answer.before == earlier::forgotten) {
                ++told_forgotten_;
                mistaken_ += longer_ago ? 0 : 1;
            } else
                require_(answer.before == expected.before, "what was before");
            model_.granted(id, generation);
            where_[id] = answer.token.where;
            tokens_.push_back({id, answer.token, keep});
            if (tokens_.size() > 40) tokens_.pop_front();
        } else if (answer.status == claim_status::in_flight) {
            require_(answer.remaining.count() == expected.remaining, "what remains of the lease");
        } else if (answer.status == claim_status::done) {
            require_(answer.result == expected.result, "the outcome");
        } else {
            require_(answer.fault == store_fault::full, "why the store is unavailable");
        }
    }

    void settle(std::size_t dice) {
        const held_token& held = tokens_[below_(2) == 0 ? tokens_.size() - 1 : below_(tokens_.size())];
        const auto wanted =
            dice < 80   ? settlement::complete({ending::handled, static_cast<std::uint16_t>(below_(2))})
            : dice < 82 ? settlement::complete({ending::accepted})
            : dice < 90 ? settlement::release(below_(2) == 0 ? earlier::released : earlier::unknown)
                        : settlement::extend(std::chrono::milliseconds(lease));
        settle_answer answer;
        switch (wanted.what) {
        case settlement::verb::complete: answer = store_.complete(held.token, wanted.result); break;
        case settlement::verb::release: answer = store_.release(held.token, wanted.reason); break;
        case settlement::verb::extend:
            answer = store_.extend(held.token, std::chrono::milliseconds(wanted.lease));
            break;
        }
        require_(answer.status == model_.settle(held.id, held.token.generation, wanted, now_, held.keep),
                 "the settlement's status");
        const bool accepts =
            wanted.what == settlement::verb::complete && wanted.result.how == ending::accepted;
        if (accepts && answer.status == settle_status::ok) tickets_.push_back(held);
    }

    void forget() {
        const std::size_t id = below_(events_.size());
        require_(store_.forget(operators_key(events_[id].id())).status == model_.forget(id, now_),
                 "whether there was something to forget");
        // Tickets of what an operator has forgotten would be of events the store has lost: a case of its own.
        std::erase_if(tickets_, [&](const held_token& t) { return t.id == id; });
    }

    const std::vector<event_key>& events_;
    Below& below_;
    Require& require_;
    tick now_ = 0;
    early_eviction evicted_{};
    lru_ttl_store<test_ticks, last_eviction> store_;
    model model_;
    std::vector<locator> where_;
    std::vector<std::uint64_t> highest_;
    std::deque<held_token> tokens_{};
    std::deque<held_token> tickets_{};
    int mistaken_ = 0;
    int told_forgotten_ = 0; ///< though it is not, or is no more: another one's mark is then used up
    int lost_ = 0;
};

} // namespace hookseal_tests::lru_ttl

#endif
