// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SUPPORT_CATCH_HPP
#define HOOKSEAL_TESTS_SUPPORT_CATCH_HPP

// One source for both generations: Catch2 3, and 2.13 as Debian 12 has it. The main function is the build's.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#endif
