// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SUITE_HPP
#define HOOKSEAL_TESTS_SUITE_HPP

#include <hookseal/testing/store_suite.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <string>

namespace hookseal_tests {

/// What the suite of stores must say of a store that is right: no fault, and this many cases that it does not promise.
inline void require_well(const hookseal::testing::store_report& told, std::size_t skipped) {
    for (const std::string& fault : told.faults)
        UNSCOPED_INFO(fault);
    REQUIRE(told.faults.empty());
    for (const std::string& name : told.skipped)
        UNSCOPED_INFO("skipped: " << name);
    REQUIRE(told.skipped.size() == skipped);
    REQUIRE(told.well());
}

} // namespace hookseal_tests

#endif
