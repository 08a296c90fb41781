// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CATALOG_HPP
#define HOOKSEAL_PROVIDERS_CATALOG_HPP

#include <hookseal/core/scheme.hpp>
#include <hookseal/providers/all.hpp>
#include <hookseal/schemes/scheme_ref.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

template <class... Providers>
[[nodiscard]] constexpr std::array<scheme_ref, sizeof...(Providers)>
refs_of(provider_list<Providers...>) noexcept {
    return {scheme_ref::of<Providers>()...};
}

} // namespace detail

/// Every provider's scheme, in alphabetical order.
inline constexpr auto catalog = detail::refs_of(all_providers{});

/// The scheme of the provider of this name (`"stripe"`); null where there is none.
[[nodiscard]] constexpr const scheme_ref* find_provider(std::string_view name) noexcept {
    for (const scheme_ref& each : catalog)
        if (each.info().name == name) return &each;
    return nullptr;
}

} // namespace hookseal::inline v0_1

#endif
