// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_PART_LOCK_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_PART_LOCK_HPP

#include <hookseal/core/yield.hpp>

#include <atomic>

namespace hookseal::inline v0_1::detail {

/// A mutex of one byte, so that it lies beside what it guards, for some hundred nanoseconds of work. Who finds it taken
/// tries again, and lets other threads go first when that takes long: its owner may be waiting for a processor.
class part_lock {
public:
    /// Holds it until the end of its block.
    class guard {
    public:
        explicit guard(part_lock& held) noexcept : held_(held) { held_.lock(); }
        guard(const guard&) = delete;
        guard& operator=(const guard&) = delete;
        ~guard() { held_.unlock(); }

    private:
        part_lock& held_;
    };

private:
    void lock() noexcept {
        for (unsigned tries = 1; taken_.test_and_set(std::memory_order_acquire); ++tries)
            while (taken_.test(std::memory_order_relaxed))
                if (++tries % patience == 0) yield();
    }
    void unlock() noexcept { taken_.clear(std::memory_order_release); }

    static constexpr unsigned patience = 64;

    std::atomic_flag taken_;
};

} // namespace hookseal::inline v0_1::detail

#endif
