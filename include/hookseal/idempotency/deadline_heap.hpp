// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_DEADLINE_HEAP_HPP
#define HOOKSEAL_IDEMPOTENCY_DEADLINE_HEAP_HPP

#include <hookseal/idempotency/tick.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace hookseal::inline v0_1::detail {

/// Numbered things, 0 to `capacity - 1`, of which the one that is due first is known: a binary heap that also knows
/// where each thing stands in it. All memory is taken at construction, which throws `std::bad_alloc`.
class deadline_heap {
public:
    explicit deadline_heap(std::size_t capacity)
        : entries_(new entry[capacity]), places_(new std::uint32_t[capacity]) {
        for (std::size_t i = 0; i < capacity; ++i)
            places_[i] = outside;
    }

    [[nodiscard]] bool any_due(tick now) const noexcept { return size_ != 0 && entries_[0].due <= now; }
    /// Only where there is one.
    [[nodiscard]] std::uint32_t first() const noexcept { return entries_[0].thing; }

    /// Adds a thing that is not in the heap.
    void add(std::uint32_t thing, tick due) noexcept { rise(size_++, {due, thing}); }

    /// Takes a thing out, if it is in.
    void remove(std::uint32_t thing) noexcept {
        const std::uint32_t place = std::exchange(places_[thing], outside);
        if (place == outside) return;
        const entry last = entries_[--size_];
        if (place == size_) return;
        if (place != 0 && last.due < entries_[(place - 1) / 2].due)
            rise(place, last);
        else
            sink(place, last);
    }

private:
    struct entry {
        tick due;
        std::uint32_t thing;
    };
    static constexpr std::uint32_t outside = 0xffff'ffff;

    void put(std::uint32_t place, const entry& e) noexcept {
        entries_[place] = e;
        places_[e.thing] = place;
    }
    void rise(std::uint32_t place, const entry& e) noexcept {
        for (; place != 0 && e.due < entries_[(place - 1) / 2].due; place = (place - 1) / 2)
            put(place, entries_[(place - 1) / 2]);
        put(place, e);
    }
    void sink(std::uint32_t place, const entry& e) noexcept {
        for (std::size_t child = 2 * std::size_t{place} + 1; child < size_; child = 2 * child + 1) {
            if (child + 1 < size_ && entries_[child + 1].due < entries_[child].due) ++child;
            if (e.due <= entries_[child].due) break;
            put(place, entries_[child]);
            place = static_cast<std::uint32_t>(child);
        }
        put(place, e);
    }

    std::unique_ptr<entry[]> entries_;
    std::unique_ptr<std::uint32_t[]> places_;
    std::uint32_t size_ = 0;
};

} // namespace hookseal::inline v0_1::detail

#endif
