// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_VERDICT_HPP
#define HOOKSEAL_IDEMPOTENCY_VERDICT_HPP

#include <hookseal/core/duration.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>

namespace hookseal::inline v0_1 {

/// What a handler says of its work. Said of nothing, it is a failure.
struct verdict {
    enum class kind : unsigned char {
        failed,  ///< nothing has happened; the next delivery may try again
        unknown, ///< something may have happened; the next delivery tries again and is told so
        handled,
        ignored,  ///< nothing to do for this event
        parked,   ///< given up and put aside; not delivered again
        accepted, ///< a queue or an inbox has it, with a ticket: see `receiver::accept`
    };

    kind what = kind::failed;
    std::uint16_t code = 0;                ///< remembered with a completed event
    std::optional<duration> retry_after{}; ///< when the sender should try again, of a failure

    [[nodiscard]] static constexpr verdict handled(std::uint16_t code = 0) noexcept {
        return {kind::handled, code};
    }
    [[nodiscard]] static constexpr verdict ignored(std::uint16_t code = 0) noexcept {
        return {kind::ignored, code};
    }
    [[nodiscard]] static constexpr verdict parked(std::uint16_t code = 0) noexcept {
        return {kind::parked, code};
    }
    [[nodiscard]] static constexpr verdict accepted(std::uint16_t code = 0) noexcept {
        return {kind::accepted, code};
    }
    [[nodiscard]] static constexpr verdict
    failed(std::optional<duration> retry_after = std::nullopt) noexcept {
        return {kind::failed, 0, retry_after};
    }
    [[nodiscard]] static constexpr verdict
    unknown(std::optional<duration> retry_after = std::nullopt) noexcept {
        return {kind::unknown, 0, retry_after};
    }

    [[nodiscard]] constexpr bool completes() const noexcept {
        return what != kind::failed && what != kind::unknown;
    }
    friend constexpr bool operator==(const verdict&, const verdict&) = default;
};

namespace detail {

template <class Answer>
concept tells_success = requires(const Answer& answer) {
    { answer.has_value() } -> std::convertible_to<bool>;
};

/// What a handler may return: nothing, `bool`, anything with `has_value()`, or a verdict.
template <class Answer>
concept handler_answer = std::is_void_v<Answer> || std::same_as < std::remove_cvref_t<Answer>,
bool > || std::same_as<std::remove_cvref_t<Answer>, verdict> || tells_success<std::remove_cvref_t<Answer>>;

template <class Answer>
[[nodiscard]] constexpr verdict verdict_of(const Answer& answer) noexcept {
    if constexpr (std::same_as<Answer, verdict>)
        return answer;
    else if constexpr (std::same_as<Answer, bool>)
        return answer ? verdict::handled() : verdict::failed();
    else
        return answer.has_value() ? verdict::handled() : verdict::failed();
}

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
