// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/reply.hpp>

#include "support/catch.hpp"

#include <set>
#include <string_view>

using namespace hookseal;
using namespace std::chrono_literals;

namespace {

claim_answer answered(claim_status status) {
    claim_answer answer;
    answer.status = status;
    return answer;
}
claim_answer done(ending how) {
    claim_answer answer = answered(claim_status::done);
    answer.result.how = how;
    return answer;
}
claim_answer in_flight(std::chrono::milliseconds remaining) {
    claim_answer answer = answered(claim_status::in_flight);
    answer.remaining = remaining;
    return answer;
}

const settle_answer stored = settle_answer::of(settle_status::ok);

} // namespace

TEST_CASE("reply: said of nothing, the sender comes again") {
    REQUIRE(reply{}.status == 503);
    REQUIRE(reply{}.why == reply_reason::unfinished);
    REQUIRE(reply_for(claim_answer{}, {})->status == 503);
}

TEST_CASE("reply: what cannot be verified is answered by its error") {
    const reply forged = reply_for(error::signature_mismatch, {});
    REQUIRE(forged.status == 401);
    REQUIRE(forged.why == reply_reason::rejected);
    REQUIRE(forged.error == error::signature_mismatch);
    REQUIRE_FALSE(forged.retry_after);

    const reply no_clock = reply_for(error::clock_failed, {});
    REQUIRE(no_clock.status == 503);
    REQUIRE(no_clock.retry_after == 10s);
    REQUIRE(reply_for(error::whole_body_needed, {}).status == 500);
}

TEST_CASE("reply: a granted event is the caller's to handle") {
    REQUIRE_FALSE(reply_for(answered(claim_status::granted), {}));
    claim_answer forgotten = answered(claim_status::granted);
    forgotten.before = earlier::forgotten; // answering 'duplicate' would lose events
    REQUIRE_FALSE(reply_for(forgotten, {}));
}

TEST_CASE("reply: what is done is a duplicate, what is accepted is accepted") {
    for (const ending how : {ending::handled, ending::ignored}) {
        REQUIRE(reply_for(done(how), {})->status == 200);
        REQUIRE(reply_for(done(how), {})->why == reply_reason::duplicate);
    }
    REQUIRE(reply_for(done(ending::accepted), {})->status == 202);
    REQUIRE(reply_for(done(ending::accepted), {})->why == reply_reason::accepted);
    REQUIRE(reply_for(done(ending::parked), {})->status == 200);
    REQUIRE(reply_for(done(ending::parked), {})->why == reply_reason::parked);
}

TEST_CASE(
    "reply: while the event is in flight the sender comes again after the lease, at most two minutes later") {
    REQUIRE(reply_for(in_flight(30s), {})->status == 503);
    REQUIRE(reply_for(in_flight(30s), {})->why == reply_reason::in_flight);
    REQUIRE(reply_for(in_flight(30s), {})->retry_after == 30s);
    REQUIRE(reply_for(in_flight(30'001ms), {})->retry_after == 31s);
    REQUIRE(reply_for(in_flight(0ms), {})->retry_after == 1s);
    REQUIRE(reply_for(in_flight(120s), {})->retry_after == 120s);
    REQUIRE(reply_for(in_flight(std::chrono::hours(9)), {})->retry_after == 120s);
    REQUIRE(reply_for(in_flight(30s), {.longest_retry_after = 5s})->retry_after == 5s);
}

TEST_CASE("reply: a store that does not answer has the sender come again, or does not count") {
    const auto down = claim_answer::failure(store_fault::down);
    REQUIRE(reply_for(down, {})->status == 503);
    REQUIRE(reply_for(down, {})->why == reply_reason::store_unavailable);
    REQUIRE(reply_for(down, {})->retry_after == 10s);
    REQUIRE_FALSE(reply_for(down, {.unavailable = receiver_policy::without_store::handle}));
}

TEST_CASE("reply: other content is a duplicate unless that is fatal") {
    const receiver_policy strict{.different = receiver_policy::other_content::is_refused};
    for (claim_answer answer : {done(ending::handled), done(ending::accepted), in_flight(5s)}) {
        answer.content = content_match::different;
        REQUIRE(reply_for(answer, {})->why != reply_reason::other_content);
        REQUIRE(reply_for(answer, strict)->status == 422);
        REQUIRE(reply_for(answer, strict)->why == reply_reason::other_content);
        answer.content = content_match::same;
        REQUIRE(reply_for(answer, strict)->why != reply_reason::other_content);
    }
    claim_answer granted = answered(claim_status::granted);
    granted.content = content_match::different;
    REQUIRE_FALSE(reply_for(granted, strict)); // nothing was handled under this id yet
}

TEST_CASE("reply: what was handled is handled, whatever the store says of it") {
    for (const settle_answer& settled : {stored, settle_answer::of(settle_status::stale),
                                         settle_answer::of(settle_status::gone), settle_answer{}}) {
        REQUIRE(reply_for(verdict::handled(), settled, false, {}).status == 200);
        REQUIRE(reply_for(verdict::handled(), settled, false, {}).why == reply_reason::handled);
        REQUIRE(reply_for(verdict::ignored(), settled, false, {}).why == reply_reason::ignored);
        REQUIRE(reply_for(verdict::parked(), settled, false, {}).why == reply_reason::parked);
    }
}

TEST_CASE("reply: where the work is in the store's transaction, only its commit counts") {
    REQUIRE(reply_for(verdict::handled(), stored, true, {}).status == 200);
    for (const settle_answer& settled :
         {settle_answer::of(settle_status::stale), settle_answer::of(settle_status::gone),
          settle_answer::of(settle_status::undone), settle_answer{}}) {
        REQUIRE(reply_for(verdict::handled(), settled, true, {}).status == 503);
        REQUIRE(reply_for(verdict::handled(), settled, true, {}).why == reply_reason::undone);
    }
    REQUIRE(reply_for(verdict::handled(), settle_answer::of(settle_status::undone), false, {}).status == 503);
}

TEST_CASE("reply: what was accepted is acknowledged when the store knows it, and not before") {
    const reply answer = reply_for(verdict::accepted(), stored, false, {});
    REQUIRE(answer.status == 202);
    REQUIRE(answer.why == reply_reason::accepted);
    REQUIRE(reply_for(verdict::accepted(), stored, false, {.accepted_status = 200}).status == 200);
    for (const settle_status status :
         {settle_status::unavailable, settle_status::stale, settle_status::gone, settle_status::undone})
        REQUIRE(reply_for(verdict::accepted(), settle_answer::of(status), false, {}).status == 503);
}

TEST_CASE("reply: what failed is delivered again") {
    for (const settle_answer& settled : {stored, settle_answer{}}) {
        REQUIRE(reply_for(verdict::failed(), settled, false, {}).status == 500);
        REQUIRE(reply_for(verdict::unknown(), settled, false, {}).status == 500);
        REQUIRE(reply_for(verdict{}, settled, true, {}).why == reply_reason::failed);
    }
    REQUIRE_FALSE(reply_for(verdict::failed(), stored, false, {}).retry_after);
    REQUIRE(reply_for(verdict::failed(90s), stored, false, {}).retry_after == 90s);
}

TEST_CASE("reply: every status can be chosen") {
    const receiver_policy other{.handled_status = 204,
                                .duplicate_status = 208,
                                .accepted_status = 201,
                                .failed_status = 502,
                                .retry_status = 429};
    REQUIRE(reply_for(verdict::handled(), stored, false, other).status == 204);
    REQUIRE(reply_for(done(ending::handled), other)->status == 208);
    REQUIRE(reply_for(done(ending::accepted), other)->status == 201);
    REQUIRE(reply_for(verdict::failed(), stored, false, other).status == 502);
    REQUIRE(reply_for(in_flight(1s), other)->status == 429);
    REQUIRE(reply_for(claim_answer{}, other)->status == 429);
}

TEST_CASE("reply: every reason has a name of its own") {
    std::set<std::string_view> names;
    for (unsigned char i = 0; i <= static_cast<unsigned char>(reply_reason::undone); ++i)
        names.insert(name(static_cast<reply_reason>(i)));
    REQUIRE(names.size() == 12);
}
