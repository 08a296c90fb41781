// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SQLITE_CONNECTION_HPP
#define HOOKSEAL_IDEMPOTENCY_SQLITE_CONNECTION_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/sqlite/statements.hpp>

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <thread>
#include <utility>

namespace hookseal::inline v0_1::sqlite {

/// What a result code of SQLite means for who waits for an answer.
[[nodiscard]] constexpr store_fault fault_of(int code) noexcept {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return store_fault::busy;
    case SQLITE_NOMEM:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_INTERRUPT: return store_fault::down;
    default: return store_fault::misconfigured;
    }
}

/// Waits for another process's transaction. SQLite's own waiting sleeps ever longer, up to 100 ms, and so loses every
/// race against a process that writes without pause; this one asks several thousand times a second.
struct patience {
    std::chrono::milliseconds longest{0};
    std::chrono::steady_clock::time_point since{};
    std::uint32_t random = 1;

    static int wait(void* self, int count) noexcept {
        auto& [longest, since, random] = *static_cast<patience*>(self);
        const auto now = std::chrono::steady_clock::now();
        if (count == 0) since = now;
        if (now - since >= longest) return 0;
        random = random * 1664525 + 1013904223;
        std::this_thread::sleep_for(std::chrono::microseconds(100 + (random >> 16U) % 400));
        return 1;
    }
};

/// A connection with its prepared statements; one's own, or a user's, of which nothing is changed but what the statements
/// change. For one thread at a time.
class connection {
public:
    /// The one that was used last knows the most of the file's pages as they are now.
    static constexpr bool stays_with_thread = false;

    connection() noexcept = default;
    connection(connection&& other) noexcept
        : db_(std::exchange(other.db_, nullptr)),
          own_(other.own_),
          prepared_(std::exchange(other.prepared_, {})),
          patience_(std::move(other.patience_)),
          ready_(other.ready_),
          code_(other.code_) {}
    connection& operator=(connection&&) = delete;
    ~connection() {
        for (sqlite3_stmt* const each : prepared_)
            sqlite3_finalize(each);
        if (own_) sqlite3_close_v2(db_);
    }

    [[nodiscard]] static connection of(sqlite3* users) noexcept {
        connection made;
        made.db_ = users;
        made.own_ = false;
        if (users == nullptr) made.code_ = SQLITE_MISUSE;
        return made;
    }

    /// Opens a file, which is created; check `code()`.
    [[nodiscard]] static connection open(const char* path, bool synchronous_full,
                                         std::chrono::milliseconds busy_timeout) noexcept {
        connection made;
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        made.code_ = sqlite3_open_v2(path, &made.db_, flags, nullptr);
        if (made.code_ != SQLITE_OK) return made;
        sqlite3_extended_result_codes(made.db_, 1);
        made.patience_.reset(new (std::nothrow) patience{.longest = busy_timeout});
        if (!made.patience_) {
            made.code_ = SQLITE_NOMEM;
            return made;
        }
        // Several processes begin with the same number, but not at the same address.
        made.patience_->random =
            static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(made.patience_.get()));
        sqlite3_busy_handler(made.db_, &patience::wait, made.patience_.get());
        made.run("PRAGMA journal_mode = WAL");
        made.run(synchronous_full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        return made;
    }

    [[nodiscard]] sqlite3* get() const noexcept { return db_; }
    [[nodiscard]] int code() const noexcept { return code_; }
    [[nodiscard]] const char* text() const noexcept {
        return db_ != nullptr ? sqlite3_errmsg(db_) : sqlite3_errstr(code_);
    }
    [[nodiscard]] store_fault fault() const noexcept { return fault_of(code_); }
    [[nodiscard]] bool in_transaction() const noexcept {
        return db_ != nullptr && sqlite3_get_autocommit(db_) == 0;
    }
    /// Whether to keep it for the next who needs one.
    [[nodiscard]] bool usable() const noexcept {
        return ready_ && !in_transaction() && (code_ == SQLITE_OK || fault() == store_fault::busy);
    }

    /// Remembers the first of several failures.
    bool note(int code) noexcept {
        const bool well = code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE;
        if (!well && code_ == SQLITE_OK) code_ = code;
        return well;
    }
    /// Said of a connection that has what it takes; its failures from then on may pass.
    void is_ready() noexcept { ready_ = code_ == SQLITE_OK; }
    void begin_anew() noexcept {
        if (ready_) code_ = SQLITE_OK;
    }

    bool run(const char* text) noexcept {
        return code_ == SQLITE_OK && note(sqlite3_exec(db_, text, nullptr, nullptr, nullptr));
    }

    [[nodiscard]] sqlite3_stmt* prepared(sql which) noexcept {
        sqlite3_stmt*& statement = prepared_[static_cast<std::size_t>(which)];
        const std::string_view text = texts[static_cast<std::size_t>(which)];
        if (statement == nullptr && db_ != nullptr)
            note(sqlite3_prepare_v3(db_, text.data(), static_cast<int>(text.size()),
                                    SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        return statement;
    }

private:
    sqlite3* db_ = nullptr;
    bool own_ = true;
    std::array<sqlite3_stmt*, texts.size()> prepared_{};
    std::unique_ptr<patience> patience_;
    bool ready_ = false;
    int code_ = SQLITE_OK;
};

/// A statement being executed. What is bound must live until the last `step`.
class query {
public:
    query(connection& on, sql which) noexcept : on_(on), statement_(on.prepared(which)) {}
    query(const query&) = delete;
    query& operator=(const query&) = delete;
    ~query() {
        if (statement_ == nullptr) return;
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }

    query& bind(int at, std::int64_t number) noexcept {
        return noted(statement_ == nullptr ? SQLITE_MISUSE : sqlite3_bind_int64(statement_, at, number));
    }
    query& bind(int at, std::string_view text) noexcept {
        const char* const data = text.data() != nullptr ? text.data() : "";
        return noted(statement_ == nullptr ? SQLITE_MISUSE
                                           : sqlite3_bind_text64(statement_, at, data, text.size(),
                                                                 SQLITE_STATIC, SQLITE_UTF8));
    }
    query& bind(int at, std::span<const unsigned char> bytes) noexcept {
        if (statement_ == nullptr) return noted(SQLITE_MISUSE);
        return noted(bytes.empty()
                         ? sqlite3_bind_zeroblob(statement_, at, 0)
                         : sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC));
    }

    /// True where there is a row.
    [[nodiscard]] bool step() noexcept {
        if (on_.code() != SQLITE_OK) return false;
        const int code = sqlite3_step(statement_);
        return on_.note(code) && code == SQLITE_ROW;
    }
    /// Executes what has no rows. False where it failed.
    bool run() noexcept {
        (void)step();
        return on_.code() == SQLITE_OK;
    }

    [[nodiscard]] std::int64_t number(int column) const noexcept {
        return sqlite3_column_int64(statement_, column);
    }
    [[nodiscard]] std::string_view bytes(int column) const noexcept {
        const void* const data = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return data == nullptr ? std::string_view{} : std::string_view(static_cast<const char*>(data), size);
    }

private:
    query& noted(int code) noexcept {
        on_.note(code);
        return *this;
    }

    connection& on_;
    sqlite3_stmt* statement_;
};

} // namespace hookseal::inline v0_1::sqlite

#endif
