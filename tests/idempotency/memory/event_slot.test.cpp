// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/memory/event_slot.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>

using namespace hookseal;
using namespace std::chrono_literals;
using detail::event_slot;
using detail::slot_writer;

namespace {

constexpr tick begun = -5000;
constexpr std::uint64_t generation = 0x1'0000'0007;

claim_record there_and_back(const claim_record& record, std::uint64_t presented = generation) {
    const slot_writer writer(begun);
    event_slot slot{};
    writer.write(record, slot);
    return writer.read(slot, presented);
}

claim_terms terms(std::int64_t lease, std::int64_t keep) {
    return {.lease = lease, .keep = keep, .nonce = 0, .fingerprint = 0xabcdef};
}

/// As the state machine leaves it, with whole seconds for lease and time to live.
claim_record in_flight(tick now) {
    claim_record record;
    (void)decide_claim(record, terms(60'000, 7'000'000), now, generation);
    return record;
}

claim_token owner(std::uint64_t of = generation) { return {.generation = of, .keep_seconds = 7'000}; }

} // namespace

TEST_CASE("event_slot: a record comes out as it went in, in every state") {
    for (const tick now : {begun, tick{0}, tick{1'000'000'000'000}}) {
        claim_record record = in_flight(now);
        claim_record kept = there_and_back(record);
        REQUIRE(kept.lease - record.lease <= 1000); // rounded up to seconds
        REQUIRE(kept.lease >= record.lease);
        kept.lease = record.lease;
        REQUIRE(kept == record);

        claim_record released = record;
        (void)decide_settle(released, owner(), settlement::release(earlier::unknown), now);
        REQUIRE(released.state == event_state::released);
        kept = there_and_back(released);
        kept.lease = released.lease;
        kept.leased_until = released.leased_until; // of no importance any more
        REQUIRE(kept == released);

        claim_record done = record;
        (void)decide_settle(done, owner(), settlement::complete({ending::parked, 0xfedc}), now);
        REQUIRE(done.state == event_state::done);
        kept = there_and_back(done);
        kept.lease = done.lease;
        kept.leased_until = done.leased_until;
        REQUIRE(kept == done);

        (void)decide_settle(record, owner(), settlement::complete({ending::accepted, 0xfedc}), now);
        REQUIRE(record.state == event_state::accepted);
        kept = there_and_back(record);
        kept.lease = record.lease;
        kept.leased_until = record.leased_until;
        REQUIRE(kept == record);

        const claim_token ticket = owner();
        claim_terms by_ticket = terms(60'000, 7'000'000);
        by_ticket.handed_over = &ticket;
        REQUIRE(decide_claim(record, by_ticket, now, generation + 1).status == claim_status::granted);
        kept = there_and_back(record, generation);
        REQUIRE(kept.ticket == generation);
        REQUIRE(kept.result.how == ending::accepted);
        REQUIRE(kept.leased_until == record.leased_until);
        REQUIRE(kept.expires == never);
        kept = there_and_back(record, generation + 1);
        REQUIRE(kept.generation == generation + 1);
        REQUIRE(kept.ticket != generation + 1);
    }
}

TEST_CASE("event_slot: another generation than that presented is another one") {
    const claim_record record = in_flight(0);
    for (const std::uint64_t other : {generation - 1, generation + 1, generation - 7, std::uint64_t{0}})
        REQUIRE(there_and_back(record, other).generation != other);
}

TEST_CASE("event_slot: a ticket that was never presented is one all the same") {
    claim_record record = in_flight(0);
    record.generation = std::uint64_t{1} << 32U; // its lower half is 0
    (void)decide_settle(record, owner(record.generation), settlement::complete({ending::accepted}), 0);
    REQUIRE(record.ticket == record.generation);
    REQUIRE(there_and_back(record, 0).ticket != 0);
    REQUIRE(there_and_back(record, record.generation).ticket == record.ticket);
}

TEST_CASE("event_slot: what is too long is longer than anybody waits, and never shorter than it was") {
    claim_record record = in_flight(0);
    record.attempt = 1000;
    REQUIRE(there_and_back(record).attempt == 255);
    record.leased_until = record.expires = never;
    record.lease = never - 1;
    REQUIRE(there_and_back(record).leased_until == never);
    REQUIRE(there_and_back(record).expires == never);
    REQUIRE(there_and_back(record).lease >= record.lease);
    record = in_flight(0);
    record.leased_until = begun - 1; // a clock that was set back
    REQUIRE(there_and_back(record).leased_until == begun);
}

TEST_CASE("event_slot: fingerprints are shortened, and known ones remain known") {
    using detail::short_fingerprint;
    REQUIRE(short_fingerprint(0) == 0);
    REQUIRE(short_fingerprint(1) == 1);
    REQUIRE(short_fingerprint(0x1234'5678'9abc'def0) == 0x12'3456);
}
