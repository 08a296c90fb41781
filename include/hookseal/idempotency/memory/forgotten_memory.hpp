// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_FORGOTTEN_MEMORY_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_FORGOTTEN_MEMORY_HPP

#include <hookseal/core/min_max.hpp>
#include <hookseal/idempotency/memory/arena.hpp>
#include <hookseal/idempotency/memory/event_place.hpp>
#include <hookseal/idempotency/memory/prefetch.hpp>

#include <cstddef>
#include <cstdint>

namespace hookseal::inline v0_1::detail {

/// A set of events at two bytes each that forgets the oldest: it knows nearly all of the last `capacity / 2` that were put
/// in, and about every other one of those put in `capacity` ago. Of strangers it takes about one in 2,000 for known, because
/// it compares 16 bits with those of up to 31 others.
class forgotten_memory {
public:
    forgotten_memory(arena& from, std::size_t capacity) noexcept
        : lines_(lines_of(capacity)), all_(from.take<line>(lines_)) {}
    /// What it takes of the arena.
    [[nodiscard]] static constexpr std::size_t memory(std::size_t capacity) noexcept {
        return arena::size_of<line>(lines_of(capacity));
    }

    void put(const event_place& place) noexcept {
        line& at = all_[place.line(lines_)];
        at.tags[at.tags[ways]] = tag_of(place);
        at.tags[ways] = static_cast<std::uint16_t>((at.tags[ways] + 1U) % ways);
    }

    /// Whether the event may have been put in.
    [[nodiscard]] bool knows(const event_place& place) const noexcept {
        const line& at = all_[place.line(lines_)];
        std::uint16_t same = 0;                 // as wide as a tag, so that compilers compare several at once
        for (const std::uint16_t tag : at.tags) // the last one is too small to be one
            same |= static_cast<std::uint16_t>(tag == tag_of(place));
        return same != 0;
    }

    void take_out(const event_place& place) noexcept {
        line& at = all_[place.line(lines_)];
        for (std::size_t i = 0; i < ways; ++i)
            if (at.tags[i] == tag_of(place)) at.tags[i] = 0;
    }

    void prefetch(const event_place& place) const noexcept { prefetch_line(&all_[place.line(lines_)]); }

private:
    static constexpr std::uint16_t ways = 31;
    struct alignas(64) line {
        std::uint16_t tags[ways + 1]; ///< the last one is the number of the oldest
    };

    [[nodiscard]] static constexpr std::size_t lines_of(std::size_t capacity) noexcept {
        return larger_of<std::size_t>((capacity + ways - 1) / ways, 1);
    }
    /// 0 is an empty way, and less than 31 the number of one.
    [[nodiscard]] static std::uint16_t tag_of(const event_place& place) noexcept {
        return larger_of(static_cast<std::uint16_t>(place.tag() >> 16U), ways);
    }

    std::size_t lines_;
    line* all_;
};

} // namespace hookseal::inline v0_1::detail

#endif
