// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_CONNECTION_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_CONNECTION_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/postgres/parameters.hpp>
#include <hookseal/idempotency/postgres/statements.hpp>

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1::postgres {

/// What an SQLSTATE means for who waits for an answer; see the PostgreSQL manual, appendix A.
[[nodiscard]] constexpr store_fault fault_of(std::string_view sqlstate) noexcept {
    const std::string_view kind = sqlstate.substr(0, 2);
    if (sqlstate == "55P03" || sqlstate == "40001" || sqlstate == "40P01") return store_fault::busy;
    if (sqlstate == "57014") return store_fault::timeout;
    // Connections, resources, an operator's stop, failing hardware; and a standby, which cannot write.
    if (kind == "08" || kind == "53" || kind == "57" || kind == "58" || sqlstate == "25006" || kind.empty())
        return store_fault::down;
    return store_fault::misconfigured;
}

/// The answer to a statement.
class answer {
public:
    answer() noexcept = default;
    explicit answer(PGresult* from) noexcept : from_(from) {}

    [[nodiscard]] bool well() const noexcept {
        const ExecStatusType status = PQresultStatus(from_.get());
        return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    }
    [[nodiscard]] std::string_view sqlstate() const noexcept {
        const char* const code = PQresultErrorField(from_.get(), PG_DIAG_SQLSTATE);
        return code != nullptr ? code : std::string_view{};
    }
    /// What was done, in the server's words: `COMMIT`, say.
    [[nodiscard]] std::string_view tag() const noexcept {
        return from_ ? PQcmdStatus(from_.get()) : std::string_view{};
    }
    [[nodiscard]] bool has_row() const noexcept { return PQntuples(from_.get()) > 0; }
    [[nodiscard]] bool is_null(int column) const noexcept {
        return !has_row() || PQgetisnull(from_.get(), 0, column) != 0;
    }
    /// Of the first row; empty where there is none.
    [[nodiscard]] std::string_view text(int column) const noexcept {
        if (is_null(column)) return {};
        return {PQgetvalue(from_.get(), 0, column),
                static_cast<std::size_t>(PQgetlength(from_.get(), 0, column))};
    }
    /// Of the first row; 0 where there is none.
    [[nodiscard]] std::int64_t number(int column) const noexcept {
        std::int64_t found = 0;
        if (!has_row()) return found;
        const char* const digits = PQgetvalue(from_.get(), 0, column);
        std::from_chars(digits, digits + PQgetlength(from_.get(), 0, column), found);
        return found;
    }

private:
    struct clear {
        void operator()(PGresult* result) const noexcept { PQclear(result); }
    };
    std::unique_ptr<PGresult, clear> from_;
};

/// A connection; one's own, or a user's, which keeps nothing of us. For one thread at a time.
class connection {
public:
    using clock = std::chrono::steady_clock;
    /// Client and server process then stay where they are.
    static constexpr bool stays_with_thread = true;

    connection() noexcept = default;
    connection(connection&& other) noexcept
        : db_(std::exchange(other.db_, nullptr)),
          own_(other.own_),
          timeout_(other.timeout_),
          prepared_(other.prepared_),
          fault_(other.fault_),
          ready_(other.ready_),
          lost_(other.lost_),
          in_doubt_(other.in_doubt_) {}
    connection& operator=(connection&&) = delete;
    ~connection() {
        if (own_) PQfinish(db_);
    }

    /// The user's, which waits as long as the user has told the server.
    [[nodiscard]] static connection of(PGconn* users) noexcept {
        connection made;
        made.db_ = users;
        made.own_ = false;
        if (users == nullptr) made.fault_ = store_fault::misconfigured;
        return made;
    }

    /// Connects; `fault()` tells how that went. Looking up the server's name is not bounded by `timeout`.
    [[nodiscard]] static connection open(const char* dsn, std::chrono::milliseconds timeout) noexcept {
        connection made;
        made.timeout_ = timeout;
        made.db_ = PQconnectStart(dsn);
        PQsetNoticeReceiver(
            made.db_, [](void*, const PGresult*) noexcept {}, nullptr); // else they go to stderr
        const auto until = clock::now() + timeout;
        PostgresPollingStatusType next = PGRES_POLLING_WRITING;
        while (PQstatus(made.db_) != CONNECTION_BAD && next != PGRES_POLLING_OK
               && next != PGRES_POLLING_FAILED) {
            if (!made.wait(next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until)) return made;
            next = PQconnectPoll(made.db_);
        }
        if (PQstatus(made.db_) != CONNECTION_OK) made.fail(store_fault::down);
        return made;
    }

    [[nodiscard]] PGconn* get() const noexcept { return db_; }
    /// The first failure since `begin_anew`.
    [[nodiscard]] std::optional<store_fault> fault() const noexcept { return fault_; }
    [[nodiscard]] bool well() const noexcept { return !fault_; }
    /// Whether something was changed for all we know, though no reply says so.
    [[nodiscard]] bool in_doubt() const noexcept { return in_doubt_; }
    /// Whether it still is one.
    [[nodiscard]] bool intact() const noexcept { return !lost_ && PQstatus(db_) == CONNECTION_OK; }
    /// Whether another one may do better.
    [[nodiscard]] bool broke() const noexcept { return !intact() && fault_ == store_fault::down; }
    [[nodiscard]] std::string_view text() const noexcept {
        if (lost_) return "the server does not answer in time";
        const std::string_view words = PQerrorMessage(db_);
        return words.substr(0, words.find_last_not_of('\n') + 1);
    }
    [[nodiscard]] bool in_transaction() const noexcept {
        return intact() && PQtransactionStatus(db_) == PQTRANS_INTRANS;
    }
    /// Whether to keep it for the next who needs one.
    [[nodiscard]] bool usable() const noexcept {
        return ready_ && intact() && PQtransactionStatus(db_) == PQTRANS_IDLE
               && fault_.value_or(store_fault::busy) == store_fault::busy;
    }

    /// Said of a connection that has what it takes; its failures from then on may pass.
    void is_ready() noexcept { ready_ = well(); }
    [[nodiscard]] bool was_ready() const noexcept { return ready_; }
    void begin_anew() noexcept {
        if (ready_) fault_.reset();
        in_doubt_ = false;
    }
    void fail(store_fault why) noexcept {
        if (!fault_) fault_ = why;
    }

    /// Executes one of our statements, prepared on our own connections. Does nothing after a failure.
    answer ask(sql which, const parameters& with = {}) noexcept {
        const auto number = static_cast<std::size_t>(which);
        if (!own_) return ask(texts[number], with);
        const char name[]{'h', 'o', 'o', 'k', 's', 'e', 'a', 'l', static_cast<char>('a' + number), '\0'};
        if (well() && !prepared_[number])
            prepared_[number] = reply(PQsendPrepare(db_, name, texts[number], 0, nullptr)).well();
        if (!well()) return {};
        answer told = reply(PQsendQueryPrepared(db_, name, with.count(), with.values(), with.sizes(),
                                                with.formats(), gives_bytes(which) ? 1 : 0));
        in_doubt_ = !well() && !intact() && changes(which);
        return told;
    }
    answer ask(const char* text, const parameters& with) noexcept {
        if (!well()) return {};
        return reply(PQsendQueryParams(db_, text, with.count(), nullptr, with.values(), with.sizes(),
                                       with.formats(), 0));
    }
    /// Executes statements without parameters.
    answer run(const char* text) noexcept {
        if (!well()) return {};
        return reply(PQsendQuery(db_, text));
    }

private:
    /// Of several answers the first that is a failure, or the last.
    answer reply(int sent) noexcept {
        const auto until = own_ ? clock::now() + timeout_ : clock::time_point::max();
        answer told;
        while (sent == 1) {
            while (PQisBusy(db_) == 1)
                if (!wait(POLLIN, until) || PQconsumeInput(db_) == 0) break;
            if (lost_) return {};
            PGresult* const next = PQgetResult(db_);
            if (next == nullptr) break;
            answer one(next);
            if (well()) told = std::move(one);
            if (!told.well()) fail(fault_of(told.sqlstate()));
        }
        if (sent != 1) fail(PQstatus(db_) == CONNECTION_OK ? store_fault::misconfigured : store_fault::down);
        return told;
    }

    /// Waits for the socket. Who waits in vain gives the connection up: nobody knows what it would say next.
    bool wait(short event, clock::time_point until) noexcept {
        while (true) {
            pollfd socket{PQsocket(db_), event, 0};
            int longest = -1;
            if (until != clock::time_point::max()) {
                const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now()).count();
                longest = static_cast<int>(std::clamp<decltype(left)>(left, 0, 1 << 30));
            }
            const int ready = poll(&socket, 1, longest);
            if (ready > 0) return true;
            if (ready < 0 && errno == EINTR) continue;
            lost_ = true;
            fail(store_fault::timeout);
            return false;
        }
    }

    PGconn* db_ = nullptr;
    bool own_ = true;
    std::chrono::milliseconds timeout_{0};
    std::array<bool, texts.size()> prepared_{};
    std::optional<store_fault> fault_{};
    bool ready_ = false;
    bool lost_ = false;
    bool in_doubt_ = false;
};

} // namespace hookseal::inline v0_1::postgres

#endif
