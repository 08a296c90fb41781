// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_PART_LOCK_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_PART_LOCK_HPP

#include <atomic>

namespace hookseal::inline v0_1::detail {

/// A mutex of four bytes, so that it shares a cache line with what it guards. Who waits tries a little and then sleeps.
///
/// Source: Drepper, "Futexes Are Tricky", section 5.
class part_lock {
public:
    void lock() noexcept {
        for (int tries = 0; tries < 100; ++tries) {
            int expected = free;
            if (state_.load(std::memory_order_relaxed) == free
                && state_.compare_exchange_weak(expected, taken, std::memory_order_acquire,
                                                std::memory_order_relaxed))
                return;
        }
        while (state_.exchange(waited_for, std::memory_order_acquire) != free)
            state_.wait(waited_for, std::memory_order_relaxed);
    }
    void unlock() noexcept {
        if (state_.exchange(free) == waited_for) state_.notify_one();
    }

private:
    static constexpr int free = 0;
    static constexpr int taken = 1;
    static constexpr int waited_for = 2;

    std::atomic<int> state_ = free;
};

} // namespace hookseal::inline v0_1::detail

#endif
