// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_STORE_HPP

#include <hookseal/core/verified_event.hpp>
#include <hookseal/crypto/random.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/connection_pool.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/postgres/connection.hpp>
#include <hookseal/idempotency/postgres/database.hpp>
#include <hookseal/idempotency/postgres/inbox_rows.hpp>
#include <hookseal/idempotency/postgres/parameters.hpp>
#include <hookseal/idempotency/postgres/rows.hpp>
#include <hookseal/idempotency/postgres/statements.hpp>
#include <hookseal/idempotency/postgres/sweeper.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/store_error.hpp>
#include <hookseal/idempotency/tick.hpp>
#include <hookseal/idempotency/transactional.hpp>

#include <libpq-fe.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

struct postgres_settings {
    /// How long the server may take to connect and for each statement; then the answer is `unavailable` with `timeout`, or
    /// with `busy` where another's transaction was waited for half as long.
    std::chrono::milliseconds timeout{5000};
    /// How many connections there may be at a time. A handler's transaction has one to itself.
    std::size_t connections = 16;
    /// Every so many claims, 1000 at most, as many rows are looked at, to remove those whose time is over; 0: only `sweep`
    /// removes.
    std::size_t swept_after = 1000;
};

/// Remembers events in PostgreSQL 14 or later: durable, shared by all machines that reach it.
///
///     postgres_store seen{"host=db.internal dbname=shop user=shop"};
///
/// The database may be the application's own; our tables begin with `hookseal_`, stand in the first schema of the
/// connection's search path, and are made when they are missing. Connecting happens with the first call, and again after a
/// failure: ask `check()` to know at once. Whatever fails is `unavailable` with its cause; `OnError` is told in the
/// server's words, from the thread whose call failed.
///
/// A duplicate costs one look and writes nothing. Leases and times to live are judged by the server's clock, from the
/// moment at which it was asked. Rows whose time is over are removed little by little, in passing. Nothing is ever evicted.
/// Where `synchronous_commit` is off, the last commits are lost when the server crashes: their events are then new again.
///
/// Any number of threads may use it. It must not be carried over a `fork()`: open it afterwards. Poolers that give each
/// transaction another connection are not for it.
template <class OnError = ignore_store_errors>
class postgres_store {
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

    explicit postgres_store(std::string dsn, const postgres_settings& settings = {}, OnError on_error = {})
        : dsn_(std::move(dsn)),
          settings_(settings),
          pool_(settings.connections, settings.timeout),
          on_error_(std::move(on_error)) {
        if (settings_.swept_after > postgres::most_swept) settings_.swept_after = postgres::most_swept;
        claims_ = any_below(settings_.swept_after);
    }

    /// Whether the server can be reached and has the right tables: nothing, or what is the matter. For the program's start.
    [[nodiscard]] std::optional<store_fault> check() noexcept {
        pool_.close_idle();
        auto on = borrow();
        if (!on) return store_fault::busy;
        return on->well() ? std::nullopt : std::optional(failed(*on));
    }

    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        const std::optional<locator> where = durable_locator(request.key);
        if (!where) return claim_answer::failure(store_fault::down);
        return connected<claim_answer>([&](postgres::connection& on) noexcept {
            const claim_answer answer = postgres::claim(on, *where, request);
            if (answer.status == claim_status::granted) sweep_in_passing(on);
            return answer;
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
        return connected<settle_answer>([&](postgres::connection& on) noexcept {
            return postgres::step<settle_answer>(on, *where, nullptr, decide_forget);
        });
    }
    [[nodiscard]] peek_answer peek(const unverified_key& key) noexcept {
        const std::optional<locator> where = durable_locator(key);
        if (!where) return peek_answer::failure(store_fault::down);
        return connected<peek_answer>([&](postgres::connection& on) noexcept {
            const postgres::row found = postgres::find(on, *where);
            return found.is_sound ? show(found.record, found.now)
                                  : peek_answer::failure(store_fault::misconfigured);
        });
    }

    // The inbox: accepted events, until a worker has handled them. See `inbox` and `inbox_worker`.

    [[nodiscard]] settle_answer accept_into_inbox(const claim_token& token,
                                                  const verified_event& event) noexcept {
        if (!event.has_body()) return settle_answer::failure(store_fault::misconfigured);
        const event_text id = event.id(), type = event.type();
        return connected<settle_answer>([&](postgres::connection& on) noexcept {
            return postgres::accept_into_inbox(on, token, event, id, type);
        });
    }
    [[nodiscard]] inbox_lease lease_from_inbox(std::string_view scope,
                                               std::chrono::milliseconds lease) noexcept {
        return connected<inbox_lease>(
            [&](postgres::connection& on) noexcept { return postgres::lease_from_inbox(on, scope, lease); });
    }
    [[nodiscard]] std::optional<stored_event> read_from_inbox(const inbox_lease& lease) {
        auto on = borrow();
        if (!on) return std::nullopt;
        auto event = postgres::read_from_inbox(*on, lease);
        if (!on->well()) failed(*on);
        return event;
    }
    [[nodiscard]] settle_answer complete_in_inbox(const inbox_lease& lease, const outcome& result) noexcept {
        return connected<settle_answer>([&](postgres::connection& on) noexcept {
            return postgres::complete_in_inbox(on, lease, result);
        });
    }
    [[nodiscard]] settle_answer postpone_in_inbox(const inbox_lease& lease, earlier reason,
                                                  std::chrono::milliseconds pause,
                                                  std::string_view note) noexcept {
        return connected<settle_answer>([&](postgres::connection& on) noexcept {
            return postgres::postpone_in_inbox(on, lease, reason, pause, note);
        });
    }

    /// Looks at up to `rows` rows, 1000 at most, going on where the last call ended, and removes those whose time is over.
    [[nodiscard]] sweep_answer sweep(std::size_t rows) noexcept {
        return connected<sweep_answer>([&](postgres::connection& on) noexcept {
            const std::lock_guard lock(sweeping_);
            return sweeper_.sweep(on, rows);
        });
    }

    // The user's own transaction, on the user's own connection to the same database: nothing is begun and nothing
    // committed. `misconfigured` where no transaction is open. A failure on our side is rolled back to where it began, so
    // that the transaction can go on.

    [[nodiscard]] claim_answer claim_in(PGconn* transaction, const claim_request& request) noexcept {
        const std::optional<locator> where = durable_locator(request.key);
        if (!where) return claim_answer::failure(store_fault::down);
        return within<claim_answer>(transaction, [&](postgres::connection& on) noexcept {
            return postgres::claim(on, *where, request);
        });
    }
    /// Anything but `ok`: roll back, for somebody else owns the event. After a COMMIT, look at its tag: that of a
    /// transaction which failed before is ROLLBACK.
    [[nodiscard]] settle_answer complete_in(PGconn* transaction, const claim_token& token,
                                            const outcome& result) noexcept {
        return within<settle_answer>(transaction, [&](postgres::connection& on) noexcept {
            return postgres::settle(on, token, settlement::complete(result));
        });
    }

private:
    using pool = connection_pool<postgres::connection>;

    [[nodiscard]] typename pool::loan borrow() noexcept {
        auto on = pool_.borrow([&] { return postgres::open_database(dsn_.c_str(), settings_.timeout); });
        if (on) on->begin_anew();
        return on;
    }
    store_fault failed(const postgres::connection& on) noexcept {
        on_error_({*on.fault(), 0, on.text()});
        return *on.fault();
    }

    [[nodiscard]] settle_answer settle(const claim_token& token, const settlement& wanted) noexcept {
        return connected<settle_answer>(
            [&](postgres::connection& on) noexcept { return postgres::settle(on, token, wanted); });
    }

    /// Has `work(connection)` done. Connections that lay idle while the server was restarted are replaced once, unless
    /// something may have been changed.
    template <class Answer, class Work>
    [[nodiscard]] Answer connected(Work work) noexcept {
        for (bool is_first = true;; is_first = false) {
            auto on = borrow();
            if (!on) return Answer::failure(store_fault::busy);
            const bool was_ready = on->was_ready();
            const Answer answer = work(*on);
            if (on->well()) return answer;
            if (is_first && was_ready && on->broke() && !on->in_doubt()) {
                pool_.close_idle();
                continue;
            }
            return Answer::failure(failed(*on), on->in_doubt());
        }
    }

    template <class Answer, class Work>
    [[nodiscard]] Answer within(PGconn* transaction, Work work) noexcept {
        auto on = postgres::connection::of(transaction);
        if (!on.in_transaction()) return Answer::failure(store_fault::misconfigured);
        on.run("SAVEPOINT hookseal");
        const Answer answer = work(on);
        if (on.well() && on.run("RELEASE SAVEPOINT hookseal").tag() == "RELEASE") return answer;
        const store_fault why = failed(on);
        (void)postgres::connection::of(transaction).run("ROLLBACK TO SAVEPOINT hookseal");
        return Answer::failure(why);
    }

    /// Where to begin to count, so that processes which end early do their share.
    [[nodiscard]] static std::size_t any_below(std::size_t end) noexcept {
        std::array<unsigned char, 2> random{};
        return end != 0 && random_bytes(random) ? (random[0] * 256U + random[1]) % end : 0;
    }
    /// Whatever comes of it, the claim was granted.
    void sweep_in_passing(postgres::connection& on) noexcept {
        if (settings_.swept_after == 0 || ++claims_ % settings_.swept_after != 0) return;
        const std::unique_lock lock(sweeping_, std::try_to_lock);
        if (lock) (void)sweeper_.sweep(on, settings_.swept_after);
        if (!on.well()) failed(on);
        on.begin_anew();
    }

    std::string dsn_;
    postgres_settings settings_;
    pool pool_;
    std::mutex sweeping_;
    postgres::sweeper sweeper_;
    std::atomic<std::size_t> claims_ = 0;
    [[no_unique_address]] OnError on_error_;
};

/// A handler's transaction, with the claim's completion in it: see `transactional`.
///
/// `transaction()` begins it, at READ COMMITTED, and is null where that fails; the handler writes through it and neither
/// commits nor rolls back. If the reply to the commit is lost, the server is asked what became of it.
template <class OnError>
template <transaction_mode Mode>
class postgres_store<OnError>::session {
    static constexpr bool claims_inside = Mode == transaction_mode::claim_inside;

public:
    static constexpr promises promised = detail::inside(postgres_store::promised, Mode);

    explicit session(postgres_store& store) noexcept : store_(&store) {}
    session(session&& other) noexcept
        : store_(other.store_),
          on_(std::move(other.on_)),
          begun_(std::exchange(other.begun_, false)),
          asked_(other.asked_),
          transaction_(other.transaction_) {}
    session& operator=(session&&) = delete;
    ~session() { undo(); }

    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        if constexpr (!claims_inside) {
            return store_->claim(request);
        } else {
            const std::optional<locator> where = durable_locator(request.key);
            if (!where) return claim_answer::failure(store_fault::down);
            if (auto known = look(*where, request)) return *known;
            if (!begin()) return claim_answer::failure(fault_);
            const claim_answer answer = postgres::claim(on(), *where, request);
            if (answer.status == claim_status::granted) on().run(postgres::lift_timeouts);
            const bool well = on().well();
            const store_fault why = well ? store_fault::unspecified : store_->failed(on());
            if (!well || answer.status != claim_status::granted) undo();
            return well ? answer : claim_answer::failure(why);
        }
    }

    [[nodiscard]] PGconn* transaction() noexcept { return begun_ || begin() ? on().get() : nullptr; }

    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        if (!claims_inside && is_untouched()) return store_->complete(token, result);
        return commit_with(token, result, [&](postgres::connection& on) noexcept {
            return postgres::settle(on, token, settlement::complete(result), &transaction_);
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
        if (is_untouched()) return store_->complete_in_inbox(lease, result);
        return commit_with(lease.token, result, [&](postgres::connection& on) noexcept {
            return postgres::complete_in_inbox(on, lease, result, &transaction_);
        });
    }
    [[nodiscard]] settle_answer postpone_in_inbox(const inbox_lease& lease, earlier reason,
                                                  std::chrono::milliseconds pause,
                                                  std::string_view note) noexcept {
        undo();
        return store_->postpone_in_inbox(lease, reason, pause, note);
    }

private:
    [[nodiscard]] postgres::connection& on() noexcept { return **on_; }
    /// Whether nobody has asked for the transaction, so that nothing needs it.
    [[nodiscard]] bool is_untouched() const noexcept { return !begun_ && !asked_; }
    template <class Settle>
    [[nodiscard]] settle_answer commit_with(const claim_token& token, const outcome& result,
                                            Settle settle) noexcept {
        if (!begun_)
            return transaction_ != 0 ? fate(token, result) : settle_answer::of(settle_status::undone);
        on().begin_anew();
        // A failed statement of the handler's has undone all before it, and its COMMIT or ROLLBACK has ended it.
        if (!on().in_transaction()) return undone(store_fault::unspecified);
        const settle_answer answer = settle(on());
        if (on().well() && answer.status != settle_status::ok) {
            undo();
            return answer;
        }
        if (!on().well()) return undone(store_->failed(on()));
        begun_ = false;
        const postgres::answer committed = on().run("COMMIT");
        if (on().well()) {
            transaction_ = 0;
            return committed.tag() == "COMMIT" ? answer : settle_answer{settle_status::undone};
        }
        const store_fault why = store_->failed(on());
        if (on().intact() || transaction_ == 0) {
            transaction_ = 0;
            return {settle_status::undone, why};
        }
        on_.reset();
        return fate(token, result);
    }
    [[nodiscard]] bool begin() noexcept {
        asked_ = true;
        for (bool is_first = true;; is_first = false) {
            on_.reset();
            on_.emplace(store_->borrow());
            if (!*on_) return fault_ = store_fault::busy, false;
            const bool was_ready = on().was_ready();
            on().run(claims_inside ? "BEGIN" : postgres::begin_for_handler);
            begun_ = on().well();
            if (begun_) return true;
            if (!is_first || !was_ready || !on().broke()) break;
            store_->pool_.close_idle();
        }
        fault_ = store_->failed(on());
        return false;
    }
    void undo() noexcept {
        if (!std::exchange(begun_, false)) return;
        on().begin_anew();
        on().run("ROLLBACK");
        on_.reset();
        transaction_ = 0;
    }
    [[nodiscard]] settle_answer undone(store_fault why) noexcept {
        undo();
        return {settle_status::undone, why};
    }

    /// The answer to a claim that changes nothing; nothing if it is not one of these.
    [[nodiscard]] std::optional<claim_answer> look(const locator& where,
                                                   const claim_request& request) noexcept {
        bool changes = false;
        const auto answer = store_->template connected<claim_answer>([&](postgres::connection& on) noexcept {
            const postgres::row found = postgres::find(on, where);
            claim_record record = found.record;
            claim_answer decided = decide_claim(record, claim_terms::of(request), found.now);
            changes = on.well() && (!found.is_sound || record != found.record);
            return decided;
        });
        return changes ? std::nullopt : std::optional(answer);
    }

    /// What became of a commit whose reply was lost. The row alone does not tell while the commit is under way; the number
    /// of the transaction alone does not where a crash of the server had it given out again.
    [[nodiscard]] settle_answer fate(const claim_token& token, const outcome& result) noexcept {
        const auto until = std::chrono::steady_clock::now() + store_->settings_.timeout;
        store_fault why = store_fault::timeout;
        do {
            auto asked = store_->borrow();
            if (!asked) break;
            const postgres::answer told = asked->ask(
                postgres::sql::fate, postgres::parameters().add(static_cast<std::int64_t>(transaction_)));
            const bool never_was = told.sqlstate() == "22023"; // it is one of the future
            if (never_was || (asked->well() && told.text(0) == "aborted")) {
                transaction_ = 0;
                return {settle_status::undone, store_fault::down};
            }
            if (asked->well() && told.text(0) == "committed") {
                const settle_answer now = confirmed(*asked, token, result);
                if (asked->well()) return now;
            }
            if (!asked->well()) why = store_->failed(*asked);
            asked.give_back();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        } while (std::chrono::steady_clock::now() < until);
        return settle_answer::failure(why, true);
    }
    [[nodiscard]] settle_answer confirmed(postgres::connection& on, const claim_token& token,
                                          const outcome& result) noexcept {
        const postgres::row found = postgres::find(on, token.where);
        claim_record record = found.record;
        const settle_answer answer = decide_settle(record, token, settlement::complete(result), found.now);
        const bool is_ours = answer.status == settle_status::ok && record == found.record;
        return is_ours ? answer : settle_answer::of(settle_status::undone);
    }

    postgres_store* store_;
    std::optional<typename pool::loan> on_;
    bool begun_ = false;
    bool asked_ = false;
    store_fault fault_ = store_fault::unspecified;
    std::uint64_t transaction_ =
        0; ///< in which the event was completed, until it is known whether it was committed
};

} // namespace hookseal::inline v0_1

#endif
