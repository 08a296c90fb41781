// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SQLITE_DATABASE_HPP
#define HOOKSEAL_TESTS_SQLITE_DATABASE_HPP

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace hookseal_tests {

/// A connection of an application, with nothing set.
class database {
public:
    explicit database(const std::string& path) {
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("cannot open");
    }
    database(const database&) = delete;
    database& operator=(const database&) = delete;
    ~database() { sqlite3_close(db_); }

    [[nodiscard]] sqlite3* get() const { return db_; }
    void run(const std::string& text) { run(db_, text); }
    static void run(sqlite3* db, const std::string& text) {
        if (sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(text + ": " + sqlite3_errmsg(db));
    }
    [[nodiscard]] std::string ask(const std::string& text) {
        std::string found;
        const auto read = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) = values[0] != nullptr ? values[0] : "";
            return 0;
        };
        if (sqlite3_exec(db_, text.c_str(), read, &found, nullptr) != SQLITE_OK)
            throw std::runtime_error(text + ": " + sqlite3_errmsg(db_));
        return found;
    }

private:
    sqlite3* db_ = nullptr;
};

} // namespace hookseal_tests

#endif
