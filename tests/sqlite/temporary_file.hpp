// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_TEMPORARY_FILE_HPP
#define HOOKSEAL_TESTS_TEMPORARY_FILE_HPP

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace hookseal_tests {

/// A place for a file of its own, in a folder that goes with it.
class temporary_file {
public:
    temporary_file() {
        std::string folder = (std::filesystem::temp_directory_path() / "hookseal-XXXXXX").string();
        if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = folder;
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] std::string path(const std::string& name = "events.db") const {
        return (folder_ / name).string();
    }

private:
    std::filesystem::path folder_;
};

} // namespace hookseal_tests

#endif
