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

/// The battery makes deliveries with the signer. Those that name a certificate, and tokens and message signatures, are
/// made by other means: see schemes/jwt, schemes/http_message_signature and verifier/remote_keys.
template <class Provider>
void add_if_signable(std::vector<subject>& to) {
    constexpr hookseal::outgoing_form form = Provider::scheme.outgoing(0);
    if constexpr (form.signature && !form.needs_certificate) to.push_back(subject::of<Provider>());
}

template <std::size_t... I>
void add(std::vector<subject>& to, std::index_sequence<I...>) {
    (add_if_signable<std::tuple_element_t<I * shares_of_providers + HOOKSEAL_SHARE, all>>(to), ...);
}

} // namespace

template <>
void add_subjects<HOOKSEAL_SHARE>(std::vector<subject>& to) {
    constexpr std::size_t size =
        (std::tuple_size_v<all> + shares_of_providers - 1 - HOOKSEAL_SHARE) / shares_of_providers;
    add(to, std::make_index_sequence<size>());
}

} // namespace hookseal_tests
