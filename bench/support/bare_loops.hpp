// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_BARE_LOOPS_HPP
#define HOOKSEAL_BENCH_SUPPORT_BARE_LOOPS_HPP

#include "support/harness.hpp"

#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/postgres/statements.hpp>
#include <hookseal/idempotency/record_text.hpp>
#include <hookseal/idempotency/redis/address.hpp>
#include <hookseal/idempotency/redis/records.hpp>
#include <hookseal/idempotency/sqlite/statements.hpp>

#include <hiredis/hiredis.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <random>
#include <string>
#include <string_view>

// The statements and commands that our stores say for an event, said by a loop that does nothing else: it decides nothing,
// hashes nothing, and looks at no more of the answers than it takes to say the next one. Values are as long as ours.

namespace hookseal_bench {

/// A place where no event is yet, as much at random as a hash.
class new_places {
public:
    hookseal::locator operator()() {
        const std::uint64_t halves[] = {random_(), random_()};
        hookseal::locator where;
        std::memcpy(where.data(), halves, where.size());
        return where;
    }

private:
    std::mt19937_64 random_{std::random_device{}()};
};

constexpr std::string_view bare_id = "evt_1NG8Du2eZvKYlo2CUI79vXWy0100000000";

/// Over libpq, with a connection of its own and prepared statements.
class bare_postgres {
public:
    explicit bare_postgres(const char* dsn) : db_(PQconnectdb(dsn)) {
        using hookseal::postgres::texts;
        if (PQstatus(db_.get()) != CONNECTION_OK) fail(PQerrorMessage(db_.get()));
        for (const sql which : {sql::find, sql::put, sql::change}) {
            const auto number = static_cast<std::size_t>(which);
            answer(PQprepare(db_.get(), name_of(which), texts[number], 0, nullptr));
        }
    }

    /// Claims a new event and completes it.
    void new_event() {
        const hookseal::locator where = places_();
        find(where);
        said claim = record("1", "3");
        claim.add_bytes(place_of(where));
        for (const std::string_view bytes :
             {std::string_view{}, std::string_view("stripe"), std::string_view{}, bare_id})
            claim.add_bytes(bytes);
        if (PQntuples(ask(sql::put, claim).get()) != 1) fail("a new event is not new");
        const result old = find(where);
        said complete = record("3", "4");
        complete.add_bytes(place_of(where));
        complete.add(PQgetvalue(old.get(), 0, 12));
        if (PQntuples(ask(sql::change, complete).get()) != 1) fail("an event was not completed");
    }
    void duplicate(const hookseal::locator& where) {
        if (PQgetisnull(find(where).get(), 0, 0) != 0) fail("a duplicate is not known");
    }

    /// How many bytes the server has put into its log so far.
    double size_of_log() {
        const auto at = answer(PQexec(db_.get(), "SELECT pg_current_wal_insert_lsn() - '0/0'"));
        return std::strtod(PQgetvalue(at.get(), 0, 0), nullptr);
    }

private:
    using sql = hookseal::postgres::sql;
    struct clear {
        void operator()(PGresult* of) const noexcept { PQclear(of); }
        void operator()(PGconn* of) const noexcept { PQfinish(of); }
    };
    using result = std::unique_ptr<PGresult, clear>;

    struct said {
        std::array<const char*, 17> values{};
        std::array<int, 17> sizes{};
        std::array<int, 17> formats{};
        int count = 0;

        void add(const char* text) { values[static_cast<std::size_t>(count++)] = text; }
        void add_bytes(std::string_view bytes) {
            const auto at = static_cast<std::size_t>(count++);
            values[at] = bytes.data() != nullptr ? bytes.data() : "";
            sizes[at] = static_cast<int>(bytes.size());
            formats[at] = 1;
        }
    };
    /// A record's twelve columns. Nothing here is over before the century is.
    static said record(const char* state, const char* generation) {
        said with;
        for (const char* const text : {state, "0", "0", "0", "1", generation, "1234567890123456789", "0", "0",
                                       "60000", "4000000000000", "4000604800000"})
            with.add(text);
        return with;
    }

    static std::string_view place_of(const hookseal::locator& where) {
        return {reinterpret_cast<const char*>(where.data()), where.size()};
    }
    static const char* name_of(sql which) {
        return which == sql::find ? "find" : which == sql::put ? "put" : "change";
    }
    result find(const hookseal::locator& where) {
        said with;
        with.add_bytes(place_of(where));
        return ask(sql::find, with);
    }
    result ask(sql which, const said& with) {
        return answer(PQexecPrepared(db_.get(), name_of(which), with.count, with.values.data(),
                                     with.sizes.data(), with.formats.data(), 0));
    }
    result answer(PGresult* got) {
        const ExecStatusType status = PQresultStatus(got);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(PQerrorMessage(db_.get()));
        return result(got);
    }

    std::unique_ptr<PGconn, clear> db_;
    new_places places_;
};

/// Over hiredis, with a connection of its own. What our store gives away together goes together.
class bare_redis {
public:
    explicit bare_redis(const char* url) {
        const auto to = hookseal::redis::parse_address(url);
        if (!to) fail("no address of a Redis server");
        db_.reset(redisConnect(to->host.c_str(), to->port));
        if (!db_ || db_->err != 0) fail("no connection to the Redis server");
        say({"SCRIPT", "LOAD", hookseal::redis::replace_script});
        hear();
    }

    void new_event() {
        const hookseal::locator where = places_();
        const auto key = key_of(where);
        if (claim(key)->type != REDIS_REPLY_NIL) fail("a new event is not new");
        say({"GET", key});
        say({"PTTL", key});
        const reply old = hear();
        hear();
        say({"EVALSHA",
             hookseal::redis::replace_script_sha1,
             "1",
             key,
             {old->str, old->len},
             in_flight,
             "604800000"});
        if (hear()->integer != 1) fail("an event was not completed");
    }
    void duplicate(const hookseal::locator& where) {
        if (claim(key_of(where))->type != REDIS_REPLY_STRING) fail("a duplicate is not known");
    }

private:
    struct free {
        void operator()(redisReply* of) const noexcept { freeReplyObject(of); }
        void operator()(redisContext* of) const noexcept { redisFree(of); }
    };
    using reply = std::unique_ptr<redisReply, free>;

    static std::string key_of(const hookseal::locator& where) {
        return std::string("hookseal:").append(hookseal::locator_text(where).view());
    }
    reply claim(std::string_view key) {
        say({"SET", key, in_flight, "NX", "GET", "PX", "604860000"});
        say({"PTTL", key});
        reply first = hear();
        hear();
        return first;
    }
    void say(std::initializer_list<std::string_view> words) {
        std::array<const char*, 8> texts{};
        std::array<std::size_t, 8> sizes{};
        std::size_t count = 0;
        for (const std::string_view word : words) {
            texts[count] = word.data();
            sizes[count++] = word.size();
        }
        redisAppendCommandArgv(db_.get(), static_cast<int>(count), texts.data(), sizes.data());
    }
    reply hear() {
        void* got = nullptr;
        if (redisGetReply(db_.get(), &got) != REDIS_OK) fail(db_->errstr);
        reply told(static_cast<redisReply*>(got));
        if (told->type == REDIS_REPLY_ERROR) fail(told->str);
        return told;
    }

    static constexpr std::size_t length = hookseal::record_text::size + 2;
    static inline const std::string in_flight = std::string(length, 'A');
    std::unique_ptr<redisContext, free> db_;
    new_places places_;
};

/// One connection to a file that has the store's tables. An event is one statement, which commits by itself where it is not
/// one of several.
class bare_sqlite {
public:
    explicit bare_sqlite(const std::string& path) {
        const auto put = hookseal::sqlite::texts[static_cast<std::size_t>(hookseal::sqlite::sql::put)];
        sqlite3* db = nullptr;
        if (sqlite3_open(path.c_str(), &db) != SQLITE_OK
            || sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", nullptr, nullptr,
                            nullptr)
                   != SQLITE_OK
            || sqlite3_prepare_v2(db, put.data(), static_cast<int>(put.size()), &put_, nullptr) != SQLITE_OK)
            fail(sqlite3_errmsg(db));
        db_ = db;
    }
    bare_sqlite(const bare_sqlite&) = delete;
    bare_sqlite& operator=(const bare_sqlite&) = delete;
    ~bare_sqlite() {
        sqlite3_finalize(put_);
        sqlite3_close(db_);
    }

    void new_events_in_one_commit(int count) {
        sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        for (int i = 0; i < count; ++i)
            new_event();
        if (sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(db_));
    }
    void new_event() {
        const hookseal::locator where = places_();
        for (int column = 1; column <= 13; ++column)
            sqlite3_bind_int64(put_, column, column == 12 ? 4'000'604'800'000 : column);
        sqlite3_bind_blob(put_, 14, where.data(), static_cast<int>(where.size()), SQLITE_STATIC);
        const std::string_view names[] = {"", "stripe", "", bare_id};
        for (int i = 0; i < 4; ++i)
            sqlite3_bind_text(put_, 15 + i, names[i].data(), static_cast<int>(names[i].size()),
                              SQLITE_STATIC);
        if (sqlite3_step(put_) != SQLITE_DONE) fail(sqlite3_errmsg(db_));
        sqlite3_reset(put_);
    }

private:
    sqlite3* db_ = nullptr;
    sqlite3_stmt* put_ = nullptr;
    new_places places_;
};

} // namespace hookseal_bench

#endif
