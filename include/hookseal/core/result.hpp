// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_RESULT_HPP
#define HOOKSEAL_CORE_RESULT_HPP

#include <hookseal/core/error.hpp>

#include <cstdlib>
#include <optional>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// A value, or the error that stands in its place. Default-constructed it is a rejection.
///
/// Reading the value of a rejection ends the program: there is no value to continue with.
template <class T>
class [[nodiscard]] result {
public:
    constexpr result() noexcept = default;
    constexpr result(hookseal::error why) noexcept : error_(why == error::none ? error::unverified : why) {}
    constexpr result(T value) noexcept(std::is_nothrow_move_constructible_v<T>)
        : value_(std::move(value)), error_(error::none) {}
    template <class... Args>
    constexpr explicit result(std::in_place_t, Args&&... args)
        : value_(std::in_place, std::forward<Args>(args)...), error_(error::none) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return value_.has_value(); }
    constexpr explicit operator bool() const noexcept { return has_value(); }

    /// `error::none` exactly where there is a value.
    [[nodiscard]] constexpr hookseal::error error() const noexcept { return error_; }

    [[nodiscard]] constexpr T& value() & noexcept { return checked(), *value_; }
    [[nodiscard]] constexpr const T& value() const& noexcept { return checked(), *value_; }
    [[nodiscard]] constexpr T&& value() && noexcept { return checked(), std::move(*value_); }
    [[nodiscard]] constexpr T& operator*() & noexcept { return value(); }
    [[nodiscard]] constexpr const T& operator*() const& noexcept { return value(); }
    [[nodiscard]] constexpr T&& operator*() && noexcept { return std::move(*this).value(); }
    [[nodiscard]] constexpr T* operator->() noexcept { return &value(); }
    [[nodiscard]] constexpr const T* operator->() const noexcept { return &value(); }

private:
    constexpr void checked() const noexcept {
        if (!value_) std::abort();
    }

    std::optional<T> value_{};
    hookseal::error error_ = hookseal::error::unverified;
};

} // namespace hookseal::inline v0_1

#endif
