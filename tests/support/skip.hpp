// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SUPPORT_SKIP_HPP
#define HOOKSEAL_TESTS_SUPPORT_SKIP_HPP

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace hookseal_tests {

/// Whether a test case of this process has been skipped: the main then ends with 77, which CTest shows as 'Skipped'.
inline bool any_skipped = false;

/// Says why a test case is not carried out; the test case then returns. Catch2 2 has no such thing of its own.
inline void skip(const std::string& reason) {
    any_skipped = true;
    std::printf("skipped: %s\n", reason.c_str());
}

/// The folder that HOOKSEAL_VECTORS or HOOKSEAL_RECORDS names: third-party data that the repository does not hold.
///
///     const auto vectors = hookseal_tests::folder("HOOKSEAL_VECTORS");
///     if (!vectors) { return; }
[[nodiscard]] inline std::optional<std::filesystem::path> folder(const char* variable) {
    const char* name = std::getenv(variable);
    if (name != nullptr && std::filesystem::is_directory(name)) {
        return name;
    }
    skip(std::string(variable) + " names no folder");
    return std::nullopt;
}

} // namespace hookseal_tests

#endif
