// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_DUE_BLOCKS_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_DUE_BLOCKS_HPP

#include <hookseal/core/min_max.hpp>
#include <hookseal/idempotency/memory/arena.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <cstddef>

namespace hookseal::inline v0_1::detail {

/// Finds a numbered thing that is due without keeping them in order: for each block of 64 neighbours it remembers a time
/// before which none of them is. What is filed together mostly falls due together, so a look through a block finds many.
class due_blocks {
public:
    due_blocks(arena& from, std::size_t capacity) noexcept
        : things_(capacity), blocks_(blocks_of(capacity)), bounds_(from.take<tick>(blocks_)) {
        for (std::size_t i = 0; i < blocks_; ++i)
            bounds_[i] = never;
    }
    /// What it takes of the arena.
    [[nodiscard]] static constexpr std::size_t memory(std::size_t capacity) noexcept {
        return arena::size_of<tick>(blocks_of(capacity));
    }

    /// That one is due then. What was said of it before may be forgotten, or not.
    void note(std::size_t thing, tick due) noexcept {
        tick& bound = bounds_[thing / size];
        bound = smaller_of(bound, due);
        soonest_ = smaller_of(soonest_, due);
    }

    /// Shows what is due in one block, if there is anything due at all.
    ///
    /// \param due_of when each is due; `never` of what is not in question
    /// \param take returns whether that one is not in question any more
    /// \returns whether there was anything
    template <class DueOf, class Take>
    bool take_due(tick now, DueOf due_of, Take take) noexcept {
        if (now < soonest_) return false;
        bool any = false;
        soonest_ = never;
        for (std::size_t i = 0; i < blocks_; ++i) {
            if (!any && bounds_[i] <= now) any = look_through(i, now, due_of, take);
            soonest_ = smaller_of(soonest_, bounds_[i]);
        }
        return any;
    }

private:
    static constexpr std::size_t size = 64;

    [[nodiscard]] static constexpr std::size_t blocks_of(std::size_t capacity) noexcept {
        return (capacity + size - 1) / size;
    }

    template <class DueOf, class Take>
    bool look_through(std::size_t block, tick now, DueOf& due_of, Take& take) noexcept {
        bool any = false;
        bounds_[block] = never;
        for (std::size_t i = block * size; i < smaller_of(things_, (block + 1) * size); ++i) {
            const tick due = due_of(i);
            const bool is_due = due <= now;
            any = any || is_due;
            if (!is_due || !take(i)) bounds_[block] = smaller_of(bounds_[block], due);
        }
        return any;
    }

    std::size_t things_;
    std::size_t blocks_;
    tick* bounds_;
    tick soonest_ = never;
};

} // namespace hookseal::inline v0_1::detail

#endif
