// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_TICK_HPP
#define HOOKSEAL_IDEMPOTENCY_TICK_HPP

#include <hookseal/core/min_max.hpp>

#include <concepts>
#include <cstdint>
#include <ctime>
#include <limits>

#if !defined(CLOCK_MONOTONIC)
#include <chrono>
#endif

namespace hookseal::inline v0_1 {

/// A point in time on a store's own clock, in milliseconds since whenever that clock began.
using tick = std::int64_t;

inline constexpr tick never = std::numeric_limits<tick>::max();

/// `now` and some milliseconds more, but not more than there are: far away is `never`.
[[nodiscard]] constexpr tick later(tick now, std::int64_t milliseconds) noexcept {
    return now > never - detail::larger_of<std::int64_t>(milliseconds, 0) ? never : now + milliseconds;
}

/// Where a store asks for the time. Called from all threads that use the store.
template <class Clock>
concept tick_clock = requires(const Clock& clock) {
    { clock.now() }
    noexcept->std::same_as<tick>;
};

namespace detail {

[[nodiscard]] constexpr tick milliseconds_of(const std::timespec& time) noexcept {
    return tick{time.tv_sec} * 1000 + tick{time.tv_nsec} / 1'000'000;
}

} // namespace detail

/// For stores within one process: unmoved by whoever sets the system's clock. Where the system has a cheaper clock that is
/// behind by a few milliseconds at the most, as Linux does, it is that one.
struct steady_ticks {
    [[nodiscard]] tick now() const noexcept {
        // POSIX's own functions where there are any, for `<chrono>` is one of the dearest headers.
#if defined(CLOCK_MONOTONIC)
        std::timespec now{};
#if defined(CLOCK_MONOTONIC_COARSE)
        if (clock_gettime(CLOCK_MONOTONIC_COARSE, &now) == 0) return detail::milliseconds_of(now);
#endif
        clock_gettime(CLOCK_MONOTONIC, &now);
        return detail::milliseconds_of(now);
#else
        const auto since = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
#endif
    }
};

/// For stores that outlive the process and cannot tell the time themselves. A step of the clock shortens or prolongs
/// leases by as much.
struct wall_ticks {
    [[nodiscard]] tick now() const noexcept {
        std::timespec now{};
        std::timespec_get(&now, TIME_UTC);
        return detail::milliseconds_of(now);
    }
};

} // namespace hookseal::inline v0_1

#endif
