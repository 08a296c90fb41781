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
/// `hookseal_inbox` holds what was accepted and is not handled yet; `due` is Unix time in milliseconds, `signed_at` in
/// seconds.
inline constexpr std::array<const char*, 2> schema_steps{
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
)",
    R"(
CREATE TABLE hookseal_inbox (
    ticket    text   PRIMARY KEY,
    number    bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    due       bigint NOT NULL,
    scope     text   NOT NULL,
    provider  text   NOT NULL,
    tenant    text   NOT NULL,
    id        text   NOT NULL,
    type      text   NOT NULL,
    signed_at bigint,
    note      text   NOT NULL,
    body      bytea  NOT NULL
);
CREATE INDEX hookseal_inbox_due ON hookseal_inbox (scope, due, number);
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

enum class sql : std::size_t {
    find,
    put,
    change,
    sweep,
    has_schema,
    schema,
    fate,
    accept_into_inbox,
    take_from_inbox,
    look_later,
    read_from_inbox,
    complete_in_inbox,
    postpone_in_inbox,
    remove_from_inbox,
    count
};

/// How many rows `sweep` looks at, at most, on as many pages.
inline constexpr std::size_t most_swept = 1000;

/// Whether a statement changes anything, so that it matters if its reply is lost.
[[nodiscard]] constexpr bool changes(sql which) noexcept {
    return which != sql::find && which != sql::has_schema && which != sql::schema && which != sql::fate
           && which != sql::read_from_inbox;
}

/// Whether its answer holds bytes that are no text.
[[nodiscard]] constexpr bool gives_bytes(sql which) noexcept { return which == sql::read_from_inbox; }

namespace detail {

template <std::size_t A, std::size_t B, std::size_t C>
[[nodiscard]] constexpr std::array<char, A + B + C> joined(const char (&a)[A], const char (&b)[B],
                                                           const char (&c)[C]) noexcept {
    std::array<char, A + B + C> text{};
    char* to = text.data();
    for (const char* part : {a, b, c})
        while (*part != '\0')
            *to++ = *part++;
    return text;
}

// No row where it is not what it was.
inline constexpr char change[] =
    R"(UPDATE hookseal_events AS event SET state = $1, before = $2, how = $3, code = $4, attempt = $5,
       generation = CASE WHEN event.generation = $6 THEN $6 ELSE greatest(next.revision, $6) END, nonce = $7,
       ticket = $8, fingerprint = $9, lease = $10, leased_until = $11, expires = $12, revision = next.revision
       FROM (SELECT nextval('hookseal_revisions') AS revision) AS next
       WHERE event.place = $13 AND event.revision = $14
       RETURNING event.generation, pg_current_xact_id() AS transaction)";

// Each of these changes an event's row and, if that was what it was, the inbox with it.
inline constexpr std::array accept_into_inbox = joined("WITH changed AS (", change, R"(),
       put AS (INSERT INTO hookseal_inbox (ticket, due, scope, provider, tenant, id, type, signed_at, note, body)
           SELECT $15, $16, event.scope, encode($17, 'escape'), event.tenant, encode($18, 'escape'),
                  encode($19, 'escape'), $20, '', $21
           FROM changed JOIN hookseal_events AS event ON event.place = $13
           ON CONFLICT (ticket) DO NOTHING)
       SELECT generation, transaction FROM changed)");
inline constexpr std::array complete_in_inbox = joined("WITH changed AS (", change, R"(),
       removed AS (DELETE FROM hookseal_inbox USING changed WHERE hookseal_inbox.ticket = $15)
       SELECT generation, transaction FROM changed)");
inline constexpr std::array postpone_in_inbox = joined("WITH changed AS (", change, R"(),
       postponed AS (UPDATE hookseal_inbox SET due = $16, note = encode($17, 'escape') FROM changed
           WHERE hookseal_inbox.ticket = $15)
       SELECT generation, transaction FROM changed)");

} // namespace detail

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
    detail::change,
    // sweep. Rows are looked at as they lie, page by page: in order of `place` each would be on another page. Those that a
    // transaction holds are left for the next time. A limit that is known when the statement is planned, and arrays in
    // place of joins, keep the planner from reading the whole table.
    R"(WITH clock AS MATERIALIZED (SELECT round(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now),
       visited AS MATERIALIZED (SELECT at, place, expires FROM (SELECT ctid AS at, place, expires FROM hookseal_events
           WHERE ctid > $1 AND ctid < $2 LIMIT 1000) AS next LIMIT $3),
       over AS (SELECT place FROM hookseal_events
           WHERE place = ANY (ARRAY(SELECT place FROM visited, clock WHERE expires <= now))
           AND expires <= (SELECT now FROM clock) FOR UPDATE SKIP LOCKED),
       removed AS (DELETE FROM hookseal_events WHERE place = ANY (ARRAY(SELECT place FROM over)) RETURNING 1)
       SELECT (SELECT count(*) FROM visited), (SELECT count(*) FROM removed), (SELECT max(at) FROM visited),
              pg_relation_size('hookseal_events') / current_setting('block_size')::bigint)",
    "SELECT 1 WHERE to_regclass('hookseal_schema') IS NOT NULL",
    "SELECT version FROM hookseal_schema",
    "SELECT pg_xact_status($1::text::xid8)",
    detail::accept_into_inbox.data(),
    // take. Always one row. Who takes an event makes it due for others when the lease is over; those who look at the same
    // moment pass over it. Without one that is due, when the next will be.
    R"(WITH clock AS MATERIALIZED (SELECT round(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now),
       next AS MATERIALIZED (SELECT ticket FROM hookseal_inbox
           WHERE scope = encode($1, 'escape') AND due <= (SELECT now FROM clock)
           ORDER BY due, number LIMIT 1 FOR UPDATE SKIP LOCKED),
       taken AS (UPDATE hookseal_inbox AS event SET due = now + least($2, 9223372036854775807 - now)
           FROM clock, next WHERE event.ticket = next.ticket RETURNING event.ticket, event.due)
       SELECT now, taken.ticket, CASE WHEN taken.ticket IS NOT NULL THEN taken.due ELSE (SELECT due FROM hookseal_inbox
           WHERE scope = encode($1, 'escape') ORDER BY due LIMIT 1) END FROM clock LEFT JOIN taken ON true)",
    // look later. Unless somebody else has touched it since it was taken.
    "UPDATE hookseal_inbox SET due = $3 WHERE ticket = $1 AND due = $2",
    R"(SELECT decode(provider, 'escape'), decode(tenant, 'escape'), decode(id, 'escape'), decode(type, 'escape'), body,
       signed_at::text, decode(note, 'escape') FROM hookseal_inbox WHERE ticket = $1)",
    detail::complete_in_inbox.data(),
    detail::postpone_in_inbox.data(),
    "DELETE FROM hookseal_inbox WHERE ticket = $1",
};

} // namespace hookseal::inline v0_1::postgres

#endif
