// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_SLOW_DISK_HPP
#define HOOKSEAL_BENCH_SUPPORT_SLOW_DISK_HPP

#include "support/harness.hpp"

#include <sqlite3.h>

#include <chrono>
#include <string>
#include <thread>

namespace hookseal_bench {

/// Files for SQLite on a disk that takes a millisecond more for each flush than the one that they are on: what a commit
/// costs where the disk is no memory with a name.
class slow_disk {
public:
    static constexpr std::chrono::milliseconds flush{1};

    /// To be made before SQLite is used, and to stay until the program ends.
    slow_disk() {
        if (sqlite3_config(SQLITE_CONFIG_URI, 1) != SQLITE_OK) fail("SQLite is in use already");
        real() = sqlite3_vfs_find(nullptr);
        slow_ = *real();
        slow_.pNext = nullptr;
        slow_.zName = "slow_disk";
        slow_.xOpen = &open;
        if (sqlite3_vfs_register(&slow_, 0) != SQLITE_OK) fail("SQLite takes no slow disk");
    }
    slow_disk(const slow_disk&) = delete;
    slow_disk& operator=(const slow_disk&) = delete;

    /// The name of a file for `sqlite3_open`.
    [[nodiscard]] std::string path(const std::string& of) const { return "file:" + of + "?vfs=slow_disk"; }

private:
    static sqlite3_vfs*& real() {
        static sqlite3_vfs* it = nullptr;
        return it;
    }
    static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_then) {
        const int code = real()->xOpen(real(), name, file, flags, flags_then);
        if (code != SQLITE_OK) return code;
        if ((flags & SQLITE_OPEN_MAIN_DB) != 0) slow_down<SQLITE_OPEN_MAIN_DB>(file);
        if ((flags & SQLITE_OPEN_WAL) != 0) slow_down<SQLITE_OPEN_WAL>(file);
        return code;
    }
    /// Files of one kind have the same methods.
    template <int Kind>
    static void slow_down(sqlite3_file* file) {
        static const sqlite3_io_methods fast = *file->pMethods;
        static const sqlite3_io_methods slow = [] {
            sqlite3_io_methods methods = fast;
            methods.xSync = [](sqlite3_file* of, int how) {
                std::this_thread::sleep_for(flush);
                return fast.xSync(of, how);
            };
            return methods;
        }();
        file->pMethods = &slow;
    }

    sqlite3_vfs slow_{};
};

} // namespace hookseal_bench

#endif
