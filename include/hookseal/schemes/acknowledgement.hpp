// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_ACKNOWLEDGEMENT_HPP
#define HOOKSEAL_SCHEMES_ACKNOWLEDGEMENT_HPP

#include <string_view>

namespace hookseal::inline v0_1 {

/// The body that a provider wants with every 2xx; without it, it delivers again. Part of a provider:
///
///     static constexpr acknowledgement acknowledged{.body = "[accepted]"};
struct acknowledgement {
    std::string_view content_type = "text/plain";
    std::string_view body{};
};

/// What a provider wants; nothing where it does not say.
template <class Provider>
[[nodiscard]] constexpr acknowledgement acknowledgement_of() noexcept {
    if constexpr (requires { Provider::acknowledged; })
        return Provider::acknowledged;
    else
        return {};
}

} // namespace hookseal::inline v0_1

#endif
