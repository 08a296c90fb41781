// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/state_machine.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <limits>

using namespace hookseal;
using namespace std::chrono_literals;

namespace {

constexpr claim_terms terms(std::int64_t lease = 1000, std::int64_t keep = 10'000, std::uint64_t nonce = 0) {
    return {.lease = lease, .keep = keep, .nonce = nonce};
}
constexpr settle_status settle(claim_record& record, const claim_token& token, const settlement& wanted,
                               tick now) {
    return decide_settle(record, token, wanted, now).status;
}

/// A record that was claimed at 0 for one second, and its token.
struct claimed {
    claim_record record{};
    claim_token token = decide_claim(record, terms(), 0).token;
};

constexpr auto handled = settlement::complete({ending::handled});
constexpr auto accepted = settlement::complete({ending::accepted});

} // namespace

TEST_CASE("state machine: a new event is granted to the first who asks") {
    claim_record record;
    const claim_answer answer = decide_claim(record, terms(1000, 1500, 77), 5);
    REQUIRE(answer.status == claim_status::granted);
    REQUIRE(answer.before == earlier::none);
    REQUIRE_FALSE(answer.repeated);
    REQUIRE(answer.token.attempt == 1);
    REQUIRE(answer.token.generation == 1);
    REQUIRE(answer.token.nonce == 77);
    REQUIRE(answer.token.keep_seconds == 2); // rounded up
}

TEST_CASE("state machine: it is constexpr") {
    STATIC_REQUIRE([] {
        claimed c;
        return settle(c.record, c.token, handled, 1) == settle_status::ok
               && decide_claim(c.record, terms(), 2).status == claim_status::done;
    }());
}

TEST_CASE("state machine: the others wait until the lease is over, and not a tick longer") {
    claimed c;
    const claim_answer busy = decide_claim(c.record, terms(), 999);
    REQUIRE(busy.status == claim_status::in_flight);
    REQUIRE(busy.remaining == 1ms);

    const claim_answer taken_over = decide_claim(c.record, terms(), 1000);
    REQUIRE(taken_over.status == claim_status::granted);
    REQUIRE(taken_over.before == earlier::unknown);
    REQUIRE(taken_over.token.attempt == 2);
    REQUIRE(taken_over.token.generation > c.token.generation);
}

TEST_CASE("state machine: a clock that is set back shows no more than the lease as remaining") {
    claim_record record;
    (void)decide_claim(record, terms(1000), 1'000'000);
    REQUIRE(decide_claim(record, terms(), 900'000).remaining == 1000ms);
}

TEST_CASE("state machine: done is done until its time has passed, and seeing it prolongs nothing") {
    claimed c;
    REQUIRE(settle(c.record, c.token, settlement::complete({ending::ignored, 42}), 500) == settle_status::ok);
    for (const tick now : {500, 5000, 10'499}) {
        const claim_answer answer = decide_claim(c.record, terms(), now);
        REQUIRE(answer.status == claim_status::done);
        REQUIRE(answer.result == outcome{ending::ignored, 42});
    }
    const claim_answer again = decide_claim(c.record, terms(), 10'500);
    REQUIRE(again.status == claim_status::granted);
    REQUIRE(again.before == earlier::none);
    REQUIRE(again.token.attempt == 1);
    REQUIRE(again.token.generation > c.token.generation);
}

TEST_CASE("state machine: the time to live is that of the claim, from completion on") {
    claim_record record;
    const claim_token token = decide_claim(record, terms(1000, 10'000), 0).token;
    REQUIRE(settle(record, token, handled, 700) == settle_status::ok);
    REQUIRE(decide_claim(record, terms(1000, 1), 10'699).status == claim_status::done);
    REQUIRE(decide_claim(record, terms(1000, 99'000), 10'700).status == claim_status::granted);
}

TEST_CASE("state machine: a released event is free at once, and its next owner learns why") {
    for (const earlier reason : {earlier::released, earlier::unknown}) {
        claimed c;
        REQUIRE(settle(c.record, c.token, settlement::release(reason), 10) == settle_status::ok);
        const claim_answer next = decide_claim(c.record, terms(), 10);
        REQUIRE(next.status == claim_status::granted);
        REQUIRE(next.before == reason);
        REQUIRE(next.token.attempt == 2);
    }
    REQUIRE(settlement::release(earlier::none).reason == earlier::unknown);
    REQUIRE(settlement::release(earlier::forgotten).reason == earlier::unknown);
}

TEST_CASE("state machine: attempts are forgotten with the record") {
    claimed c;
    REQUIRE(settle(c.record, c.token, settlement::release(earlier::released), 10) == settle_status::ok);
    claim_record copy = c.record;
    REQUIRE(decide_claim(copy, terms(), 10'009).token.attempt == 2);
    REQUIRE(decide_claim(c.record, terms(), 10'010).token.attempt == 1);

    claimed abandoned;
    copy = abandoned.record;
    REQUIRE(decide_claim(copy, terms(), 10'999).token.attempt == 2);
    REQUIRE(decide_claim(abandoned.record, terms(), 11'000).token.attempt == 1);
}

TEST_CASE("state machine: an owner who was overtaken changes nothing and is told so") {
    claimed c;
    const claim_token second = decide_claim(c.record, terms(), 1000).token;
    const claim_record before = c.record;
    REQUIRE(settle(c.record, c.token, handled, 1001) == settle_status::stale);
    REQUIRE(settle(c.record, c.token, settlement::release(earlier::released), 1001) == settle_status::stale);
    REQUIRE(settle(c.record, c.token, settlement::extend(5s), 1001) == settle_status::stale);
    REQUIRE(c.record == before);
    REQUIRE(settle(c.record, second, handled, 1002) == settle_status::ok);
    REQUIRE(settle(c.record, c.token, handled, 1003) == settle_status::stale);
}

TEST_CASE("state machine: an owner is late only when somebody has taken over") {
    claimed c;
    REQUIRE(settle(c.record, c.token, handled, 5000) == settle_status::ok);
    REQUIRE(decide_claim(c.record, terms(), 5001).status == claim_status::done);
}

TEST_CASE("state machine: a token of the right generation with another nonce owns nothing") {
    claim_record record;
    claim_token token = decide_claim(record, terms(1000, 10'000, 5), 0).token;
    token.nonce = 6;
    REQUIRE(settle(record, token, handled, 1) == settle_status::stale);
    REQUIRE(settle(record, claim_token{}, handled, 1) == settle_status::stale);
}

TEST_CASE("state machine: settling twice alike is ok, otherwise stale") {
    claimed done;
    REQUIRE(settle(done.record, done.token, settlement::complete({ending::handled, 1}), 1)
            == settle_status::ok);
    const claim_record after = done.record;
    REQUIRE(settle(done.record, done.token, settlement::complete({ending::handled, 1}), 2)
            == settle_status::ok);
    REQUIRE(settle(done.record, done.token, settlement::complete({ending::handled, 2}), 2)
            == settle_status::stale);
    REQUIRE(settle(done.record, done.token, settlement::release(earlier::released), 2)
            == settle_status::stale);
    REQUIRE(settle(done.record, done.token, settlement::extend(1s), 2) == settle_status::stale);
    REQUIRE(done.record == after);

    claimed freed;
    REQUIRE(settle(freed.record, freed.token, settlement::release(earlier::released), 1)
            == settle_status::ok);
    REQUIRE(settle(freed.record, freed.token, settlement::release(earlier::released), 2)
            == settle_status::ok);
    REQUIRE(settle(freed.record, freed.token, settlement::release(earlier::unknown), 2)
            == settle_status::stale);
    REQUIRE(settle(freed.record, freed.token, handled, 2) == settle_status::stale);
    REQUIRE(freed.record.expires == 10'001);
}

TEST_CASE("state machine: what is not there is gone") {
    claim_record record;
    claimed c;
    REQUIRE(settle(record, c.token, handled, 0) == settle_status::gone);
    REQUIRE(settle(c.record, c.token, handled, 11'000) == settle_status::gone);
}

TEST_CASE("state machine: the same nonce is the same claim, and arms the lease again") {
    claim_record record;
    const claim_answer first = decide_claim(record, terms(1000, 10'000, 5), 0);
    for (const tick now : {400, 1399, 5000}) {
        const claim_answer again = decide_claim(record, terms(1000, 10'000, 5), now);
        REQUIRE(again.status == claim_status::granted);
        REQUIRE(again.repeated);
        REQUIRE(again.token == first.token);
        REQUIRE(again.before == first.before);
        REQUIRE(decide_claim(record, terms(1000, 10'000, 6), now + 999).status == claim_status::in_flight);
    }
    const claim_answer other = decide_claim(record, terms(1000, 10'000, 6), 6000);
    REQUIRE(other.status == claim_status::granted);
    REQUIRE_FALSE(other.repeated);
    REQUIRE(decide_claim(record, terms(1000, 10'000, 5), 6001).status == claim_status::in_flight);
}

TEST_CASE("state machine: no nonce is never the same claim") {
    claimed c;
    REQUIRE(c.record.nonce == 0);
    REQUIRE(decide_claim(c.record, terms(), 1).status == claim_status::in_flight);
}

TEST_CASE("state machine: an extended lease is as long as asked for, from then on") {
    claimed c;
    REQUIRE(settle(c.record, c.token, settlement::extend(3s), 500) == settle_status::ok);
    REQUIRE(decide_claim(c.record, terms(), 3499).status == claim_status::in_flight);
    REQUIRE(decide_claim(c.record, terms(), 3500).status == claim_status::granted);
}

TEST_CASE("state machine: generations follow the store's counter where it has one") {
    claim_record record;
    REQUIRE(decide_claim(record, terms(), 0, 500).token.generation == 500);
    REQUIRE(decide_claim(record, terms(), 1000, 600).token.generation == 600);
    REQUIRE(decide_claim(record, terms(), 2000, 3).token.generation == 601); // a counter that lost count
}

TEST_CASE("state machine: other content under the same id is told in every state") {
    const auto with = [](std::uint64_t fingerprint, std::int64_t keep = 10'000) {
        return claim_terms{.lease = 1000, .keep = keep, .fingerprint = fingerprint};
    };
    claim_record record;
    REQUIRE(decide_claim(record, with(1), 0).content == content_match::not_compared);
    REQUIRE(decide_claim(record, with(1), 1).content == content_match::same);
    REQUIRE(decide_claim(record, with(2), 1).content == content_match::different);
    REQUIRE(decide_claim(record, with(0), 1).content == content_match::not_compared);

    const claim_answer second = decide_claim(record, with(2), 1000);
    REQUIRE(second.status == claim_status::granted);
    REQUIRE(second.content == content_match::different);
    REQUIRE(settle(record, second.token, handled, 1001) == settle_status::ok);
    REQUIRE(decide_claim(record, with(2), 1002).content == content_match::same);
    REQUIRE(decide_claim(record, with(1), 1002).content == content_match::different);
    REQUIRE(decide_claim(record, with(1), 11'001).content == content_match::not_compared); // expired
}

TEST_CASE("state machine: what was accepted is granted to its ticket alone") {
    claimed c;
    REQUIRE(settle(c.record, c.token, accepted, 1) == settle_status::ok);
    const claim_token ticket = c.token;

    // To its sender it stays accepted for ever.
    for (const tick now : {tick{2}, tick{1'000'000'000}}) {
        const claim_answer answer = decide_claim(c.record, terms(), now);
        REQUIRE(answer.status == claim_status::done);
        REQUIRE(answer.result.how == ending::accepted);
    }
    claim_terms by_other_ticket = terms();
    claim_token other = ticket;
    ++other.generation;
    by_other_ticket.handed_over = &other;
    REQUIRE(decide_claim(c.record, by_other_ticket, 3).status == claim_status::done);

    claim_terms by_ticket = terms();
    by_ticket.handed_over = &ticket;
    const claim_answer worker = decide_claim(c.record, by_ticket, 10);
    REQUIRE(worker.status == claim_status::granted);
    REQUIRE(worker.before == earlier::none);
    REQUIRE(worker.token.attempt == 1);
    REQUIRE(worker.token.generation > ticket.generation);

    // The hand-over consumed the receiver's ownership, and the ticket is no token.
    REQUIRE(settle(c.record, ticket, handled, 11) == settle_status::stale);
    // A second worker with the same ticket has to wait; a receiver is told that the event is accepted.
    REQUIRE(decide_claim(c.record, by_ticket, 11).status == claim_status::in_flight);
    REQUIRE(decide_claim(c.record, terms(), 11).result.how == ending::accepted);

    // The worker dies; only the ticket gets the event again, however late.
    REQUIRE(decide_claim(c.record, terms(), 900'000'000).status == claim_status::done);
    const claim_answer second = decide_claim(c.record, by_ticket, 900'000'000);
    REQUIRE(second.status == claim_status::granted);
    REQUIRE(second.before == earlier::unknown);
    REQUIRE(second.token.attempt == 2);
    REQUIRE(settle(c.record, worker.token, handled, 900'000'001) == settle_status::stale);

    // The second gives it back: still nobody's but the ticket's.
    REQUIRE(settle(c.record, second.token, settlement::release(earlier::released), 900'000'002)
            == settle_status::ok);
    REQUIRE(settle(c.record, second.token, settlement::release(earlier::released), 900'000'003)
            == settle_status::ok);
    REQUIRE(settle(c.record, second.token, accepted, 900'000'003) == settle_status::stale);
    REQUIRE(decide_claim(c.record, terms(), 900'000'004).result.how == ending::accepted);

    const claim_answer third = decide_claim(c.record, by_ticket, 900'000'005);
    REQUIRE(third.before == earlier::released);
    REQUIRE(third.token.attempt == 3);
    REQUIRE(settle(c.record, third.token, handled, 900'000'006) == settle_status::ok);
    REQUIRE(decide_claim(c.record, by_ticket, 900'000'007).result.how == ending::handled);
    REQUIRE(decide_claim(c.record, terms(), 900'010'006).status
            == claim_status::granted); // `keep` has passed
}

TEST_CASE("state machine: accepting twice is ok, giving back afterwards is not") {
    claimed c;
    REQUIRE(settle(c.record, c.token, accepted, 1) == settle_status::ok);
    REQUIRE(settle(c.record, c.token, accepted, 2) == settle_status::ok);
    REQUIRE(settle(c.record, c.token, settlement::release(earlier::released), 2) == settle_status::stale);
    REQUIRE(settle(c.record, c.token, handled, 2) == settle_status::stale);
}

TEST_CASE("state machine: the holder of a ticket gets an event that the store has lost") {
    claim_token ticket;
    ticket.generation = 40;
    claim_terms by_ticket = terms();
    by_ticket.handed_over = &ticket;
    claim_record record;
    const claim_answer answer = decide_claim(record, by_ticket, 0);
    REQUIRE(answer.status == claim_status::granted);
    REQUIRE(answer.before == earlier::forgotten);
    REQUIRE(answer.token.generation == 41);
    REQUIRE(decide_claim(record, terms(), 1).result.how == ending::accepted);
}

TEST_CASE("state machine: an event that had to be forgotten is told as such") {
    claim_record evicted{.before = earlier::forgotten};
    const claim_answer answer = decide_claim(evicted, terms(), 0);
    REQUIRE(answer.status == claim_status::granted);
    REQUIRE(answer.before == earlier::forgotten);
}

TEST_CASE("state machine: after an operator's word the event is new, and no old token settles it") {
    claimed c;
    REQUIRE(decide_forget(c.record, 1).status == settle_status::ok);
    REQUIRE(decide_forget(c.record, 1).status == settle_status::gone);
    REQUIRE(settle(c.record, c.token, handled, 2) == settle_status::gone);
    const claim_answer next = decide_claim(c.record, terms(), 2);
    REQUIRE(next.status == claim_status::granted);
    REQUIRE(next.before == earlier::none);
    REQUIRE(next.token.attempt == 1);
    REQUIRE(next.token.generation > c.token.generation);
    REQUIRE(settle(c.record, c.token, handled, 3) == settle_status::stale);
}

TEST_CASE("state machine: a lease or a time to live of nothing is a wrong configuration, never 'for ever'") {
    claimed c;
    const claim_record before = c.record;
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    claim_token empty;
    for (const claim_terms& wrong : {terms(0), terms(-1), terms(least), terms(1000, 0), terms(1000, -1),
                                     claim_terms{.lease = 1000, .keep = 1000, .handed_over = &empty}}) {
        const claim_answer answer = decide_claim(c.record, wrong, 5000);
        REQUIRE(answer.status == claim_status::unavailable);
        REQUIRE(answer.fault == store_fault::misconfigured);
        REQUIRE_FALSE(answer.maybe_applied);
    }
    for (const auto lease : {0ms, -1ms}) {
        const settle_answer answer = decide_settle(c.record, c.token, settlement::extend(lease), 1);
        REQUIRE(answer.status == settle_status::unavailable);
        REQUIRE(answer.fault == store_fault::misconfigured);
    }
    REQUIRE(c.record == before);
}

TEST_CASE("state machine: the longest times there are do not wrap around") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    claim_record record;
    const claim_answer first = decide_claim(record, terms(most, most), 1'000'000);
    REQUIRE(first.status == claim_status::granted);
    REQUIRE(first.token.keep_seconds == std::numeric_limits<std::uint32_t>::max());
    REQUIRE(decide_claim(record, terms(), most - 1).status == claim_status::in_flight);
    REQUIRE(settle(record, first.token, handled, 2'000'000) == settle_status::ok);
    REQUIRE(decide_claim(record, terms(), 3'000'000).status == claim_status::done);
}

TEST_CASE("state machine: what an operator is shown") {
    REQUIRE(show({}, 0).available);
    REQUIRE(show({}, 0).state == event_state::absent);
    claimed c;
    REQUIRE(show(c.record, 400).state == event_state::in_flight);
    REQUIRE(show(c.record, 400).remaining == 600ms);
    REQUIRE(show(c.record, 400).attempt == 1);
    REQUIRE(show(c.record, 4000).remaining == 0ms);
    REQUIRE(settle(c.record, c.token, settlement::complete({ending::parked, 3}), 1000) == settle_status::ok);
    REQUIRE(show(c.record, 2000).state == event_state::done);
    REQUIRE(show(c.record, 2000).remaining == 9000ms);
    REQUIRE(show(c.record, 2000).result == outcome{ending::parked, 3});
    REQUIRE(show(c.record, 11'000).state == event_state::absent);
    REQUIRE_FALSE(peek_answer{}.available);
}

TEST_CASE(
    "keep_for: as long as the provider delivers and a quarter more, at least a day, a week where unknown") {
    STATIC_REQUIRE(keep_for(std::chrono::hours(1)) == std::chrono::hours(25));
    STATIC_REQUIRE(keep_for(std::chrono::hours(72)) == std::chrono::hours(96));
    STATIC_REQUIRE(keep_for(std::chrono::hours(240)) == std::chrono::hours(300));
    STATIC_REQUIRE(keep_for(0s) == std::chrono::hours(168));
    STATIC_REQUIRE(keep_for(-1s) == std::chrono::hours(168));
}

TEST_CASE("answers: by default nothing is known and nothing is granted") {
    STATIC_REQUIRE(claim_answer{}.status == claim_status::unavailable);
    STATIC_REQUIRE(settle_answer{}.status == settle_status::unavailable);
    STATIC_REQUIRE_FALSE(claim_answer{}.maybe_applied);
    STATIC_REQUIRE(default_lease == 60s);
}
