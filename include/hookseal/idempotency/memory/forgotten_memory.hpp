// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_FORGOTTEN_MEMORY_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_FORGOTTEN_MEMORY_HPP

#include <hookseal/idempotency/memory/event_place.hpp>
#include <hookseal/idempotency/memory/prefetch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>

namespace hookseal::inline v0_1::detail {

/// A set of events at two bytes each that forgets the oldest: it knows nearly all of the last `capacity / 2` that were put
/// in, and about every other one of those put in `capacity` ago. Of strangers it takes about one in 2,000 for known, because
/// it compares 16 bits with those of up to 31 others.
///
/// All memory is taken at construction, which throws `std::bad_alloc`.
class forgotten_memory {
public:
    explicit forgotten_memory(std::size_t capacity)
        : lines_(std::max<std::size_t>((capacity + ways - 1) / ways, 1)), all_(new line[lines_]()) {}

    void put(const event_place& place) noexcept {
        line& at = all_[place.line(lines_)];
        at.tags[at.oldest++ % ways] = tag_of(place);
    }

    /// Whether the event may have been put in.
    [[nodiscard]] bool knows(const event_place& place) const noexcept {
        const line& at = all_[place.line(lines_)];
        return std::find(std::begin(at.tags), std::end(at.tags), tag_of(place)) != std::end(at.tags);
    }

    void take_out(const event_place& place) noexcept {
        line& at = all_[place.line(lines_)];
        std::replace(std::begin(at.tags), std::end(at.tags), tag_of(place), std::uint16_t{0});
    }

    void prefetch(const event_place& place) const noexcept { prefetch_line(&all_[place.line(lines_)]); }

private:
    static constexpr std::size_t ways = 31;
    struct alignas(64) line {
        std::uint16_t tags[ways];
        std::uint16_t oldest;
    };

    /// 0 is an empty way.
    [[nodiscard]] static std::uint16_t tag_of(const event_place& place) noexcept {
        return std::max<std::uint16_t>(static_cast<std::uint16_t>(place.tag() >> 16U), 1);
    }

    std::size_t lines_;
    std::unique_ptr<line[]> all_;
};

} // namespace hookseal::inline v0_1::detail

#endif
