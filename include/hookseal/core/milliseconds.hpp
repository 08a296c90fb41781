// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_MILLISECONDS_HPP
#define HOOKSEAL_CORE_MILLISECONDS_HPP

#include <hookseal/core/duration.hpp>

#include <compare>
#include <cstdint>

namespace hookseal::inline v0_1 {

namespace detail {

/// One that milliseconds hold exactly: milliseconds themselves, seconds, hours, …
template <class T>
concept whole_milliseconds = chrono_duration<T> &&(1000 % T::period::den == 0);

/// One that holds milliseconds exactly: milliseconds themselves, microseconds, …
template <class T>
concept milliseconds_or_finer = chrono_duration<T> && T::period::num == 1 && T::period::den % 1000 == 0;

} // namespace detail

/// A length of time in whole milliseconds, as stores state it. It is made of `std::chrono::milliseconds`, seconds and so on,
/// and becomes `std::chrono::milliseconds` or finer, by itself.
class milliseconds {
public:
    constexpr milliseconds() noexcept = default;
    constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}
    constexpr milliseconds(duration time) noexcept : count_(time.in_seconds * 1000) {}
    template <detail::whole_milliseconds Chrono>
    constexpr milliseconds(Chrono time) noexcept
        : count_(static_cast<std::int64_t>(time.count()) * Chrono::period::num
                 * (1000 / Chrono::period::den)) {}

    template <detail::milliseconds_or_finer Chrono>
    constexpr operator Chrono() const noexcept {
        return Chrono(count_ * (Chrono::period::den / 1000));
    }
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }

    friend constexpr auto operator<=>(milliseconds, milliseconds) = default;

private:
    std::int64_t count_ = 0;
};

/// In whole seconds, of which a begun one counts; of no negative time.
[[nodiscard]] constexpr duration rounded_up(milliseconds time) noexcept {
    return duration(time.count() / 1000 + (time.count() % 1000 > 0 ? 1 : 0));
}

} // namespace hookseal::inline v0_1

#endif
