// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_STATEMENTS_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_STATEMENTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>

// All SQL that the PostgreSQL store ever says. Unsigned numbers of 64 bits are stored as PostgreSQL's signed ones.

namespace hookseal::inline v0_1::postgres {

/// The tables' versions: each step leads to the next one, inside a transaction.
///
/// Times in `hookseal_events` are Unix time in milliseconds, by the server's clock. Whoever writes a row gives it the next
/// number of the sequence as its `revision`, so that no revision of a place ever comes again, not even after the row was
/// removed; a grant's generation is its revision. Scope to id are for people, with bytes that are no ASCII as \nnn; `place`
/// alone tells events apart. No index holds a column that changes, and pages have room: completing touches no index.
inline constexpr std::array<const char*, 1> schema_steps{
    R"(
CREATE SEQUENCE hookseal_revisions;
CREATE TABLE hookseal_events (
    place        bytea    PRIMARY KEY,
    state        smallint NOT NULL,
    before       smallint NOT NULL,
    how          smallint NOT NULL,
    code         integer  NOT NULL,
    attempt      bigint   NOT NULL,
    generation   bigint   NOT NULL,
    nonce        bigint   NOT NULL,
    ticket       bigint   NOT NULL,
    fingerprint  bigint   NOT NULL,
    lease        bigint   NOT NULL,
    leased_until bigint   NOT NULL,
    expires      bigint   NOT NULL,
    revision     bigint   NOT NULL,
    scope        text     NOT NULL,
    provider     text     NOT NULL,
    tenant       text     NOT NULL,
    id           text     NOT NULL
) WITH (fillfactor = 70);
)"};

inline constexpr std::int64_t schema_version = schema_steps.size();

// One process at a time makes tables. The number is this library's own choice.
inline constexpr const char* lock_schema = R"(
SELECT pg_advisory_xact_lock(7524011837649203401);
CREATE TABLE IF NOT EXISTS hookseal_schema (version bigint NOT NULL);
INSERT INTO hookseal_schema SELECT 0 WHERE NOT EXISTS (SELECT FROM hookseal_schema);
)";

/// Of our own connections: whoever waits for a row that a transaction holds, or for the server, gives up in time.
inline constexpr const char* set_timeouts =
    "SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false), "
    "set_config('default_transaction_isolation', 'read committed', false)";

/// What handlers do is bounded by the user's own settings.
inline constexpr const char* lift_timeouts =
    "SET LOCAL lock_timeout TO DEFAULT; SET LOCAL statement_timeout TO DEFAULT";
inline constexpr const char* begin_for_handler =
    "BEGIN; SET LOCAL lock_timeout TO DEFAULT; SET LOCAL statement_timeout TO DEFAULT";

enum class sql : std::size_t { find, put, change, sweep, has_schema, schema, fate, count };

/// Whether a statement changes anything, so that it matters if its reply is lost.
[[nodiscard]] constexpr bool changes(sql which) noexcept {
    return which == sql::put || which == sql::change || which == sql::sweep;
}

inline constexpr std::array<const char*, static_cast<std::size_t>(sql::count)> texts{
    // find. Always one row; without an event its state is null.
    R"(SELECT state, before, how, code, attempt, generation, nonce, ticket, fingerprint, lease, leased_until, expires,
       revision, clock.now FROM (SELECT round(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now) AS clock
       LEFT JOIN hookseal_events ON place = $1)",
    // put. No row where somebody else was faster.
    R"(INSERT INTO hookseal_events (state, before, how, code, attempt, generation, nonce, ticket, fingerprint, lease,
       leased_until, expires, place, revision, scope, provider, tenant, id)
       SELECT $1, $2, $3, $4, $5, greatest(next.revision, $6), $7, $8, $9, $10, $11, $12, $13, next.revision,
              encode($14, 'escape'), encode($15, 'escape'), encode($16, 'escape'), encode($17, 'escape')
       FROM (SELECT nextval('hookseal_revisions') AS revision) AS next
       ON CONFLICT (place) DO NOTHING
       RETURNING generation, pg_current_xact_id())",
    // change. No row where it is not what it was.
    R"(UPDATE hookseal_events AS event SET state = $1, before = $2, how = $3, code = $4, attempt = $5,
       generation = CASE WHEN event.generation = $6 THEN $6 ELSE greatest(next.revision, $6) END, nonce = $7,
       ticket = $8, fingerprint = $9, lease = $10, leased_until = $11, expires = $12, revision = next.revision
       FROM (SELECT nextval('hookseal_revisions') AS revision) AS next
       WHERE event.place = $13 AND event.revision = $14
       RETURNING event.generation, pg_current_xact_id())",
    // sweep. Rows that a transaction holds are left for the next time.
    R"(WITH visited AS MATERIALIZED (SELECT place FROM hookseal_events WHERE place > $1 ORDER BY place LIMIT $2),
       over AS (SELECT event.place FROM hookseal_events AS event JOIN visited USING (place)
           WHERE event.expires <= round(extract(epoch FROM clock_timestamp()) * 1000)::bigint
           FOR UPDATE OF event SKIP LOCKED),
       removed AS (DELETE FROM hookseal_events AS event USING over WHERE event.place = over.place RETURNING 1)
       SELECT (SELECT count(*) FROM visited), (SELECT count(*) FROM removed),
              (SELECT encode(place, 'hex') FROM visited ORDER BY place DESC LIMIT 1))",
    "SELECT 1 WHERE to_regclass('hookseal_schema') IS NOT NULL",
    "SELECT version FROM hookseal_schema",
    "SELECT pg_xact_status($1::text::xid8)",
};

} // namespace hookseal::inline v0_1::postgres

#endif
