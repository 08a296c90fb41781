// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_EVENT_INDEX_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_EVENT_INDEX_HPP

#include <hookseal/core/min_max.hpp>
#include <hookseal/encoding/eight_bytes.hpp>
#include <hookseal/idempotency/memory/arena.hpp>
#include <hookseal/idempotency/memory/event_place.hpp>
#include <hookseal/idempotency/memory/event_slot.hpp>
#include <hookseal/idempotency/memory/prefetch.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace hookseal::inline v0_1::detail {

/// Which slot an event is in: a hash table of cache lines with room for twenty each. Eight bits of an event lie beside its
/// slot's number, so that most strangers are known as such without a look at the slots. A line counts the events that
/// found it full and went on to the next; where it counts none, a search ends.
class event_index {
public:
    event_index(arena& from, std::size_t capacity) noexcept
        : lines_(lines_of(capacity)), all_(from.take<line>(lines_)) {}
    /// What it takes of the arena.
    [[nodiscard]] static constexpr std::size_t memory(std::size_t capacity) noexcept {
        return arena::size_of<line>(lines_of(capacity));
    }

    [[nodiscard]] slot_number find(const event_place& place, const event_slot* slots) const noexcept {
        std::size_t at = place.line(lines_);
        for (std::size_t seen = 0; seen < lines_; ++seen, at = after(at)) {
            const line& here = all_[at];
            for (std::uint64_t same = matches(here, tag_of(place)); same != 0; same &= same - 1)
                if (const slot_number slot = here.numbers[first(same)]; slots[slot].place == place)
                    return slot;
            if (here.passed_on == 0) break;
        }
        return no_slot;
    }

    /// Of an event that is not in it, while there are less than `capacity` others.
    void insert(const event_place& place, slot_number slot) noexcept {
        std::size_t at = place.line(lines_);
        for (; all_[at].taken == room; at = after(at))
            ++all_[at].passed_on;
        line& here = all_[at];
        here.tags[here.taken] = tag_of(place);
        here.numbers[here.taken] = slot;
        ++here.taken;
    }

    /// Of an event that is in it.
    void erase(const event_place& place, slot_number slot) noexcept {
        for (std::size_t at = place.line(lines_);; at = after(at)) {
            line& here = all_[at];
            for (std::uint64_t same = matches(here, tag_of(place)); same != 0; same &= same - 1)
                if (here.numbers[first(same)] == slot) {
                    const std::size_t last = --here.taken;
                    here.numbers[first(same)] = here.numbers[last];
                    here.tags[first(same)] = here.tags[last];
                    here.tags[last] = 0;
                    return;
                }
            --here.passed_on;
        }
    }

    void prefetch(const event_place& place) const noexcept { prefetch_line(&all_[place.line(lines_)]); }

private:
    static constexpr std::size_t room = 20;
    static constexpr std::size_t usual =
        13; ///< so many in a line of a full table: of sixteen, one line in seven would pass some on

    struct alignas(64) line {
        unsigned char tags[room]; ///< of the events that are in it, and then 0
        std::uint16_t taken;
        std::uint16_t passed_on;
        slot_number numbers[room];
    };
    static_assert(sizeof(line) == 64);

    [[nodiscard]] static constexpr std::size_t lines_of(std::size_t capacity) noexcept {
        return capacity / usual + 1;
    }
    [[nodiscard]] std::size_t after(std::size_t at) const noexcept { return at + 1 == lines_ ? 0 : at + 1; }
    [[nodiscard]] static unsigned char tag_of(const event_place& place) noexcept {
        return larger_of<unsigned char>(static_cast<unsigned char>(place.tag()), 1);
    }

    /// Which of the twenty have this tag: a bit for each, of which `first` says the number. The three words that hold the
    /// tags are looked at as a whole, and what is found in the second and third lies between what is found in the first.
    [[nodiscard]] static std::uint64_t matches(const line& in, unsigned char tag) noexcept {
        const char* const bytes = reinterpret_cast<const char*>(&in);
        constexpr std::uint64_t of_the_third = 0xffff'ffff;
        return same_bytes(eight_bytes(bytes), tag) | same_bytes(eight_bytes(bytes + 8), tag) << 1U
               | (same_bytes(eight_bytes(bytes + 16), tag) & of_the_third) << 2U;
    }
    [[nodiscard]] static std::size_t first(std::uint64_t matches) noexcept {
        const auto bit = static_cast<std::size_t>(std::countr_zero(matches));
        return bit % 8 * 8 + bit / 8;
    }

    /// The lowest bit of each byte that is this one, and no other.
    [[nodiscard]] static std::uint64_t same_bytes(std::uint64_t eight, unsigned char byte) noexcept {
        const std::uint64_t differing = eight ^ eight_times(byte);
        constexpr std::uint64_t low = eight_times(0x7f);
        return ~(((differing & low) + low) | differing | low) >> 7U;
    }

    std::size_t lines_;
    line* all_;
};

} // namespace hookseal::inline v0_1::detail

#endif
