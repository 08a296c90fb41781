// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CATALOG_HPP
#define HOOKSEAL_PROVIDERS_CATALOG_HPP

#include <hookseal/core/scheme.hpp>
#include <hookseal/providers/all.hpp>
#include <hookseal/schemes/scheme_ref.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

template <class List>
class scheme_catalog;

/// The schemes of a list of providers, in its order, as an array has them. A template, so that a program that includes
/// this and never asks does not wait for the compiler to work them out.
template <class... Providers>
class scheme_catalog<provider_list<Providers...>> {
public:
    [[nodiscard]] static constexpr std::size_t size() noexcept { return sizeof...(Providers); }
    [[nodiscard]] static constexpr const scheme_ref* begin() noexcept { return all_; }
    [[nodiscard]] static constexpr const scheme_ref* end() noexcept { return all_ + size(); }
    [[nodiscard]] constexpr const scheme_ref& operator[](std::size_t i) const noexcept { return all_[i]; }

private:
    static constexpr scheme_ref all_[]{scheme_ref::of<Providers>()...};
};

/// Every provider's scheme, in alphabetical order.
inline constexpr scheme_catalog<all_providers> catalog{};

/// The scheme of the provider of this name (`"stripe"`); null where there is none.
template <class List = all_providers>
[[nodiscard]] constexpr const scheme_ref* find_provider(std::string_view name) noexcept {
    for (const scheme_ref& each : scheme_catalog<List>())
        if (each.info().name == name) return &each;
    return nullptr;
}

} // namespace hookseal::inline v0_1

#endif
