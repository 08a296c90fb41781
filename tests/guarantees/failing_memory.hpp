// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_GUARANTEES_FAILING_MEMORY_HPP
#define HOOKSEAL_TESTS_GUARANTEES_FAILING_MEMORY_HPP

/// Replaces operator new, and what OpenSSL allocates with, so that a chosen allocation fails.
namespace hookseal_tests::failing_memory {

/// Call it first in main; false where OpenSSL keeps its own functions.
[[nodiscard]] bool install();

/// From here on allocations are counted, and the one of this number fails (none where it is negative); with `and_on`
/// all that follow fail as well.
void arm(long number, bool and_on);

/// How many allocations there were since.
long disarm();

} // namespace hookseal_tests::failing_memory

#endif
