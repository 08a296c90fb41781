// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_PROVIDERS_EVERY_PROVIDER_HPP
#define HOOKSEAL_TESTS_PROVIDERS_EVERY_PROVIDER_HPP

#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

namespace hookseal_tests {

/// A share of the providers that the library lists. Each share is compiled by itself: all at once take gigabytes.
template <std::size_t Share>
void add_subjects(std::vector<subject>& to);
template <>
void add_subjects<0>(std::vector<subject>& to);
template <>
void add_subjects<1>(std::vector<subject>& to);
template <>
void add_subjects<2>(std::vector<subject>& to);
template <>
void add_subjects<3>(std::vector<subject>& to);

inline constexpr std::size_t shares_of_providers = 4;

/// Every provider that the library lists, or one share of them, where the environment's HOOKSEAL_SHARE says which.
inline const std::vector<subject>& every_provider() {
    static const std::vector<subject> all = [] {
        std::vector<subject> shares[shares_of_providers];
        add_subjects<0>(shares[0]);
        add_subjects<1>(shares[1]);
        add_subjects<2>(shares[2]);
        add_subjects<3>(shares[3]);
        const char* const only = std::getenv("HOOKSEAL_SHARE");
        std::vector<subject> wanted;
        for (std::size_t i = 0; i < shares_of_providers; ++i)
            if (only == nullptr || std::to_string(i) == only)
                wanted.insert(wanted.end(), shares[i].begin(), shares[i].end());
        return wanted;
    }();
    return all;
}

} // namespace hookseal_tests

/// A test case about every provider, each of which is `s` in turn.
#define HOOKSEAL_JOIN_(a, b) a##b
#define HOOKSEAL_JOIN(a, b) HOOKSEAL_JOIN_(a, b)
#define EVERY_PROVIDER(sentence)                                                                             \
    static void HOOKSEAL_JOIN(property_, __LINE__)(const hookseal_tests::subject& s);                        \
    TEST_CASE("every provider: " sentence) {                                                                 \
        REQUIRE_FALSE(hookseal_tests::every_provider().empty());                                             \
        for (const hookseal_tests::subject& each : hookseal_tests::every_provider()) {                       \
            INFO("provider: " << each.name());                                                               \
            HOOKSEAL_JOIN(property_, __LINE__)(each);                                                        \
        }                                                                                                    \
    }                                                                                                        \
    static void HOOKSEAL_JOIN(property_, __LINE__)(const hookseal_tests::subject& s)

#endif
