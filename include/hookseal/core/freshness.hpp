// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_FRESHNESS_HPP
#define HOOKSEAL_CORE_FRESHNESS_HPP

#include <hookseal/core/duration.hpp>

#include <concepts>

namespace hookseal::inline v0_1 {

/// How far a signed timestamp may be from the receiver's clock, in whole seconds, edges included.
///
/// By default as the scheme says, past and future alike. "No check" is a value of its own, never a number: zero means
/// zero, and a negative tolerance is refused when a verifier is built.
class freshness {
public:
    constexpr freshness() noexcept = default;
    /// Of `std::chrono::seconds`, minutes, … or of this library's `duration`.
    template <std::convertible_to<duration> Time>
    constexpr freshness(Time both) noexcept : how_(kind::within), past_(both), future_(both) {}
    [[nodiscard]] static constexpr freshness within(duration past, duration future) noexcept {
        freshness f(past);
        f.future_ = future;
        return f;
    }

    /// Timestamps are read, and bound by the signature, but not compared with the clock.
    static const freshness unchecked;

    [[nodiscard]] constexpr bool is_of_scheme() const noexcept { return how_ == kind::of_scheme; }
    [[nodiscard]] constexpr bool is_unchecked() const noexcept { return how_ == kind::unchecked; }
    [[nodiscard]] constexpr duration past() const noexcept { return past_; }
    [[nodiscard]] constexpr duration future() const noexcept { return future_; }

private:
    enum class kind : unsigned char { of_scheme, within, unchecked };

    constexpr explicit freshness(kind how) noexcept : how_(how) {}

    kind how_ = kind::of_scheme;
    duration past_{};
    duration future_{};
};

inline constexpr freshness freshness::unchecked{freshness::kind::unchecked};

} // namespace hookseal::inline v0_1

#endif
