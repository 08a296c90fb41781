// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_VERIFIER_SETTINGS_HPP
#define HOOKSEAL_VERIFIER_SETTINGS_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/freshness.hpp>
#include <hookseal/core/options.hpp>
#include <hookseal/core/owned_array.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/verification.hpp>

#include <array>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <new>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// What a verifier may be told beside its keys; copied when it is built.
struct verifier_settings {
    freshness tolerance{};
    /// What the scheme asks for as an option: `{{"webhook_id", "…"}}`.
    std::span<const option_value> options{};
};

/// Says that a verifier has no keys of its own.
struct keys_per_call_t {};
inline constexpr keys_per_call_t keys_per_call{};

namespace detail {

/// Settings made ready: checked, and owning their text.
class settled_settings {
public:
    static constexpr std::size_t max_options = 8;

    [[nodiscard]] error take(const verifier_settings& from, const scheme_info& scheme) noexcept {
        const freshness& f = from.tolerance;
        if (f.is_of_scheme())
            window_ = {true, scheme.tolerance.in_seconds, scheme.tolerance.in_seconds};
        else if (f.is_unchecked())
            window_ = {false, 0, 0};
        else
            window_ = {true, f.past().in_seconds, f.future().in_seconds};
        constexpr std::int64_t limit = std::int64_t{1} << 40;
        if (window_.past < 0 || window_.future < 0 || window_.past > limit || window_.future > limit)
            return error::invalid_tolerance;
        for (const std::string_view needed : scheme.options)
            if (!needed.empty() && find(from.options, needed).empty()) return error::missing_option;
        return take(from.options);
    }

    [[nodiscard]] freshness_window window() const noexcept { return window_; }
    [[nodiscard]] options with() const noexcept { return {options_.data(), text_ ? count_ : 0}; }

private:
    [[nodiscard]] static std::string_view find(std::span<const option_value> in,
                                               std::string_view name) noexcept {
        return hookseal::options{in.data(), in.size()}.find(name);
    }

    [[nodiscard]] error take(std::span<const option_value> from) noexcept {
        if (from.empty()) return error::none;
        if (from.size() > max_options) return error::too_large;
        std::size_t size = 0;
        for (const option_value& o : from)
            size += o.name.size() + o.value.size();
        text_.reset(new (std::nothrow) char[size + 1]);
        if (!text_) return error::internal_failure;
        char* at = text_.get();
        const auto copy = [&](std::string_view what) {
            if (!what.empty()) std::memcpy(at, what.data(), what.size());
            const std::string_view copied = chars(at, what.size());
            at += what.size();
            return copied;
        };
        for (const option_value& o : from) {
            const std::string_view name = copy(o.name);
            options_[count_++] = {name, copy(o.value)};
        }
        return error::none;
    }

    freshness_window window_{};
    owned_array<char> text_;
    std::array<option_value, max_options> options_{};
    std::size_t count_ = 0;
};

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
