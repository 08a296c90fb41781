// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SQLITE_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_SQLITE_STORE_HPP

#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/connection_pool.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/group_commit.hpp>
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/machine_ticks.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/sqlite/connection.hpp>
#include <hookseal/idempotency/sqlite/database.hpp>
#include <hookseal/idempotency/sqlite/inbox_rows.hpp>
#include <hookseal/idempotency/sqlite/rows.hpp>
#include <hookseal/idempotency/sqlite/statements.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/store_error.hpp>
#include <hookseal/idempotency/tick.hpp>
#include <hookseal/idempotency/transactional.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

struct sqlite_settings {
    /// Whether a commit waits until the disk has it (`synchronous = FULL`). If not, it survives the death of the process,
    /// but a power cut may take the last commits with it: their events are then new again.
    bool survives_power_cuts = true;
    /// For how long another process's transaction is waited for; then the answer is `unavailable` with `busy`.
    std::chrono::milliseconds busy_timeout{2000};
    /// How many connections there may be at a time, beside the one for what is written: one for each thread that looks
    /// for duplicates, and one for each handler with a transaction.
    std::size_t connections = 16;
    /// How many changes of several threads share a commit at most; 1: each has one of its own.
    std::size_t largest_group = 128;
    /// How many rows are looked at with every change, to remove those whose time is over; 0: only `sweep` removes.
    std::size_t swept_with_a_change = 1;
};

/// Remembers events in a file, through SQLite 3.35 or later: durable, shared by all processes of one machine.
///
///     sqlite_store seen{"/var/lib/shop/events.db"};
///
/// The file may hold the application's own tables; ours begin with `hookseal_`, and are made when they are missing. Opening
/// happens with the first call, and again after a failure: ask `check()` to know at once. Whatever fails is `unavailable`
/// with its cause; `OnError` is told in SQLite's words, from the thread whose call failed.
///
/// A duplicate costs one look and writes nothing. What several threads change at the same moment is committed together.
/// Leases are judged by `LeaseClock`, see `machine_ticks`; how long events are remembered, by `WallClock`. Rows whose time
/// is over are removed little by little, in passing. Nothing is ever evicted.
///
/// Any number of threads may use it. It must not be carried over a `fork()`: open it afterwards.
template <tick_clock LeaseClock = machine_ticks, class OnError = ignore_store_errors,
          tick_clock WallClock = wall_ticks>
class sqlite_store {
    static_assert(std::is_nothrow_invocable_v<OnError&, const store_error&>,
                  "the error hook is called as hook(const hookseal::store_error&) and must be noexcept");

public:
    static constexpr promises promised{
        .exclusive = true,
        .tells_in_flight = true,
        .recovers = true,
        .fenced = true,
        .repeatable = true,
        .counts_attempts = true,
        .compares_payload = true,
        .hands_over = true,
        .durable = true,
        .shared = true,
        .may_evict = false,
    };

    template <transaction_mode Mode>
    class session;

    explicit sqlite_store(std::string path, const sqlite_settings& settings = {}, LeaseClock leases = {},
                          OnError on_error = {}, WallClock wall = {})
        : path_(std::move(path)),
          settings_(settings),
          pool_(settings.connections, settings.busy_timeout),
          group_(settings.largest_group),
          leases_(std::move(leases)),
          on_error_(std::move(on_error)),
          wall_(std::move(wall)) {}

    /// Whether the file can be opened and has the right tables: nothing, or what is the matter. For the program's start.
    [[nodiscard]] std::optional<store_fault> check() noexcept {
        auto on = borrow();
        if (!on) return store_fault::busy;
        return on->code() == SQLITE_OK ? std::nullopt : std::optional(failed(*on));
    }

    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        const std::optional<locator> where = durable_locator(request.key);
        if (!where) return claim_answer::failure(store_fault::down);
        const claim_terms terms = claim_terms::of(request);
        if (const auto known = look(*where, terms)) return *known;
        return change<claim_answer>([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::claim(on, *where, terms, sqlite::names::of(request.key), now);
        });
    }
    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return settle(token, settlement::complete(result));
    }
    [[nodiscard]] settle_answer release(const claim_token& token, earlier reason) noexcept {
        return settle(token, settlement::release(reason));
    }
    [[nodiscard]] settle_answer extend(const claim_token& token, std::chrono::milliseconds lease) noexcept {
        return settle(token, settlement::extend(lease));
    }

    [[nodiscard]] settle_answer forget(const unverified_key& key) noexcept {
        const std::optional<locator> where = durable_locator(key);
        if (!where) return settle_answer::failure(store_fault::down);
        return change<settle_answer>([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::step<settle_answer>(on, *where, {}, now, [&](claim_record& record) noexcept {
                return decide_forget(record, now.wall);
            });
        });
    }
    [[nodiscard]] peek_answer peek(const unverified_key& key) noexcept {
        const std::optional<locator> where = durable_locator(key);
        if (!where) return peek_answer::failure(store_fault::down);
        auto on = borrow();
        if (!on) return peek_answer::failure(store_fault::busy);
        const store_time now = time();
        const sqlite::row found = sqlite::find(*on, *where, now);
        if (on->code() != SQLITE_OK) return peek_answer::failure(failed(*on));
        return found.is_sound ? show(found.record, now.wall)
                              : peek_answer::failure(store_fault::misconfigured);
    }

    // The inbox: accepted events, until a worker has handled them. See `inbox` and `inbox_worker`.

    [[nodiscard]] settle_answer accept_into_inbox(const claim_token& token,
                                                  const verified_event& event) noexcept {
        if (!event.has_body()) return settle_answer::failure(store_fault::misconfigured);
        const event_text id = event.id(), type = event.type();
        return change<settle_answer>([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::accept_into_inbox(on, token, event, id, type, now);
        });
    }
    [[nodiscard]] inbox_lease lease_from_inbox(std::string_view scope,
                                               std::chrono::milliseconds lease) noexcept {
        return change<inbox_lease>([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::lease_from_inbox(on, scope, lease, now);
        });
    }
    [[nodiscard]] std::optional<stored_event> read_from_inbox(const inbox_lease& lease) {
        auto on = borrow();
        if (!on) return std::nullopt;
        auto event = sqlite::read_from_inbox(*on, lease);
        if (on->code() != SQLITE_OK) failed(*on);
        return event;
    }
    [[nodiscard]] settle_answer complete_in_inbox(const inbox_lease& lease, const outcome& result) noexcept {
        return change<settle_answer>([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::complete_in_inbox(on, lease, result, now);
        });
    }
    [[nodiscard]] settle_answer postpone_in_inbox(const inbox_lease& lease, earlier reason,
                                                  std::chrono::milliseconds pause,
                                                  std::string_view note) noexcept {
        return change<settle_answer>([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::postpone_in_inbox(on, lease, reason, pause, note, now);
        });
    }

    /// Looks at up to `rows` rows, going on where the last call ended, and removes those whose time is over.
    [[nodiscard]] sweep_answer sweep(std::size_t rows) noexcept {
        return change<sweep_answer>([&](sqlite::connection& on, const store_time& now) noexcept {
            sweep_answer answer{.available = true};
            sweep(on, now, rows, answer);
            return answer;
        });
    }

    // The user's own transaction, on the user's own connection to the same file: nothing is begun and nothing committed.
    // `misconfigured` where no transaction is open. Begin it with BEGIN IMMEDIATE: one that has read before cannot write
    // once another connection has, and is `busy` for good.

    [[nodiscard]] claim_answer claim_in(sqlite3* transaction, const claim_request& request) noexcept {
        const std::optional<locator> where = durable_locator(request.key);
        if (!where) return claim_answer::failure(store_fault::down);
        return within<claim_answer>(transaction, [&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::claim(on, *where, claim_terms::of(request), sqlite::names::of(request.key), now);
        });
    }
    /// Anything but `ok`: roll back, for somebody else owns the event.
    [[nodiscard]] settle_answer complete_in(sqlite3* transaction, const claim_token& token,
                                            const outcome& result) noexcept {
        return within<settle_answer>(transaction,
                                     [&](sqlite::connection& on, const store_time& now) noexcept {
                                         return sqlite::settle(on, token, settlement::complete(result), now);
                                     });
    }

private:
    using pool = connection_pool<sqlite::connection>;

    struct job {
        job* next = nullptr;
        std::uint64_t group = 0;
        void (*run)(job&, sqlite::connection&, const store_time&) noexcept = nullptr;
        void (*fail)(job&, store_fault, bool maybe_applied) noexcept = nullptr;
    };
    template <class Answer, class Work>
    struct job_of : job {
        explicit job_of(Work& with) noexcept : work(with) {
            this->run = [](job& self, sqlite::connection& on, const store_time& now) noexcept {
                auto& mine = static_cast<job_of&>(self);
                mine.answer = mine.work(on, now);
            };
            this->fail = [](job& self, store_fault why, bool maybe_applied) noexcept {
                static_cast<job_of&>(self).answer = Answer::failure(why, maybe_applied);
            };
        }
        Work& work;
        Answer answer{};
    };

    using jobs = typename detail::group_commit<job>::group;

    [[nodiscard]] sqlite::connection open() const noexcept {
        return sqlite::open_database(path_.c_str(), settings_.survives_power_cuts, settings_.busy_timeout);
    }
    [[nodiscard]] pool::loan borrow() noexcept {
        auto on = pool_.borrow([&] { return open(); });
        if (on) on->begin_anew();
        return on;
    }
    [[nodiscard]] store_time time() const noexcept { return store_time::of(leases_, wall_); }
    store_fault failed(const sqlite::connection& on) noexcept {
        on_error_({on.fault(), on.code(), on.text()});
        return on.fault();
    }

    /// The answer to a claim that changes nothing; nothing if it is not one of these.
    [[nodiscard]] std::optional<claim_answer> look(const locator& where, const claim_terms& terms) noexcept {
        auto on = borrow();
        if (!on) return claim_answer::failure(store_fault::busy);
        const store_time now = time();
        const sqlite::row found = sqlite::find(*on, where, now);
        if (on->code() != SQLITE_OK) return claim_answer::failure(failed(*on));
        claim_record record = found.record;
        claim_answer answer = decide_claim(record, terms, now.wall);
        if (!found.is_sound || record != found.record) return std::nullopt;
        answer.token.where = where; // a repetition at the same moment changes nothing
        return answer;
    }

    [[nodiscard]] settle_answer settle(const claim_token& token, const settlement& wanted) noexcept {
        return change<settle_answer>([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::settle(on, token, wanted, now);
        });
    }

    /// Has `work(connection, now)` done in a transaction, which it may share with the work of other threads.
    template <class Answer, class Work>
    [[nodiscard]] Answer change(Work work) noexcept {
        job_of<Answer, Work> mine(work);
        group_.submit(mine, [&](jobs& all) noexcept { commit(all); });
        return mine.answer;
    }

    /// Only one thread at a time is here: who leads a group. What is written has a connection of its own, because SQLite
    /// throws away what a connection knows of a file once another one has changed it.
    void commit(jobs& group) noexcept {
        if (!writer_ || !writer_->usable()) writer_.emplace(open());
        sqlite::connection& on = *writer_;
        on.begin_anew();
        bool committing = false;
        if (sqlite::query(on, sqlite::sql::begin).run()) {
            std::size_t changes = 0;
            while (job* const each = on.code() == SQLITE_OK ? group.next() : nullptr) {
                each->run(*each, on, time());
                ++changes;
            }
            sweep_answer swept;
            sweep(on, time(), changes * settings_.swept_with_a_change, swept);
            committing = on.code() == SQLITE_OK;
            if (committing && sqlite::query(on, sqlite::sql::commit).run()) return;
        }
        while (group.next() != nullptr) {
        } // who was not served yet fails with the others
        const store_fault why = failed(on);
        if (on.in_transaction()) roll_back(on);
        for (job* each = group.first(); each != nullptr; each = each->next)
            each->fail(*each, why, committing);
    }

    static void roll_back(sqlite::connection& on) noexcept {
        sqlite3_exec(on.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }

    void sweep(sqlite::connection& on, const store_time& now, std::size_t rows, sweep_answer& told) noexcept {
        while (rows > told.visited && !told.is_round && on.code() == SQLITE_OK) {
            const std::optional<std::uint64_t> over = next_over(on, now, rows, told);
            if (!over) continue;
            sqlite::query(on, sqlite::sql::raise_floor).bind(1, static_cast<std::int64_t>(*over)).run();
            sqlite::query(on, sqlite::sql::remove).bind(1, swept_).run();
            ++told.removed;
        }
    }
    /// Goes on to the next row whose time is over, if there is one among so many, and returns its generation.
    [[nodiscard]] std::optional<std::uint64_t> next_over(sqlite::connection& on, const store_time& now,
                                                         std::size_t rows, sweep_answer& told) noexcept {
        sqlite::query visit(on, sqlite::sql::visit);
        visit.bind(1, std::span<const unsigned char>(swept_.data(), swept_size_));
        while (told.visited < rows) {
            if (!visit.step()) {
                told.is_round = true;
                swept_size_ = 0;
                break;
            }
            ++told.visited;
            const std::string_view place = visit.bytes(13);
            const sqlite::row found = sqlite::row_of(visit, now);
            const tick expires =
                found.record.state == event_state::absent ? visit.number(11) : found.record.expires;
            swept_size_ = std::min(place.size(), swept_.size());
            std::copy_n(place.begin(), swept_size_, swept_.begin());
            if (found.is_sound && now.wall >= expires && place.size() == swept_.size())
                return found.record.generation;
        }
        return std::nullopt;
    }

    template <class Answer, class Work>
    [[nodiscard]] Answer within(sqlite3* transaction, Work work) noexcept {
        auto on = sqlite::connection::of(transaction);
        if (!on.in_transaction()) return Answer::failure(store_fault::misconfigured);
        const Answer answer = work(on, time());
        return on.code() == SQLITE_OK ? answer : Answer::failure(failed(on));
    }

    std::string path_;
    sqlite_settings settings_;
    pool pool_;
    detail::group_commit<job> group_;
    std::optional<sqlite::connection> writer_{}; ///< of who leads a group
    locator swept_{};
    std::size_t swept_size_ = 0;
    [[no_unique_address]] LeaseClock leases_;
    [[no_unique_address]] OnError on_error_;
    [[no_unique_address]] WallClock wall_;
};

/// A handler's transaction, with the claim's completion in it: see `transactional`.
///
/// `transaction()` begins it (BEGIN IMMEDIATE, which makes all other writers of the file wait) and is null where that fails;
/// the handler writes through it and neither commits nor rolls back.
template <tick_clock LeaseClock, class OnError, tick_clock WallClock>
template <transaction_mode Mode>
class sqlite_store<LeaseClock, OnError, WallClock>::session {
    static constexpr bool claims_inside = Mode == transaction_mode::claim_inside;

public:
    static constexpr promises promised = detail::inside(sqlite_store::promised, Mode);

    explicit session(sqlite_store& store) noexcept : store_(&store) {}
    session(session&& other) noexcept
        : store_(other.store_), on_(std::move(other.on_)), begun_(std::exchange(other.begun_, false)) {}
    session& operator=(session&&) = delete;
    ~session() { undo(); }

    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        if constexpr (!claims_inside) {
            return store_->claim(request);
        } else {
            const std::optional<locator> where = durable_locator(request.key);
            if (!where) return claim_answer::failure(store_fault::down);
            const claim_terms terms = claim_terms::of(request);
            if (auto known = store_->look(*where, terms)) return *known;
            if (!begin()) return claim_answer::failure(fault_);
            const claim_answer answer =
                sqlite::claim(on(), *where, terms, sqlite::names::of(request.key), store_->time());
            const bool failed = on().code() != SQLITE_OK;
            const store_fault why = failed ? store_->failed(on()) : store_fault::unspecified;
            if (failed || answer.status != claim_status::granted) undo();
            return failed ? claim_answer::failure(why) : answer;
        }
    }

    [[nodiscard]] sqlite3* transaction() noexcept { return begun_ || begin() ? on().get() : nullptr; }

    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        if (!begun_ && !claims_inside && !asked_) return store_->complete(token, result);
        return commit_with([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::settle(on, token, settlement::complete(result), now);
        });
    }

    [[nodiscard]] settle_answer release(const claim_token& token, earlier reason) noexcept {
        undo();
        if constexpr (claims_inside)
            return settle_answer::of(settle_status::ok); // with the transaction the claim is gone, too
        else
            return store_->release(token, reason);
    }

    // For a worker: what it does and the end of its event in the inbox are one.

    [[nodiscard]] inbox_lease lease_from_inbox(std::string_view scope,
                                               std::chrono::milliseconds lease) noexcept
        requires(!claims_inside) {
        return store_->lease_from_inbox(scope, lease);
    }
    [[nodiscard]] std::optional<stored_event> read_from_inbox(const inbox_lease& lease) {
        return store_->read_from_inbox(lease);
    }
    [[nodiscard]] settle_answer complete_in_inbox(const inbox_lease& lease, const outcome& result) noexcept {
        if (!begun_ && !asked_) return store_->complete_in_inbox(lease, result);
        return commit_with([&](sqlite::connection& on, const store_time& now) noexcept {
            return sqlite::complete_in_inbox(on, lease, result, now);
        });
    }
    [[nodiscard]] settle_answer postpone_in_inbox(const inbox_lease& lease, earlier reason,
                                                  std::chrono::milliseconds pause,
                                                  std::string_view note) noexcept {
        undo();
        return store_->postpone_in_inbox(lease, reason, pause, note);
    }

private:
    [[nodiscard]] sqlite::connection& on() noexcept { return **on_; }
    template <class Settle>
    [[nodiscard]] settle_answer commit_with(Settle settle) noexcept {
        if (!begun_) return settle_answer::of(settle_status::undone);
        // SQLite rolls back by itself after some failures, and the next statement would be a transaction of its own.
        if (!on().in_transaction()) return undone(store_fault::unspecified);
        const settle_answer answer = settle(on(), store_->time());
        if (on().code() == SQLITE_OK && answer.status != settle_status::ok) {
            undo();
            return answer;
        }
        if (on().code() != SQLITE_OK || !sqlite::query(on(), sqlite::sql::commit).run())
            return undone(store_->failed(on()));
        begun_ = false;
        return answer;
    }
    [[nodiscard]] bool begin() noexcept {
        asked_ = true;
        if (!on_) on_.emplace(store_->borrow());
        if (!*on_) return fault_ = store_fault::busy, false;
        on().begin_anew();
        begun_ = sqlite::query(on(), sqlite::sql::begin).run();
        if (!begun_) fault_ = store_->failed(on());
        return begun_;
    }
    void undo() noexcept {
        if (std::exchange(begun_, false) && on().in_transaction()) roll_back(on());
    }
    [[nodiscard]] settle_answer undone(store_fault why) noexcept {
        undo();
        return {settle_status::undone, why};
    }

    sqlite_store* store_;
    std::optional<typename pool::loan> on_;
    bool begun_ = false;
    bool asked_ = false;
    store_fault fault_ = store_fault::unspecified;
};

} // namespace hookseal::inline v0_1

#endif
