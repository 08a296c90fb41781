// SPDX-License-Identifier: MIT
// The suite of stores is worth what it finds: each bug here is one that somebody's store has or had, and is found.
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/testing/store_suite.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

/// The store as it should be. A bug replaces one of its steps.
struct no_bug {
    static constexpr bool reads_first = false;          ///< claims in two steps, between which others come
    static constexpr bool extends_in_two_steps = false; ///< likewise
    static locator locate(const event_key& key) { return *durable_locator(key); }
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        return decide_claim(record, terms, now);
    }
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        return decide_settle(record, token, wanted, now);
    }
    static settle_answer forget(claim_record& record, tick now) { return decide_forget(record, now); }
};

template <class Bug>
class store_with {
public:
    static constexpr promises promised{.exclusive = true,
                                       .tells_in_flight = true,
                                       .recovers = true,
                                       .fenced = true,
                                       .repeatable = true,
                                       .counts_attempts = true,
                                       .compares_payload = true,
                                       .hands_over = true,
                                       .may_evict = false};

    tick now = 0;
    bool loses_reply = false;
    bool is_down = false;

    claim_answer claim(const claim_request& request) noexcept {
        const claim_terms terms = claim_terms::of(request);
        const locator where = Bug::locate(request.key);
        claim_answer answer;
        if constexpr (Bug::reads_first) {
            claim_record seen;
            {
                const std::lock_guard lock(mutex_);
                seen = records_[where];
            }
            const claim_record before = seen;
            answer = Bug::claim(seen, terms, now);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            const std::lock_guard lock(mutex_);
            if (seen != before) records_[where] = seen;
        } else {
            const std::lock_guard lock(mutex_);
            if (is_down) return claim_answer::failure(store_fault::down);
            answer = Bug::claim(records_[where], terms, now);
        }
        answer.token.where = where;
        if (std::exchange(loses_reply, false)) return claim_answer::failure(store_fault::timeout, true);
        return answer;
    }
    settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return settle(token, settlement::complete(result));
    }
    settle_answer release(const claim_token& token, earlier reason) noexcept {
        return settle(token, settlement::release(reason));
    }
    settle_answer extend(const claim_token& token, std::chrono::milliseconds lease) noexcept {
        return settle(token, settlement::extend(lease));
    }
    settle_answer forget(const unverified_key& key) noexcept {
        const std::lock_guard lock(mutex_);
        return Bug::forget(records_[*durable_locator(key)], now);
    }
    peek_answer peek(const unverified_key& key) noexcept {
        const std::lock_guard lock(mutex_);
        return show(records_[*durable_locator(key)], now);
    }

private:
    settle_answer settle(const claim_token& token, const settlement& wanted) noexcept {
        if constexpr (Bug::extends_in_two_steps)
            if (wanted.what == settlement::verb::extend) return extend_in_two_steps(token, wanted);
        const std::lock_guard lock(mutex_);
        if (is_down) return settle_answer::failure(store_fault::down);
        const settle_answer answer = Bug::settle(records_[token.where], token, wanted, now);
        if (std::exchange(loses_reply, false)) return settle_answer::failure(store_fault::timeout, true);
        return answer;
    }

    settle_answer extend_in_two_steps(const claim_token& token, const settlement& wanted) {
        claim_record seen;
        {
            const std::lock_guard lock(mutex_);
            seen = records_[token.where];
        }
        const settle_answer answer = Bug::settle(seen, token, wanted, now);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const std::lock_guard lock(mutex_);
        if (answer.status == settle_status::ok) records_[token.where].leased_until = seen.leased_until;
        return answer;
    }

    std::map<locator, claim_record> records_{};
    std::mutex mutex_{};
};

template <class Bug>
struct harness_of {
    std::unique_ptr<store_with<Bug>> under_test = std::make_unique<store_with<Bug>>();
    static constexpr bool exact_time = true;

    auto& store() { return *under_test; }
    void pass(std::chrono::milliseconds time) { under_test->now += time.count(); }
    void lose_next_reply() { under_test->loses_reply = true; }
    void set_down(bool down) { under_test->is_down = down; }
};

template <class Bug>
[[nodiscard]] testing::store_report report_of() {
    return testing::run_store_suite([] { return harness_of<Bug>(); }, {.sequences = 10, .events = 20});
}

/// As if the token were that of the owner, whoever that is.
claim_token as_owner(const claim_record& record, claim_token token) {
    token.generation = record.generation;
    token.nonce = record.nonce;
    return token;
}

template <settlement::verb Blind>
struct blind : no_bug {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        return decide_settle(record, wanted.what == Blind ? as_owner(record, token) : token, wanted, now);
    }
};

struct nonce_not_compared : no_bug {
    static settle_answer settle(claim_record& record, claim_token token, const settlement& wanted, tick now) {
        if (token.generation == record.generation) token.nonce = record.nonce;
        return decide_settle(record, token, wanted, now);
    }
};

struct check_then_insert : no_bug {
    static constexpr bool reads_first = true;
};

struct check_then_extend : no_bug {
    static constexpr bool extends_in_two_steps = true;
};

struct refresh_on_hit : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        const claim_answer answer = decide_claim(record, terms, now);
        if (record.state == event_state::done) record.expires = now + terms.keep;
        return answer;
    }
};

struct lease_in_seconds : no_bug {
    static claim_answer claim(claim_record& record, claim_terms terms, tick now) {
        if (terms.lease > 0) terms.lease = std::max<std::int64_t>(1, terms.lease / 1000);
        return decide_claim(record, terms, now);
    }
};
struct lease_in_microseconds : no_bug {
    static claim_answer claim(claim_record& record, claim_terms terms, tick now) {
        terms.lease *= 1000;
        return decide_claim(record, terms, now);
    }
};
struct keep_from_the_claim : no_bug {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const tick claimed = record.leased_until - record.lease;
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (record.state == event_state::done)
            record.expires = std::min(record.expires, later(claimed, token.keep().count() * 1000));
        return answer;
    }
};
struct no_lease_means_for_ever : no_bug {
    static claim_answer claim(claim_record& record, claim_terms terms, tick now) {
        if (terms.lease <= 0) terms.lease = never / 4;
        return decide_claim(record, terms, now);
    }
};

struct delete_on_expired_read : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (record.state == event_state::in_flight && now >= record.leased_until) record = {};
        return decide_claim(record, terms, now);
    }
};
struct release_deletes : no_bug {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (answer.status == settle_status::ok && record.state == event_state::released) record = {};
        return answer;
    }
};
struct forget_deletes : no_bug {
    static settle_answer forget(claim_record& record, tick now) {
        const settle_answer answer = decide_forget(record, now);
        record = {};
        return answer;
    }
};
struct one_tick_late : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        return decide_claim(record, terms, record.state == event_state::in_flight ? now - 1 : now);
    }
};
struct one_tick_early : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        return decide_claim(record, terms, record.state == event_state::in_flight ? now + 1 : now);
    }
};

struct in_flight_is_done : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        claim_answer answer = decide_claim(record, terms, now);
        if (answer.status == claim_status::in_flight) answer.status = claim_status::done;
        return answer;
    }
};
struct nonce_ignored : no_bug {
    static claim_answer claim(claim_record& record, claim_terms terms, tick now) {
        terms.nonce = 0;
        return decide_claim(record, terms, now);
    }
};
struct repetition_counts : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        claim_answer answer = decide_claim(record, terms, now);
        if (answer.repeated) answer.token.attempt = ++record.attempt;
        return answer;
    }
};
struct attempts_not_counted : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (record.state == event_state::released) record.attempt = 0;
        return decide_claim(record, terms, now);
    }
};
struct crash_is_not_told : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        claim_answer answer = decide_claim(record, terms, now);
        if (answer.before == earlier::unknown) answer.before = earlier::none;
        return answer;
    }
};
struct scope_ignored : no_bug {
    static locator locate(const event_key& key) {
        if (key.where()) return *key.where();
        return *durable_locator(unverified_key{.provider = key.provider(), .id = key.id()});
    }
};
struct parts_run_together : no_bug {
    static locator locate(const event_key& key) {
        if (key.where()) return *key.where();
        const std::string all = std::string(key.scope()) + std::string(key.tenant()) + std::string(key.id());
        return *durable_locator(unverified_key{.provider = key.provider(), .id = all});
    }
};
struct other_content_is_granted : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (record.fingerprint != 0 && terms.fingerprint != 0 && record.fingerprint != terms.fingerprint) {
            const claim_record before = record;
            record = {.generation = before.generation};
            claim_answer answer = decide_claim(record, terms, now);
            answer.content = content_match::different;
            return answer;
        }
        return decide_claim(record, terms, now);
    }
};
struct content_lost_on_completion : no_bug {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (record.state == event_state::done) record.fingerprint = 0;
        return answer;
    }
};
struct accepted_expires : no_bug {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (record.state == event_state::accepted) record.expires = now + token.keep().count() * 1000;
        return answer;
    }
};
struct accepted_is_taken_over : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (record.state == event_state::in_flight && now >= record.leased_until) record.ticket = 0;
        return decide_claim(record, terms, now);
    }
};
struct ticket_is_the_token : no_bug {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (terms.handed_over != nullptr && record.state == event_state::accepted
            && record.ticket == terms.handed_over->generation) {
            claim_answer answer;
            answer.status = claim_status::granted;
            answer.token = *terms.handed_over;
            return answer;
        }
        return decide_claim(record, terms, now);
    }
};
struct late_is_too_late : no_bug {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        if (record.state == event_state::in_flight && now >= record.leased_until)
            return settle_answer::of(settle_status::stale);
        return decide_settle(record, token, wanted, now);
    }
};
struct completing_twice_is_stale : no_bug {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        if (record.state == event_state::done) return settle_answer::of(settle_status::stale);
        return decide_settle(record, token, wanted, now);
    }
};

template <class Bug>
void require_killed(std::string_view by) {
    const testing::store_report told = report_of<Bug>();
    CAPTURE(by);
    REQUIRE_FALSE(told.faults.empty());
    const bool so = std::any_of(told.faults.begin(), told.faults.end(), [&](const std::string& fault) {
        return fault.find(by) != std::string::npos;
    });
    for (const std::string& fault : told.faults)
        UNSCOPED_INFO(fault);
    REQUIRE(so);
}

} // namespace

TEST_CASE("store suite: the store from which the bugs are made has none") {
    const testing::store_report told = report_of<no_bug>();
    for (const std::string& fault : told.faults)
        UNSCOPED_INFO(fault);
    REQUIRE(told.well());
    REQUIRE(told.skipped.empty());
}

TEST_CASE("store suite: kills stores that are not fenced") {
    require_killed<blind<settlement::verb::complete>>(
        "an owner who was overtaken changes nothing: completed");
    require_killed<blind<settlement::verb::release>>("an owner who was overtaken changes nothing: released");
    require_killed<blind<settlement::verb::extend>>("an owner who was overtaken changes nothing: extended");
    require_killed<nonce_not_compared>("a token of nobody settles nothing: completed with an invented nonce");
    require_killed<release_deletes>("when the next one failed either: generations do not grow");
    require_killed<delete_on_expired_read>("the earlier attempt is not known to be unknown");
    require_killed<forget_deletes>("operators look, and make an event a new one: a generation came again");
}

TEST_CASE("store suite: kills stores that do not arbitrate") {
    require_killed<check_then_insert>(
        "of several who claim an event at the same moment, one gets it: two got it");
    require_killed<check_then_extend>(
        "of who extends a lease and who takes over at the same moment, one has the event: both have it");
}

TEST_CASE("store suite: kills stores whose times are wrong") {
    require_killed<refresh_on_hit>("no duplicate prolongs it: remembered beyond its time");
    require_killed<lease_in_seconds>("who else claims while the lease lasts is told so: in flight no more");
    require_killed<lease_in_microseconds>(
        "when the lease is over, the next who asks gets the event: not granted");
    require_killed<keep_from_the_claim>("the time to live counts from completion");
    require_killed<no_lease_means_for_ever>(
        "without length there is neither lease nor memory: a lease without length");
    require_killed<one_tick_late>("when the lease is over, the next who asks gets the event: not granted");
    require_killed<one_tick_early>("who else claims while the lease lasts is told so: in flight no more");
    require_killed<late_is_too_late>("late is not too late while nobody took over: not completed");
}

TEST_CASE("store suite: kills stores that tell something wrong") {
    require_killed<in_flight_is_done>("who else claims while the lease lasts is told so: not in flight");
    require_killed<nonce_ignored>("the same nonce is the same claim: not taken for a repetition");
    require_killed<repetition_counts>("the same nonce is the same claim: with another token");
    require_killed<attempts_not_counted>("the attempt was not counted");
    require_killed<crash_is_not_told>("the earlier attempt is not known to be unknown");
    require_killed<completing_twice_is_stale>("who completed may say so again");
}

TEST_CASE("store suite: kills stores that take one event for another") {
    require_killed<scope_ignored>("have nothing to do with each other: taken for another event");
    require_killed<parts_run_together>("have nothing to do with each other: taken for another event");
    require_killed<other_content_is_granted>("other content under the same id is told, and does no harm");
    require_killed<content_lost_on_completion>("does no harm: not noticed when done");
}

TEST_CASE("store suite: kills stores that lose what was accepted, or give it to two") {
    require_killed<accepted_expires>(
        "what was accepted is its ticket's alone, for ever: a sender is not told");
    require_killed<accepted_is_taken_over>(
        "what was accepted is its ticket's alone, for ever: a sender is not told");
    require_killed<ticket_is_the_token>(
        "what was accepted is its ticket's alone, for ever: the ticket is the token");
}
