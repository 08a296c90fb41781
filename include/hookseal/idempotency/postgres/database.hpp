// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_DATABASE_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_DATABASE_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/postgres/connection.hpp>
#include <hookseal/idempotency/postgres/parameters.hpp>
#include <hookseal/idempotency/postgres/statements.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hookseal::inline v0_1::postgres {

namespace detail {

/// The tables' version; 0 where there are none.
[[nodiscard]] inline std::int64_t schema_of(connection& on) noexcept {
    return on.ask(sql::has_schema).has_row() ? on.ask(sql::schema).number(0) : 0;
}

/// Makes what is missing, and says which version there is then.
[[nodiscard]] inline std::int64_t make_tables(connection& on) noexcept {
    on.run("BEGIN");
    on.run(lock_schema);
    std::int64_t found = schema_of(on); // another process may have been faster
    for (; on.well() && found < schema_version; ++found)
        on.run(schema_steps[static_cast<std::size_t>(found)]);
    if (found == schema_version)
        on.ask("UPDATE hookseal_schema SET version = $1", parameters().add(schema_version));
    on.run("COMMIT");
    return found;
}

} // namespace detail

/// Connects and sees to it that there are the tables, in the version of this header: `misconfigured` where they are newer.
/// Who may create no tables needs none of that right once they are there.
[[nodiscard]] inline connection open_database(const char* dsn, std::chrono::milliseconds timeout) noexcept {
    connection made = connection::open(dsn, timeout);
    // One is over before the other, so that the answer tells what was waited for.
    made.ask(set_timeouts, parameters().add(timeout.count() / 2).add(timeout.count() * 3 / 4));
    std::int64_t found = detail::schema_of(made);
    if (made.well() && found < schema_version) found = detail::make_tables(made);
    if (found > schema_version) made.fail(store_fault::misconfigured);
    made.is_ready();
    return made;
}

} // namespace hookseal::inline v0_1::postgres

#endif
