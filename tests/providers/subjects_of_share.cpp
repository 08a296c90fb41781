// SPDX-License-Identifier: MIT
// Compiled once for each share of the providers, with HOOKSEAL_SHARE its number.
#include "providers/every_provider.hpp"

#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

namespace hookseal_tests {
namespace {

template <class... Providers>
std::tuple<Providers...> as_tuple(hookseal::provider_list<Providers...>);

using all = decltype(as_tuple(hookseal::all_providers{}));

template <std::size_t... I>
void add(std::vector<subject>& to, std::index_sequence<I...>) {
    (to.push_back(subject::of<std::tuple_element_t<I * shares_of_providers + HOOKSEAL_SHARE, all>>()), ...);
}

} // namespace

template <>
void add_subjects<HOOKSEAL_SHARE>(std::vector<subject>& to) {
    constexpr std::size_t size =
        (std::tuple_size_v<all> + shares_of_providers - 1 - HOOKSEAL_SHARE) / shares_of_providers;
    add(to, std::make_index_sequence<size>());
}

} // namespace hookseal_tests
