// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTING_STORE_CASES_HPP
#define HOOKSEAL_TESTING_STORE_CASES_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/testing/store_report.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1::testing::detail {

/// The cases one by one, each on a store of its own.
template <class Make>
class store_cases {
    using harness = std::invoke_result_t<Make&>;
    using store_type = std::remove_cvref_t<decltype(std::declval<harness&>().store())>;
    static constexpr promises promised = store_type::promised;
    static constexpr bool has_leases = promised.recovers && promised.tells_in_flight;
    static constexpr bool is_exact = [] {
        if constexpr (requires { harness::exact_time; })
            return harness::exact_time;
        else
            return false;
    }();
    static constexpr auto moment = is_exact ? std::chrono::milliseconds(1) : suite_slack;
    using status = claim_status;
    using settled = settle_status;

public:
    store_cases(Make& make, store_report& told) : make_(make), told_(told) {}

    void run() {
        run("a new event is granted, as the first attempt", true, [](harness& with, suite_case& that) {
            const claim_answer first = claim(with, 1);
            that.check(first.status == status::granted, "not granted");
            that.check(first.before == earlier::none, "something was before");
            that.check(!first.repeated, "taken for a repetition");
            that.check(!promised.counts_attempts || first.token.attempt == 1, "not attempt 1");
            that.check(first.token != claim_token{}, "without a token");
        });
        run("who else claims while the lease lasts is told so", has_leases,
            [](harness& with, suite_case& that) {
                (void)claim(with, 1);
                claim_answer busy = claim(with, 2);
                that.check(busy.status == status::in_flight, "not in flight");
                that.check(busy.remaining > suite_lease - suite_slack && busy.remaining <= suite_lease,
                           "the remaining time is not that of the lease");
                with.pass(suite_lease - moment);
                busy = claim(with, 3);
                that.check(busy.status == status::in_flight, "in flight no more before the lease's end");
                that.check(!promised.fenced || busy.remaining <= moment, "more remains than there is");
            });
        run("what is done is a duplicate, with its outcome", true, [](harness& with, suite_case& that) {
            const claim_token mine = claim(with, 1).token;
            that.check(with.store().complete(mine, result_).status == settled::ok, "not completed");
            const claim_answer twin = claim(with, 2);
            that.check(twin.status == status::done, "not done");
            that.check(!promised.fenced || twin.result == result_, "with another outcome");
            with.pass(suite_lease * 2);
            that.check(claim(with, 3).status == status::done, "forgotten with the lease");
        });
        run("who completed may say so again, and cannot take it back", promised.fenced,
            [](harness& with, suite_case& that) {
                const claim_token mine = claim(with, 1).token;
                (void)with.store().complete(mine, result_);
                that.check(with.store().complete(mine, result_).status == settled::ok,
                           "saying it again is not ok");
                that.check(with.store().complete(mine, {ending::parked}).status == settled::stale,
                           "changed to another outcome");
                that.check(with.store().release(mine, earlier::released).status == settled::stale,
                           "released");
                that.check(claim(with, 2).status == status::done, "not done any more");
            });
        run("what is released is granted at once, and the next is told why", promised.recovers,
            [](harness& with, suite_case& that) {
                for (const earlier reason : {earlier::released, earlier::unknown}) {
                    const claim_token mine = claim(with, 1).token;
                    that.check(with.store().release(mine, reason).status == settled::ok, "not released");
                    const claim_answer next = claim(with, 2);
                    that.check(next.status == status::granted, "not granted");
                    that.check(!promised.counts_attempts || next.before == reason, "told another reason");
                    that.check(!promised.counts_attempts || next.token.attempt == mine.attempt + 1,
                               "the attempt was not counted");
                    that.check(with.store().release(next.token, reason).status == settled::ok,
                               "not released");
                }
            });
        run("when the lease is over, the next who asks gets the event", has_leases,
            [](harness& with, suite_case& that) {
                const claim_token mine = claim(with, 1).token;
                with.pass(suite_lease + (is_exact ? std::chrono::milliseconds(0) : moment));
                const claim_answer next = claim(with, 2);
                that.check(next.status == status::granted, "not granted");
                that.check(!promised.counts_attempts || next.before == earlier::unknown,
                           "the earlier attempt is not known to be unknown");
                that.check(!promised.counts_attempts || next.token.attempt == mine.attempt + 1,
                           "the attempt was not counted");
                that.check(claim(with, 3).status == status::in_flight, "and the one after that gets it, too");
            });
        run("an owner who was overtaken changes nothing", promised.fenced,
            [](harness& with, suite_case& that) {
                const claim_token late = claim(with, 1).token;
                with.pass(suite_lease + moment);
                const claim_token mine = claim(with, 2).token;
                stale(with, that, late);
                that.check(claim(with, 3).status == status::in_flight, "the new owner lost the event");
                that.check(with.store().complete(mine, result_).status == settled::ok,
                           "the new owner cannot complete");
                stale(with, that, late);
                that.check(claim(with, 4).result == result_, "the outcome changed");
            });
        run("an owner who was overtaken changes nothing when the next one failed either", promised.fenced,
            [](harness& with, suite_case& that) {
                const claim_token late = claim(with, 1).token;
                with.pass(suite_lease + moment);
                const claim_token next = claim(with, 2).token;
                that.check(with.store().release(next, earlier::released).status == settled::ok,
                           "not released");
                stale(with, that, late);
                const claim_token third = claim(with, 3).token;
                that.check(third.generation > next.generation && next.generation > late.generation,
                           "generations do not grow");
                stale(with, that, late);
                stale(with, that, next);
                that.check(with.store().complete(third, result_).status == settled::ok,
                           "the owner cannot complete");
            });
        run("late is not too late while nobody took over", promised.fenced,
            [](harness& with, suite_case& that) {
                const claim_token late = claim(with, 1).token;
                with.pass(suite_lease * 2);
                that.check(with.store().complete(late, result_).status == settled::ok, "not completed");
                that.check(claim(with, 2).status == status::done, "not done");
            });
        run("the time to live counts from completion, and no duplicate prolongs it", true,
            [](harness& with, suite_case& that) {
                const claim_token mine = claim(with, 1).token;
                const auto worked = suite_lease / 2;
                with.pass(worked);
                (void)with.store().complete(mine, result_);
                for (int i = 0; i < 4; ++i) {
                    that.check(claim(with, 2).status == status::done, "forgotten before its time");
                    with.pass(suite_keep / 4 - (i < 3 ? std::chrono::milliseconds(0) : moment));
                }
                that.check(claim(with, 3).status == status::done, "forgotten a moment before its time");
                if constexpr (promised.fenced) {
                    with.pass(is_exact ? moment : moment * 2);
                    const claim_answer again = claim(with, 4);
                    that.check(again.status == status::granted, "remembered beyond its time");
                    that.check(again.before == earlier::none
                                   && (!promised.counts_attempts || again.token.attempt == 1),
                               "not as new");
                    const auto told = with.store().complete(mine, {}).status;
                    that.check(told == settled::stale, "its first owner still owns it");
                }
            });
        if constexpr (extendable<store_type>)
            run("extended, the lease is as long as asked for, from then on", true,
                [](harness& with, suite_case& that) {
                    const claim_token mine = claim(with, 1).token;
                    with.pass(suite_lease - moment);
                    that.check(with.store().extend(mine, suite_lease * 3).status == settled::ok,
                               "not extended");
                    with.pass(suite_lease * 3 - moment);
                    that.check(claim(with, 2).status == status::in_flight, "over before the time");
                    with.pass(moment * 2);
                    that.check(claim(with, 3).status == status::granted, "not over in time");
                    that.check(with.store().extend(mine, std::chrono::milliseconds(0)).status
                                   == settled::unavailable,
                               "a lease of no length");
                });
        run("the same nonce is the same claim", promised.repeatable && has_leases,
            [](harness& with, suite_case& that) {
                const claim_answer first = claim(with, 7);
                with.pass(suite_lease - moment);
                const claim_answer again = claim(with, 7);
                that.check(again.status == status::granted && again.repeated, "not taken for a repetition");
                that.check(!promised.fenced || again.token == first.token, "with another token");
                with.pass(suite_lease - moment);
                that.check(claim(with, 8).status == status::in_flight, "its lease does not begin anew");
                (void)with.store().complete(again.token, result_);
                that.check(claim(with, 7).status == status::done, "granted after completion");
            });
        run("without length there is neither lease nor memory", true, [](harness& with, suite_case& that) {
            for (const std::int64_t length : {0, -1, -1000}) {
                claim_request request = request_for("a", 1);
                request.lease = std::chrono::milliseconds(length);
                that.check(misconfigured(with.store().claim(request)), "a lease without length");
                request = request_for("a", 1);
                request.keep = std::chrono::milliseconds(length);
                that.check(misconfigured(with.store().claim(request)), "kept for no time");
            }
            that.check(claim(with, 2).status == status::granted, "a refused claim left something behind");
        });
        run("events of different ids, scopes and tenants have nothing to do with each other", true,
            [](harness& with, suite_case& that) {
                std::uint64_t nonce = 0;
                for (const auto& [id, scope, tenant] : {std::array<std::string_view, 3>{"a", "", ""},
                                                        {"b", "", ""},
                                                        {"a", "b", ""},
                                                        {"a", "", "b"},
                                                        {"ab", "", ""},
                                                        {"b", "a", ""},
                                                        {"", "ab", ""},
                                                        {"", "", "ab"}}) {
                    const claim_answer answer = with.store().claim({.key = suite_key(id, scope, tenant),
                                                                    .lease = suite_lease,
                                                                    .keep = suite_keep,
                                                                    .nonce = ++nonce});
                    that.check(answer.status == status::granted, "taken for another event");
                }
            });
        run("a token of nobody settles nothing", true, [](harness& with, suite_case& that) {
            that.check(with.store().complete({}, result_).status != settled::ok, "completed");
            that.check(with.store().release({}, earlier::released).status != settled::ok, "released");
            claim_token invented = claim(with, 1).token;
            if constexpr (promised.fenced) {
                ++invented.generation;
                that.check(with.store().complete(invented, result_).status == settled::stale,
                           "completed with an invented generation");
                invented.generation -= 1;
                invented.nonce ^= 1;
                that.check(with.store().complete(invented, result_).status == settled::stale,
                           "completed with an invented nonce");
            }
            that.check(claim(with, 2).status != status::done, "done by nobody");
        });
        run("other content under the same id is told, and does no harm", promised.compares_payload,
            [](harness& with, suite_case& that) {
                const delivery<providers::stripe> one(R"({"id":"a","n":1})");
                const delivery<providers::stripe> two(R"({"id":"a","n":2})");
                const auto claimed = [&](const auto& from, std::uint64_t nonce) {
                    claim_request request = request_for("a", nonce);
                    (void)request.key.compare_content(from.event());
                    return with.store().claim(request);
                };
                const claim_answer first = claimed(one, 1);
                that.check(first.status == status::granted && first.content == content_match::not_compared,
                           "the first is compared with nothing");
                that.check(claimed(two, 2).content == content_match::different, "not noticed in flight");
                that.check(claimed(one, 3).content == content_match::same, "taken for other content");
                (void)with.store().complete(first.token, result_);
                that.check(claimed(two, 4).content == content_match::different, "not noticed when done");
                that.check(claimed(two, 5).status == status::done, "granted for its content");
                that.check(claim(with, 6).content == content_match::not_compared, "compared unasked");
            });
        run("what was accepted is its ticket's alone, for ever", promised.hands_over, &accepted);
        if constexpr (administrable<store_type>)
            run("operators look, and make an event a new one", true, &administered);
        if constexpr (requires(harness & with) { with.lose_next_reply(); })
            run("a lost reply is made good by asking again", promised.repeatable, &lost);
        if constexpr (requires(harness & with) { with.set_down(true); })
            run("a store that cannot be reached says so, and is back when it is back", true, &down);
        if constexpr (requires(store_type & with) { with.sweep(1); })
            run("a sweep removes what is over, and nothing else", true, &swept);
        if constexpr (requires(harness & with) { with.another(); })
            run("another process knows the same", promised.shared, [](harness& with, suite_case& that) {
                const claim_token mine = claim(with, 1).token;
                that.check(with.another().claim(request_for("a", 2)).status == status::in_flight,
                           "not in flight");
                that.check(with.another().complete(mine, result_).status == settled::ok, "cannot complete");
                that.check(claim(with, 3).result == result_, "another outcome");
            });
    }

private:
    static constexpr outcome result_{ending::handled, 417};

    [[nodiscard]] static claim_request request_for(std::string_view id, std::uint64_t nonce) {
        return {.key = suite_key(id),
                .lease = suite_lease,
                .keep = suite_keep,
                .nonce = promised.repeatable ? nonce : 0};
    }
    [[nodiscard]] static claim_answer claim(harness& with, std::uint64_t nonce) {
        return with.store().claim(request_for("a", nonce));
    }
    [[nodiscard]] static bool misconfigured(const claim_answer& answer) {
        return answer.status == status::unavailable && answer.fault == store_fault::misconfigured;
    }

    static void stale(harness& with, suite_case& that, const claim_token& late) {
        that.check(with.store().complete(late, result_).status == settled::stale, "completed");
        that.check(with.store().complete(late, {ending::accepted}).status == settled::stale, "accepted");
        that.check(with.store().release(late, earlier::released).status == settled::stale, "released");
        if constexpr (extendable<store_type>)
            that.check(with.store().extend(late, suite_lease).status == settled::stale, "extended");
    }

    static void accepted(harness& with, suite_case& that) {
        const claim_token ticket = claim(with, 1).token;
        const auto by_ticket = [&](const claim_token& handed_over, std::uint64_t nonce) {
            return with.store().claim({.key = event_key::of(handed_over),
                                       .lease = suite_lease,
                                       .keep = suite_keep,
                                       .nonce = promised.repeatable ? nonce : 0,
                                       .handed_over = &handed_over});
        };
        const auto senders_are_told = [&](std::uint64_t nonce) {
            const claim_answer answer = claim(with, nonce);
            that.check(answer.status == status::done && answer.result.how == ending::accepted,
                       "a sender is not told that it was accepted");
        };
        that.check(with.store().complete(ticket, {ending::accepted}).status == settled::ok, "not accepted");
        that.check(with.store().complete(ticket, {ending::accepted}).status == settled::ok,
                   "not accepted again");
        with.pass(suite_keep * 3);
        senders_are_told(2);
        claim_token other = ticket;
        ++other.generation;
        that.check(by_ticket(other, 3).status == status::done, "granted to another ticket");
        that.check(misconfigured(by_ticket({.where = ticket.where}, 3)), "granted to an empty ticket");

        const claim_answer first = by_ticket(ticket, 4);
        that.check(first.status == status::granted, "not granted to its ticket");
        that.check(first.token.generation > ticket.generation, "the ticket is the token");
        that.check(by_ticket(ticket, 5).status == status::in_flight, "granted to the ticket twice");
        senders_are_told(6);
        with.pass(suite_lease + moment);
        senders_are_told(7);
        const claim_answer second = by_ticket(ticket, 8);
        that.check(second.status == status::granted && second.before == earlier::unknown,
                   "a worker that died keeps the event");
        that.check(with.store().complete(first.token, result_).status == settled::stale,
                   "completed by the dead");
        that.check(with.store().release(second.token, earlier::released).status == settled::ok,
                   "not released");
        with.pass(suite_keep * 2);
        senders_are_told(9);
        const claim_answer third = by_ticket(ticket, 10);
        that.check(third.status == status::granted && third.before == earlier::released, "not granted again");
        that.check(!promised.counts_attempts || third.token.attempt == 3, "not the worker's third attempt");
        that.check(with.store().complete(third.token, result_).status == settled::ok,
                   "the worker cannot complete");
        that.check(claim(with, 11).result == result_, "not done");
        that.check(by_ticket(ticket, 12).status == status::done, "granted to a used ticket");
        with.pass(suite_keep + moment);
        that.check(claim(with, 13).status == status::granted, "remembered beyond its time");
    }

    static void administered(harness& with, suite_case& that) {
        const unverified_key key{.provider = "stripe", .id = "a"};
        that.check(with.store().peek(key).available && with.store().peek(key).state == event_state::absent,
                   "something is there");
        that.check(with.store().forget(key).status == settled::gone, "forgot what was not there");
        const claim_token mine = claim(with, 1).token;
        const peek_answer seen = with.store().peek(key);
        that.check(seen.state == event_state::in_flight && seen.attempt == 1, "not seen in flight");
        that.check(seen.remaining > suite_lease - suite_slack && seen.remaining <= suite_lease,
                   "another lease");
        (void)with.store().complete(mine, result_);
        that.check(with.store().peek(key).state == event_state::done, "not seen done");
        that.check(with.store().peek(key).result == result_, "another outcome");
        that.check(with.store().forget(key).status == settled::ok, "not forgotten");
        that.check(with.store().peek(key).state == event_state::absent, "still there");
        that.check(with.store().complete(mine, result_).status == settled::gone, "its owner settled it");
        const claim_answer next = claim(with, 2);
        that.check(next.status == status::granted && next.token.attempt == 1, "not a new event");
        that.check(next.token.generation > mine.generation, "a generation came again");
        that.check(with.store().complete(mine, {}).status == settled::stale, "its old owner settled it");
    }

    static void lost(harness& with, suite_case& that) {
        with.lose_next_reply();
        const claim_answer unknown = claim(with, 1);
        that.check(unknown.status == status::unavailable && unknown.maybe_applied, "the reply was not lost");
        const claim_answer mine = claim(with, 1);
        that.check(mine.status == status::granted && mine.repeated, "not one's own claim");
        that.check(!promised.counts_attempts || mine.token.attempt == 1, "counted twice");
        with.lose_next_reply();
        const settle_answer first = with.store().complete(mine.token, result_);
        that.check(first.status == settled::unavailable && first.maybe_applied, "the reply was not lost");
        that.check(with.store().complete(mine.token, result_).status == settled::ok,
                   "not one's own completion");
        that.check(claim(with, 2).result == result_, "not done");
    }

    static void down(harness& with, suite_case& that) {
        const claim_token mine = claim(with, 1).token;
        with.set_down(true);
        that.check(claim(with, 2).status == status::unavailable, "claimed nowhere");
        that.check(with.store().complete(mine, result_).status == settled::unavailable, "completed nowhere");
        with.set_down(false);
        that.check(!has_leases || claim(with, 3).status == status::in_flight, "the claim is gone");
        that.check(with.store().complete(mine, result_).status == settled::ok, "cannot complete any more");
        that.check(claim(with, 4).status == status::done, "not done");
    }

    static void swept(harness& with, suite_case& that) {
        const auto sweep = [&] {
            std::size_t removed = 0;
            bool is_round = false;
            for (int i = 0; i < 1000 && !is_round; ++i) {
                const auto told = with.store().sweep(2);
                that.check(told.available && told.visited <= 2, "more was visited than allowed");
                removed += told.removed;
                is_round = told.is_round;
            }
            that.check(is_round, "no end to it");
            return removed;
        };
        (void)sweep();
        const claim_token old = claim(with, 1).token;
        (void)with.store().complete(old, result_);
        with.pass(suite_keep / 2);
        const claim_token live = with.store().claim(request_for("live", 2)).token;
        const claim_token kept = with.store().claim(request_for("kept", 3)).token;
        (void)with.store().complete(kept, result_);
        const claim_token taken = with.store().claim(request_for("taken", 4)).token;
        (void)with.store().complete(taken, {ending::accepted});
        that.check(sweep() == 0, "removed what is not over");
        with.pass(suite_keep / 2 + moment);
        if constexpr (extendable<store_type>)
            that.check(with.store().extend(live, suite_lease).status == settled::ok, "not extended");
        // What changes are made sweep a little as well.
        (void)sweep();
        that.check(with.store().complete(old, result_).status == settled::gone, "not removed");
        that.check(with.store().claim(request_for("kept", 5)).status == status::done, "removed what is done");
        that.check(with.store().claim(request_for("taken", 6)).status == status::done,
                   "removed what is accepted");
        that.check(with.store().claim(request_for("live", 7)).status == status::in_flight,
                   "removed what somebody owns");
        that.check(claim(with, 8).token.generation > old.generation, "a generation came again");
    }

    template <class Case>
    void run(std::string_view name, bool is_promised, Case examine) {
        if (!is_promised) {
            told_.skipped.emplace_back(name);
            return;
        }
        suite_case that(name, told_);
        harness with = make_();
        examine(with, that);
    }

    Make& make_;
    store_report& told_;
};

template <class Make>
void run_store_cases(Make& make, store_report& told) {
    store_cases<Make>(make, told).run();
}

} // namespace hookseal::inline v0_1::testing::detail

#endif
