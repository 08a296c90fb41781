// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_CALLBACK_HPP
#define HOOKSEAL_IDEMPOTENCY_CALLBACK_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/state_machine.hpp>

#include <concepts>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// What a user's function found under a key: nothing, a text, or that it could not look. A `std::optional<std::string>`
/// becomes one by itself.
class found_value {
public:
    found_value(std::nullopt_t) noexcept {}
    found_value(std::optional<std::string> value) noexcept : value_(std::move(value)) {}
    found_value(std::string value) noexcept : value_(std::move(value)) {}

    [[nodiscard]] static found_value failure() noexcept {
        found_value found{std::nullopt};
        found.failed_ = true;
        return found;
    }

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] explicit operator bool() const noexcept { return value_.has_value(); }
    /// Only where there is one.
    [[nodiscard]] const std::string& operator*() const noexcept { return *value_; }

private:
    std::optional<std::string> value_{};
    bool failed_ = false;
};

namespace detail {

/// What a user's function said, whichever way: `bool`, an optional `bool` whose emptiness is a failure, nothing at all
/// for a success, or an exception for a failure.
enum class said : unsigned char { no, yes, failed };

template <class Answer>
concept yes_or_no = std::same_as < std::remove_cvref_t<Answer>,
bool > || requires(const Answer& a) {
    { a.has_value() } -> std::same_as<bool>;
    { *a } -> std::convertible_to<bool>;
};

template <class Function, class... Args>
concept answers =
    std::is_invocable_v<Function&,
                        const Args&...> && yes_or_no<std::invoke_result_t<Function&, const Args&...>>;

template <class Function, class... Args>
concept acts = answers<Function, Args...> || std::is_void_v<std::invoke_result_t<Function&, const Args&...>>;

template <class Function, class... Args>
concept finds = std::is_invocable_v<Function&, const Args&...> && std::is_convertible_v<
    std::invoke_result_t<Function&, const Args&...>, found_value>;

template <class Calls, class Function, class... Args>
[[nodiscard]] said ask(Function& function, const Args&... args) noexcept {
    return Calls::run(
        [&]() -> said {
            using answer_type = std::invoke_result_t<Function&, const Args&...>;
            if constexpr (std::is_void_v<answer_type>) {
                function(args...);
                return said::yes;
            } else if constexpr (std::same_as<std::remove_cvref_t<answer_type>, bool>) {
                return function(args...) ? said::yes : said::no;
            } else {
                const auto answer = function(args...);
                if (!answer.has_value()) return said::failed;
                return *answer ? said::yes : said::no;
            }
        },
        [](const std::exception_ptr&) noexcept { return said::failed; });
}

template <class Calls, class Function, class... Args>
[[nodiscard]] found_value look(Function& function, const Args&... args) noexcept {
    return Calls::run([&]() -> found_value { return function(args...); },
                      [](const std::exception_ptr&) noexcept { return found_value::failure(); });
}

/// A grant by a store that counts neither generations nor attempts.
[[nodiscard]] constexpr claim_answer plain_grant(const claim_terms& terms) noexcept {
    return grant({.attempt = 1, .generation = 1, .nonce = terms.nonce}, keep_seconds(terms.keep));
}

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
