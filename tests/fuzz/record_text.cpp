// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/record_text.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/ticket.hpp>

#include "fuzz/fuzz.hpp"

#include <string_view>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

void tokens(std::string_view text) {
    const auto token = parse_claim_token(text);
    const auto as_ticket = ticket::parse(text);
    require(token.has_value() == as_ticket.has_value(), "a ticket's text is a token's");
    if (!token) return;
    require(claim_token_text(*token).view() == text, "of a token there is one text");
    require(as_ticket->token() == *token && as_ticket->text() == text, "and of its ticket");
}

/// Whatever a record says that somebody has written, the state machine answers of it.
void records(std::string_view text) {
    const auto record = parse_record(text);
    if (!record) return;
    require(record_text(*record).view() == text, "of a record there is one text");
    for (const tick now : {tick{0}, tick{1'800'000'000'000}}) {
        claim_record after = *record;
        const claim_answer claimed = decide_claim(after, {.nonce = 1}, now);
        require(claimed.status != claim_status::unavailable, "a claim of it is decided");
        require(claimed.remaining.count() >= 0 && claimed.remaining.count() <= record->lease,
                "no more remains than the lease");
        const bool was_over = record->state == event_state::absent || now >= record->expires;
        require(!was_over || claimed.status == claim_status::granted, "nobody waits for what is over");
        if (claimed.status == claim_status::granted) {
            claim_record settled = after;
            require(decide_settle(settled, claimed.token, settlement::complete({}), now).status
                        == settle_status::ok,
                    "the owner completes");
        }
        require(show(*record, now).available, "it can be shown");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = input(data, size).rest();
    tokens(text);
    records(text);

    // The other way round: of most texts nothing is read.
    input from(data, size);
    claim_record any{.state = static_cast<event_state>(from.below(5)),
                     .before = static_cast<earlier>(from.below(4)),
                     .result = {static_cast<ending>(from.below(4)), from.number<std::uint16_t>()},
                     .attempt = from.number<std::uint32_t>(),
                     .generation = from.number<std::uint64_t>(),
                     .nonce = from.number<std::uint64_t>(),
                     .ticket = from.number<std::uint64_t>(),
                     .fingerprint = from.number<std::uint64_t>(),
                     .lease = from.number<std::int64_t>(),
                     .leased_until = from.number<tick>(),
                     .expires = from.number<tick>()};
    records(record_text(any).view());
    return 0;
}
