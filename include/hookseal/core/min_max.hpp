// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_MIN_MAX_HPP
#define HOOKSEAL_CORE_MIN_MAX_HPP

namespace hookseal::inline v0_1::detail {

// Of small values. `<algorithm>` has these, and two hundred others that whoever includes us would wait for.

template <class T>
[[nodiscard]] constexpr T smaller_of(T a, T b) noexcept {
    return b < a ? b : a;
}
template <class T>
[[nodiscard]] constexpr T larger_of(T a, T b) noexcept {
    return a < b ? b : a;
}
/// The value, or the bound that it is beyond.
template <class T>
[[nodiscard]] constexpr T between(T value, T least, T most) noexcept {
    return smaller_of(larger_of(value, least), most);
}

} // namespace hookseal::inline v0_1::detail

#endif
