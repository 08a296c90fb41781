// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_IDEMPOTENCY_KEYS_HPP
#define HOOKSEAL_TESTS_IDEMPOTENCY_KEYS_HPP

#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/tick.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/testing.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hookseal_tests {

/// The key of a genuine Stripe event with this id.
inline hookseal::event_key key_of(std::string_view id, std::string_view scope = {},
                                  std::string_view tenant = {}) {
    const hookseal::testing::delivery<hookseal::providers::stripe> paid{R"({"id":")" + std::string(id)
                                                                        + R"("})"};
    return *hookseal::event_key::of(paid.event(), scope, tenant);
}

/// The keys of `evt_0`, `evt_1`, …
inline std::vector<hookseal::event_key> keys(std::size_t count) {
    std::vector<hookseal::event_key> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(key_of("evt_" + std::to_string(i)));
    return all;
}

inline hookseal::unverified_key operators_key(std::string_view id) {
    return {.provider = "stripe", .id = id};
}

/// A store's clock that stands where the test puts it.
struct test_ticks {
    const hookseal::tick* at;
    [[nodiscard]] hookseal::tick now() const noexcept { return *at; }
};

} // namespace hookseal_tests

#endif
