// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_POSTGRES_DATABASE_HPP
#define HOOKSEAL_TESTS_POSTGRES_DATABASE_HPP

#include "support/skip.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace hookseal_tests {

/// The server that tests/servers/with_servers.py has started, or nothing, and the test is skipped.
inline std::optional<std::string> postgres_server() {
    if (const char* const dsn = std::getenv("HOOKSEAL_POSTGRES")) return dsn;
    skip("HOOKSEAL_POSTGRES names no server");
    return std::nullopt;
}

inline std::uint16_t port_in(const std::string& dsn) {
    return static_cast<std::uint16_t>(std::stoi(dsn.substr(dsn.find("port=") + 5)));
}

/// A connection of an application.
class postgres_connection {
public:
    explicit postgres_connection(const std::string& dsn) : db_(PQconnectdb(dsn.c_str()), &PQfinish) {
        if (PQstatus(get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(get()));
        PQsetNoticeReceiver(
            get(), [](void*, const PGresult*) {}, nullptr);
    }
    [[nodiscard]] PGconn* get() const { return db_.get(); }
    std::string ask(const std::string& text) const { return ask(get(), text); }
    static std::string ask(PGconn* db, const std::string& text) {
        const std::unique_ptr<PGresult, decltype(&PQclear)> told(PQexec(db, text.c_str()), &PQclear);
        const auto status = PQresultStatus(told.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
            throw std::runtime_error(text + ": " + PQresultErrorMessage(told.get()));
        return PQntuples(told.get()) > 0 && PQnfields(told.get()) > 0 ? PQgetvalue(told.get(), 0, 0) : "";
    }

private:
    std::unique_ptr<PGconn, decltype(&PQfinish)> db_;
};

/// A schema of a test's own, in which the time stands where the test puts it.
class postgres_schema {
public:
    explicit postgres_schema(const std::string& server)
        : name_("test_" + std::to_string(getpid()) + "_" + std::to_string(++count)),
          dsn_(server + " options='-csearch_path=" + name_ + ",pg_catalog'"),
          app_(server) {
        app_.ask("CREATE SCHEMA " + name_ + "; SET search_path = " + name_ + ",pg_catalog");
        app_.ask(
            "CREATE TABLE fake_time (at timestamptz); INSERT INTO fake_time VALUES ('2027-01-15');"
            "CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT at FROM "
            + name_ + ".fake_time'");
    }
    postgres_schema(const postgres_schema&) = delete;
    postgres_schema& operator=(const postgres_schema&) = delete;
    ~postgres_schema() {
        try {
            app_.ask("ROLLBACK; SET lock_timeout = '5s'; DROP SCHEMA " + name_ + " CASCADE");
        } catch (const std::runtime_error&) {
        } // the whole server goes with the test
    }

    /// For a store: the last word on a keyword counts.
    [[nodiscard]] std::string dsn(const std::string& more = {}) const { return dsn_ + " " + more; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const postgres_connection& app() const { return app_; }
    void pass(std::chrono::milliseconds time) const {
        app_.ask("UPDATE fake_time SET at = at + " + std::to_string(time.count()) + " * interval '1 ms'");
    }

private:
    static inline int count = 0;
    std::string name_;
    std::string dsn_;
    postgres_connection app_;
};

} // namespace hookseal_tests

#endif
