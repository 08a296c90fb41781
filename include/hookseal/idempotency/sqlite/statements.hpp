// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SQLITE_STATEMENTS_HPP
#define HOOKSEAL_IDEMPOTENCY_SQLITE_STATEMENTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// All SQL that the SQLite store ever says. Unsigned numbers of 64 bits are stored as SQLite's signed ones.

namespace hookseal::inline v0_1::sqlite {

/// The tables' versions: each step leads to the next one, inside a transaction. Applications may have tables of their own
/// beside these in the same file.
///
/// In `hookseal_events`, `leased_until` is by the clock's run `clock_run`, and `expires` is Unix time in milliseconds. Scope
/// to id are for people; `place` alone tells events apart. `hookseal_inbox` holds what was accepted and is not handled yet;
/// `due` is Unix time in milliseconds, `signed_at` in seconds. (Version 1 had an inbox that nothing was ever put into.)
inline constexpr std::array<std::string_view, 2> schema_steps{
    R"(
CREATE TABLE hookseal_events (
    place        BLOB PRIMARY KEY,
    state        INTEGER NOT NULL,
    before       INTEGER NOT NULL,
    how          INTEGER NOT NULL,
    code         INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    generation   INTEGER NOT NULL,
    nonce        INTEGER NOT NULL,
    ticket       INTEGER NOT NULL,
    fingerprint  INTEGER NOT NULL,
    lease        INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    clock_run    INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    scope        TEXT NOT NULL,
    provider     TEXT NOT NULL,
    tenant       TEXT NOT NULL,
    id           TEXT NOT NULL
) WITHOUT ROWID;
)",
    R"(
DROP TABLE IF EXISTS hookseal_inbox;
CREATE TABLE hookseal_inbox (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket    TEXT NOT NULL UNIQUE,
    due       INTEGER NOT NULL,
    attempts  INTEGER NOT NULL,
    scope     TEXT NOT NULL,
    provider  TEXT NOT NULL,
    tenant    TEXT NOT NULL,
    id        TEXT NOT NULL,
    type      TEXT NOT NULL,
    signed_at INTEGER,
    note      TEXT NOT NULL,
    body      BLOB NOT NULL
);
CREATE INDEX hookseal_inbox_due ON hookseal_inbox (scope, due, number);
)"};

inline constexpr std::int64_t schema_version = schema_steps.size();

/// `schema`: the tables' version. `floor`: no row that was removed had a higher generation.
inline constexpr std::string_view make_numbers = R"(
CREATE TABLE IF NOT EXISTS hookseal_numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO hookseal_numbers VALUES ('schema', 0), ('floor', 0);
)";

enum class sql : std::size_t {
    begin,
    commit,
    rollback,
    find,
    put,
    change,
    floor,
    raise_floor,
    visit,
    remove,
    put_in_inbox,
    next_in_inbox,
    lease_in_inbox,
    read_from_inbox,
    postpone_in_inbox,
    remove_from_inbox,
    count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(sql::count)> texts{
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    R"(SELECT state, before, how, code, attempt, generation, nonce, ticket, fingerprint, lease, leased_until, expires,
       clock_run FROM hookseal_events WHERE place = ?1)",
    R"(INSERT INTO hookseal_events (state, before, how, code, attempt, generation, nonce, ticket, fingerprint, lease,
       leased_until, expires, clock_run, place, scope, provider, tenant, id)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18))",
    R"(UPDATE hookseal_events SET state = ?1, before = ?2, how = ?3, code = ?4, attempt = ?5, generation = ?6, nonce = ?7,
       ticket = ?8, fingerprint = ?9, lease = ?10, leased_until = ?11, expires = ?12, clock_run = ?13 WHERE place = ?14)",
    "SELECT value FROM hookseal_numbers WHERE name = 'floor'",
    "UPDATE hookseal_numbers SET value = max(value, ?1) WHERE name = 'floor'",
    R"(SELECT state, before, how, code, attempt, generation, nonce, ticket, fingerprint, lease, leased_until, expires,
       clock_run, place FROM hookseal_events WHERE place > ?1 ORDER BY place)",
    "DELETE FROM hookseal_events WHERE place = ?1",
    R"(INSERT INTO hookseal_inbox (ticket, due, attempts, scope, provider, tenant, id, type, signed_at, note, body)
       SELECT ?1, ?2, 0, scope, ?3, tenant, ?4, ?5, ?6, '', ?7 FROM hookseal_events WHERE place = ?8
       ON CONFLICT (ticket) DO NOTHING)",
    "SELECT number, due, attempts, ticket FROM hookseal_inbox WHERE scope = ?1 ORDER BY due, number LIMIT 1",
    "UPDATE hookseal_inbox SET due = ?2, attempts = ?3 WHERE number = ?1",
    "SELECT provider, tenant, id, type, body, signed_at, note FROM hookseal_inbox WHERE ticket = ?1",
    "UPDATE hookseal_inbox SET due = ?2, note = ?3 WHERE ticket = ?1",
    "DELETE FROM hookseal_inbox WHERE ticket = ?1",
};

} // namespace hookseal::inline v0_1::sqlite

#endif
