// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_DISK_FOLDER_HPP
#define HOOKSEAL_BENCH_SUPPORT_DISK_FOLDER_HPP

#include "support/harness.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <system_error>

namespace hookseal_bench {

/// A folder that goes with this object, on a file system that has a disk: one in memory waits for nothing.
class disk_folder {
public:
    disk_folder() {
        for (const std::filesystem::path& each :
             {std::filesystem::temp_directory_path(), std::filesystem::path("/var/tmp"),
              std::filesystem::current_path()}) {
            std::string folder = (each / "hookseal-bench-XXXXXX").string();
            if (is_in_memory(file_system_of(each)) || mkdtemp(folder.data()) == nullptr) continue;
            at_ = folder;
            return;
        }
        fail("no folder on a disk");
    }
    disk_folder(const disk_folder&) = delete;
    disk_folder& operator=(const disk_folder&) = delete;
    ~disk_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(at_, ignored);
    }

    [[nodiscard]] std::string path(const std::string& name) const { return (at_ / name).string(); }
    /// Its name: ext4, say. Unknown where there is no /proc.
    [[nodiscard]] std::string file_system() const { return file_system_of(at_); }

private:
    static bool is_in_memory(const std::string& file_system) {
        return file_system == "tmpfs" || file_system == "ramfs";
    }
    /// That of the mount point which is the longest beginning of the path.
    static std::string file_system_of(const std::filesystem::path& path) {
        const std::string whole = std::filesystem::weakly_canonical(path).string() + '/';
        std::ifstream mounts("/proc/self/mounts");
        std::string found = "unknown";
        std::size_t longest = 0;
        for (std::string line; std::getline(mounts, line);) {
            std::string device, point, kind;
            std::istringstream(line) >> device >> point >> kind;
            if (point.back() != '/') point += '/';
            if (whole.compare(0, point.size(), point) != 0 || point.size() < longest) continue;
            longest = point.size();
            found = kind;
        }
        return found;
    }

    std::filesystem::path at_;
};

} // namespace hookseal_bench

#endif
