// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_OPTIONS_HPP
#define HOOKSEAL_CORE_OPTIONS_HPP

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// What else a receiver is configured with, beside keys: a webhook id, an audience, an application key.
struct option_value {
    std::string_view name{};
    std::string_view value{};
};

/// A view of options; neither request nor key, and the same for all requests of a verifier.
struct options {
    const option_value* first = nullptr;
    std::size_t count = 0;

    /// The option's value; empty where it is not configured.
    [[nodiscard]] constexpr std::string_view find(std::string_view name) const noexcept {
        for (std::size_t i = 0; i < count; ++i)
            if (first[i].name == name) return first[i].value;
        return {};
    }
};

} // namespace hookseal::inline v0_1

#endif
