// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_ALLOCATIONS_HPP
#define HOOKSEAL_BENCH_SUPPORT_ALLOCATIONS_HPP

#include <cstddef>

namespace hookseal_bench {

/// How often this thread has asked for heap memory so far, through `operator new` or inside OpenSSL.
[[nodiscard]] std::size_t allocations() noexcept;

/// Counts OpenSSL's too. False where OpenSSL has allocated before: call it first of all.
[[nodiscard]] bool count_allocations_in_openssl() noexcept;

} // namespace hookseal_bench

#endif
