// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SQLITE_DATABASE_HPP
#define HOOKSEAL_IDEMPOTENCY_SQLITE_DATABASE_HPP

#include <hookseal/idempotency/sqlite/connection.hpp>
#include <hookseal/idempotency/sqlite/statements.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <thread>

namespace hookseal::inline v0_1::sqlite {

namespace detail {

/// The tables' version; -1 where there are none, or where something failed, which `on.code()` tells.
[[nodiscard]] inline std::int64_t schema_of(connection& on) noexcept {
    std::int64_t found = -1;
    const auto read = [](void* to, int, char** values, char**) {
        *static_cast<std::int64_t*>(to) = values[0] != nullptr ? std::strtoll(values[0], nullptr, 10) : -1;
        return 0;
    };
    int tables = 0;
    const auto count = [](void* to, int, char** values, char**) {
        *static_cast<int*>(to) = values[0] != nullptr ? values[0][0] - '0' : 0;
        return 0;
    };
    on.note(sqlite3_exec(on.get(), "SELECT count(*) FROM sqlite_master WHERE name = 'hookseal_numbers'",
                         count, &tables, nullptr));
    if (tables == 1)
        on.note(sqlite3_exec(on.get(), "SELECT value FROM hookseal_numbers WHERE name = 'schema'", read,
                             &found, nullptr));
    return found;
}

inline void make_tables(connection& on) noexcept {
    if (!on.run("BEGIN IMMEDIATE")) return;
    on.run(make_numbers.data());
    const std::int64_t found = schema_of(on); // another process may have been faster
    for (std::int64_t step = found; step >= 0 && step < schema_version; ++step)
        on.run(schema_steps[static_cast<std::size_t>(step)].data());
    if (found > schema_version)
        on.note(SQLITE_SCHEMA);
    else if (char* const text =
                 sqlite3_mprintf("UPDATE hookseal_numbers SET value = %lld WHERE name = 'schema'",
                                 static_cast<sqlite3_int64>(schema_version))) {
        on.run(text);
        sqlite3_free(text);
    } else
        on.note(SQLITE_NOMEM);
    if (!on.run("COMMIT") && on.in_transaction())
        sqlite3_exec(on.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace detail

/// Opens a file and sees to it that it has the tables, in the version of this header: `code()` is `SQLITE_SCHEMA` where
/// they are newer.
[[nodiscard]] inline connection open_database(const char* path, bool synchronous_full,
                                              std::chrono::milliseconds busy_timeout) noexcept {
    const auto begun = std::chrono::steady_clock::now();
    while (true) {
        connection made = connection::open(path, synchronous_full, busy_timeout);
        if (made.code() == SQLITE_OK && detail::schema_of(made) != schema_version) detail::make_tables(made);
        made.is_ready();
        // Where another process is making the file a database, SQLite answers without waiting.
        if (made.fault() != store_fault::busy || made.code() == SQLITE_OK
            || std::chrono::steady_clock::now() - begun >= busy_timeout)
            return made;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

} // namespace hookseal::inline v0_1::sqlite

#endif
