// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_EVENT_SLOT_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_EVENT_SLOT_HPP

#include <hookseal/core/min_max.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/memory/event_place.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <cstdint>

namespace hookseal::inline v0_1::detail {

/// Slots are numbered within a part of the store.
using slot_number = std::uint16_t;
inline constexpr slot_number no_slot = 0xffff;

/// The neighbours of a slot in the one list it is in.
struct recency_links {
    slot_number older;
    slot_number newer;
};

/// An event's record in half a cache line. What a state does not need gives its room to what it does.
///
/// Shortened are: times, to the 34 years after the store was made, and later is never; the generation and the ticket,
/// to their lower halves (so an owner who was overtaken would be taken for the present one if exactly a multiple of 2³²
/// grants lay between the two); the fingerprint, to 24 bits; the attempt, which stops at 256; and the lease's length,
/// to seconds.
struct alignas(32) event_slot {
    struct times {
        std::uint64_t
            deadline : 40; ///< in flight: the lease's end; else when the record is worth nothing any more
        std::uint64_t attempt : 8;
        std::uint64_t code : 16; ///< in flight, not handed over: the lease's length in seconds
    };
    struct marks {
        std::uint32_t fingerprint : 24;
        std::uint32_t state : 3;
        std::uint32_t before : 2;
        std::uint32_t how : 2;
        std::uint32_t handed_over : 1;
    };

    event_place place;
    std::uint32_t generation;
    times at;
    marks is;
    union {
        recency_links links;        ///< released, done, and free
        std::uint32_t keep_seconds; ///< in flight, not handed over
        std::uint32_t ticket;       ///< handed over
    };

    [[nodiscard]] event_state current() const noexcept { return static_cast<event_state>(is.state); }
    [[nodiscard]] bool is_owned() const noexcept {
        return current() == event_state::in_flight && is.handed_over == 0;
    }
};
static_assert(sizeof(event_slot) == 32);

/// 0: not known.
[[nodiscard]] constexpr std::uint32_t short_fingerprint(std::uint64_t fingerprint) noexcept {
    if (fingerprint == 0) return 0;
    return larger_of<std::uint32_t>(static_cast<std::uint32_t>(fingerprint >> 40U), 1);
}

/// The terms of a request as far as the memory store can keep them: without a nonce, which nobody needs where no reply is
/// ever lost, and with a short fingerprint, to compare with those that are kept.
[[nodiscard]] inline claim_terms memory_terms(const claim_request& request) noexcept {
    claim_terms terms = claim_terms::of(request);
    terms.nonce = 0;
    terms.fingerprint = short_fingerprint(terms.fingerprint);
    return terms;
}

/// Puts records into slots and takes them out again.
class slot_writer {
public:
    explicit slot_writer(tick begun) noexcept : begun_(begun) {}

    /// \param presented the generation that is asked for: the record has it, and so has its ticket, if the lower halves
    ///                  are the same
    [[nodiscard]] claim_record read(const event_slot& from, std::uint64_t presented) const noexcept {
        claim_record record;
        record.state = from.current();
        record.before = static_cast<earlier>(from.is.before);
        record.attempt = from.at.attempt;
        record.generation = with_low_half(presented, from.generation);
        record.fingerprint = from.is.fingerprint;
        const tick deadline = time_of(from.at.deadline);
        if (from.is.handed_over != 0) {
            record.ticket = larger_of<std::uint64_t>(with_low_half(presented, from.ticket), 1);
            record.result = {ending::accepted, static_cast<std::uint16_t>(from.at.code)};
            record.lease = never;
            record.leased_until = deadline;
            record.expires = never;
        } else if (from.current() == event_state::in_flight) {
            const auto seconds = static_cast<std::int64_t>(from.at.code);
            record.lease = seconds == longest_lease ? never : seconds * 1000;
            record.leased_until = deadline;
            record.expires = later(deadline, std::int64_t{from.keep_seconds} * 1000);
        } else {
            record.result = {static_cast<ending>(from.is.how), static_cast<std::uint16_t>(from.at.code)};
            record.expires = deadline;
        }
        return record;
    }

    /// Writes all but the place, and the links of those that have any.
    void write(const claim_record& record, event_slot& to) const noexcept {
        // Each word is put together before it is written: parts of it written one by one would have to be waited for.
        const bool in_flight = record.state == event_state::in_flight;
        const bool is_owned = in_flight && record.ticket == 0;
        const std::int64_t code =
            is_owned ? smaller_of(record.lease / 1000 + 1, longest_lease) : record.result.code;
        to.generation = static_cast<std::uint32_t>(record.generation);
        to.at = {.deadline = short_time(in_flight ? record.leased_until : record.expires) & longest_time,
                 .attempt = static_cast<unsigned char>(smaller_of<std::uint32_t>(record.attempt, 0xff)),
                 .code = static_cast<std::uint16_t>(code)};
        to.is = {.fingerprint = static_cast<std::uint32_t>(record.fingerprint) & 0xff'ffffU,
                 .state = static_cast<unsigned char>(record.state) & 7U,
                 .before = static_cast<unsigned char>(record.before) & 3U,
                 .how = static_cast<unsigned char>(record.result.how) & 3U,
                 .handed_over = record.ticket != 0 ? 1U : 0U};
        if (record.ticket != 0)
            to.ticket = static_cast<std::uint32_t>(record.ticket);
        else if (is_owned)
            to.keep_seconds = static_cast<std::uint32_t>(
                smaller_of<std::int64_t>((record.expires - record.leased_until) / 1000, 0xffff'ffff));
    }

    /// When the slot becomes free by itself.
    [[nodiscard]] tick expiry(const event_slot& of) const noexcept {
        if (of.is.handed_over != 0 || of.current() == event_state::absent) return never;
        if (of.current() != event_state::in_flight) return time_of(of.at.deadline);
        return later(time_of(of.at.deadline), std::int64_t{of.keep_seconds} * 1000);
    }
    /// When its owner may be taken for dead.
    [[nodiscard]] tick abandonment(const event_slot& of) const noexcept {
        return of.is_owned() ? time_of(of.at.deadline) : never;
    }

private:
    static constexpr std::int64_t longest_lease = 0xffff;
    static constexpr std::uint64_t longest_time = (std::uint64_t{1} << 40U) - 1;

    [[nodiscard]] std::uint64_t short_time(tick when) const noexcept {
        if (when <= begun_) return 0;
        const std::uint64_t since = static_cast<std::uint64_t>(when) - static_cast<std::uint64_t>(begun_);
        return smaller_of(since, longest_time);
    }
    [[nodiscard]] tick time_of(std::uint64_t since) const noexcept {
        return since == longest_time ? never : later(begun_, static_cast<std::int64_t>(since));
    }
    [[nodiscard]] static std::uint64_t with_low_half(std::uint64_t number, std::uint32_t low) noexcept {
        return (number & ~std::uint64_t{0xffff'ffff}) | low;
    }

    tick begun_;
};

} // namespace hookseal::inline v0_1::detail

#endif
