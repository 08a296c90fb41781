// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SOUND_RECORD_HPP
#define HOOKSEAL_IDEMPOTENCY_SOUND_RECORD_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <cstdint>

// What was read from a store may have been written by anybody. What is not sound is answered by `misconfigured`.

namespace hookseal::inline v0_1::detail {

/// Whether numbers stand for a state, what was before it, and how an event ended.
[[nodiscard]] constexpr bool are_known(std::int64_t state, std::int64_t before, std::int64_t how) noexcept {
    const auto up_to = [](std::int64_t number, auto last) {
        return number >= 0 && number <= static_cast<std::int64_t>(last);
    };
    return up_to(state, event_state::done) && up_to(before, earlier::forgotten)
           && up_to(how, ending::ignored);
}

/// Whether the state machine can reckon with a record's times: none is so long ago that what has passed since is no number.
[[nodiscard]] constexpr bool has_sound_times(const claim_record& record) noexcept {
    constexpr tick earliest = -never / 2;
    return record.lease >= 0 && record.leased_until >= earliest && record.expires >= earliest;
}

} // namespace hookseal::inline v0_1::detail

#endif
