// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CORE_PRINT_HPP
#define HOOKSEAL_TESTS_CORE_PRINT_HPP

#include <hookseal/core/error.hpp>

#include "support/catch.hpp"

#include <string>

/// So that a failed check says which error came instead of which.
template <>
struct Catch::StringMaker<hookseal::error> {
    static std::string convert(hookseal::error e) { return std::string(hookseal::name(e)); }
};

#endif
