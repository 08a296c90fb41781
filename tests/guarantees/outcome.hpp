// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_GUARANTEES_OUTCOME_HPP
#define HOOKSEAL_TESTS_GUARANTEES_OUTCOME_HPP

#include <cstdio>
#include <cstdlib>

// Programs that watch allocations and frees from main's first line on, before any test framework has made some.

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HOOKSEAL_TESTS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define HOOKSEAL_TESTS_SANITIZED 1
#endif
#endif

namespace hookseal_tests {

inline int checked = 0;
inline int failed = 0;

inline void expect(bool held, const char* what, const char* otherwise) {
    ++checked;
    if (held) return;
    ++failed;
    std::printf("FAILED: %s %s\n", what, otherwise);
}

/// What main returns.
[[nodiscard]] inline int outcome() {
    std::printf("%d checks, %d failed\n", checked, failed);
    return failed == 0 && checked != 0 ? 0 : 1;
}

/// What main returns where the guarantee cannot be watched: CTest shows that as 'Skipped'.
[[nodiscard]] inline int not_here(const char* reason) {
    std::printf("skipped: %s\n", reason);
    return 77;
}

} // namespace hookseal_tests

#endif
