// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_RESIDENT_HPP
#define HOOKSEAL_BENCH_SUPPORT_RESIDENT_HPP

#include "support/harness.hpp"

#include <cstddef>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

namespace hookseal_bench {

/// Resident memory of this process as Linux tells it; 0 elsewhere.
inline std::size_t resident_bytes() {
    unsigned long all = 0, resident = 0;
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr) return 0;
    const int read = std::fscanf(file, "%lu %lu", &all, &resident);
    std::fclose(file);
    return read == 2 ? resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

/// By how much resident memory grows while `make(size)` makes something large, in a process of its own: what others have
/// returned to the heap would not be counted. What only the first use of the libraries costs is had by a small one before.
template <class Make>
std::size_t resident_growth(Make make, std::size_t size) {
    int ends[2];
    if (pipe(ends) != 0) fail("no pipe");
    const pid_t child = fork();
    if (child < 0) fail("no process");
    if (child == 0) {
        (void)make(std::size_t{1000});
        const std::size_t before = resident_bytes();
        const auto made = make(size);
        const std::size_t growth = resident_bytes() - before;
        const bool written = made != nullptr && write(ends[1], &growth, sizeof growth) == sizeof growth;
        _exit(written ? 0 : 1);
    }
    close(ends[1]); // or nobody would tell that the child has died
    std::size_t growth = 0;
    int status = 0;
    const bool read_all = read(ends[0], &growth, sizeof growth) == sizeof growth;
    if (waitpid(child, &status, 0) != child || !read_all || status != 0) fail("no resident memory");
    close(ends[0]);
    return growth;
}

} // namespace hookseal_bench

#endif
