// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_DURATION_HPP
#define HOOKSEAL_CORE_DURATION_HPP

#include <compare>
#include <cstdint>
#include <type_traits>

namespace hookseal::inline v0_1 {

namespace detail {

// The types of `<chrono>` are known by their shape: who uses none of them does not pay for including it.

/// `std::chrono::duration` of a whole number of periods.
template <class T>
concept chrono_duration = requires(const T& time) {
    T::period::num;
    T::period::den;
    time.count();
}
&&std::is_integral_v<typename T::rep>;

/// One that seconds hold exactly: seconds themselves, minutes, hours, …
template <class T>
concept whole_seconds = chrono_duration<T> && T::period::den == 1;

/// One that holds seconds exactly: seconds themselves, milliseconds, …
template <class T>
concept seconds_or_finer = chrono_duration<T> && T::period::num == 1;

} // namespace detail

/// A length of time in whole seconds, as descriptions of schemes state it. It is made of `std::chrono::seconds`, minutes
/// and so on, and becomes `std::chrono::seconds` or finer, by itself.
struct duration {
    std::int64_t in_seconds = 0;

    constexpr duration() noexcept = default;
    constexpr explicit duration(std::int64_t seconds) noexcept : in_seconds(seconds) {}
    template <detail::whole_seconds Chrono>
    constexpr duration(Chrono time) noexcept
        : in_seconds(static_cast<std::int64_t>(time.count()) * Chrono::period::num) {}

    template <detail::seconds_or_finer Chrono>
    constexpr operator Chrono() const noexcept {
        return Chrono(in_seconds * Chrono::period::den);
    }
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return in_seconds; }

    friend constexpr auto operator<=>(duration, duration) = default;
};

[[nodiscard]] constexpr duration seconds(std::int64_t n) noexcept { return duration(n); }
[[nodiscard]] constexpr duration minutes(std::int64_t n) noexcept { return duration(n * 60); }
[[nodiscard]] constexpr duration hours(std::int64_t n) noexcept { return duration(n * 3600); }
[[nodiscard]] constexpr duration days(std::int64_t n) noexcept { return duration(n * 86400); }

} // namespace hookseal::inline v0_1

#endif
