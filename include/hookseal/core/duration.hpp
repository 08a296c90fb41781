// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_DURATION_HPP
#define HOOKSEAL_CORE_DURATION_HPP

#include <cstdint>

namespace hookseal::inline v0_1 {

/// A length of time in whole seconds, as descriptions of schemes state it.
///
/// A provider header does not pay for `<chrono>`; the verifier and the stores convert at their doors.
struct duration {
    std::int64_t in_seconds = 0;

    friend constexpr bool operator==(duration, duration) = default;
};

[[nodiscard]] constexpr duration seconds(std::int64_t n) noexcept { return {n}; }
[[nodiscard]] constexpr duration minutes(std::int64_t n) noexcept { return {n * 60}; }
[[nodiscard]] constexpr duration hours(std::int64_t n) noexcept { return {n * 3600}; }
[[nodiscard]] constexpr duration days(std::int64_t n) noexcept { return {n * 86400}; }

} // namespace hookseal::inline v0_1

#endif
