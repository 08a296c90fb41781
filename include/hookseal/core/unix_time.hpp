// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_UNIX_TIME_HPP
#define HOOKSEAL_CORE_UNIX_TIME_HPP

#include <hookseal/core/duration.hpp>

#include <compare>
#include <cstdint>

namespace hookseal::inline v0_1 {

namespace detail {

/// A point in time of `std::chrono::system_clock`, which alone of its kind knows `std::time_t`.
template <class T>
concept chrono_system_time = requires(const T& at) {
    T::clock::to_time_t(at);
    at.time_since_epoch();
};

} // namespace detail

/// A point in time, in whole seconds of Unix time. It is made of a `std::chrono::sys_seconds`, and becomes one or a finer
/// one, by itself.
class unix_time {
public:
    constexpr unix_time() noexcept = default;
    constexpr explicit unix_time(std::int64_t seconds) noexcept : since_(seconds) {}
    template <detail::chrono_system_time Chrono>
    requires detail::whole_seconds<typename Chrono::duration>
    constexpr unix_time(Chrono at) noexcept : since_(at.time_since_epoch()) {}

    template <detail::chrono_system_time Chrono>
    requires detail::seconds_or_finer<typename Chrono::duration>
    constexpr operator Chrono() const noexcept { return Chrono(typename Chrono::duration(since_)); }
    [[nodiscard]] constexpr duration time_since_epoch() const noexcept { return since_; }

    friend constexpr auto operator<=>(const unix_time&, const unix_time&) = default;

private:
    duration since_{};
};

} // namespace hookseal::inline v0_1

#endif
