// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_CLOCK_HPP
#define HOOKSEAL_CORE_CLOCK_HPP

#include <hookseal/core/duration.hpp>

#include <chrono>
#include <concepts>
#include <optional>

namespace hookseal::inline v0_1 {

/// Where a verifier asks for the time: Unix time in whole seconds, or nothing when the clock cannot tell, which
/// rejects the delivery. `now()` is called from all threads that share the verifier.
template <class Clock>
concept clock_source = requires(const Clock& clock) {
    { clock.now() }
    noexcept->std::convertible_to<std::optional<std::chrono::sys_seconds>>;
};

/// The system's wall clock.
struct system_clock {
    [[nodiscard]] std::optional<std::chrono::sys_seconds> now() const noexcept {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
};

[[nodiscard]] constexpr std::chrono::seconds to_chrono(duration d) noexcept {
    return std::chrono::seconds(d.in_seconds);
}

} // namespace hookseal::inline v0_1

#endif
