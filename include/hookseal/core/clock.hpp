// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_CLOCK_HPP
#define HOOKSEAL_CORE_CLOCK_HPP

#include <hookseal/core/unix_time.hpp>

#include <concepts>
#include <ctime>
#include <optional>

namespace hookseal::inline v0_1 {

/// Where a verifier asks for the time: Unix time in whole seconds (a `unix_time` or `std::chrono::sys_seconds`), or nothing
/// when the clock cannot tell, which rejects the delivery. `now()` is called from all threads that share the verifier.
template <class Clock>
concept clock_source = requires(const Clock& clock) {
    { clock.now() }
    noexcept->std::convertible_to<std::optional<unix_time>>;
};

/// The system's wall clock.
struct system_clock {
    [[nodiscard]] std::optional<unix_time> now() const noexcept {
        // Whole seconds are all that is asked for, and `std::time` has them at a fraction of the cost.
        const std::time_t seconds = std::time(nullptr);
        if (seconds == static_cast<std::time_t>(-1)) return std::nullopt;
        return unix_time(seconds);
    }
};

} // namespace hookseal::inline v0_1

#endif
