// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_INBOX_WORKER_HPP
#define HOOKSEAL_IDEMPOTENCY_INBOX_WORKER_HPP

#include <hookseal/core/duration.hpp>
#include <hookseal/core/milliseconds.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_place.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/repeated.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/idempotency/user_call.hpp>
#include <hookseal/idempotency/verdict.hpp>

#include <concepts>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// How a worker takes events out of an inbox.
struct inbox_policy {
    std::string_view scope{};           ///< the receiver's; must outlive the worker
    milliseconds lease = default_lease; ///< how long a handler may take
    /// How long an event waits after its first failure; twice as long after each further one. The handler's own
    /// `retry_after` goes before.
    milliseconds first_pause = seconds(10);
    milliseconds longest_pause = hours(1);
    std::optional<std::uint32_t>
        max_attempts{}; ///< above it an event is parked, if the hooks' `dead_letter` takes it

    [[nodiscard]] constexpr milliseconds pause_after(std::uint32_t attempt) const noexcept {
        const std::int64_t longest = longest_pause.count();
        std::int64_t pause = first_pause.count();
        for (; attempt > 1 && pause < longest; --attempt)
            pause = pause > longest / 2 ? longest : pause * 2;
        return milliseconds(pause < longest ? pause : longest);
    }
};

/// A worker's hooks are a type with any of these, each `noexcept`:
///
///     void failed(std::exception_ptr) noexcept;        takes what a handler threw; without it the worker throws on
///     bool dead_letter(const stored_event&, std::uint32_t attempts) noexcept;
///                                                      takes an event that was tried `max_attempts` times; true: it is kept
///                                                      elsewhere, and parked
struct no_inbox_hooks {};

/// What became of one event, or why there was none.
enum class inbox_step : unsigned char {
    unavailable, ///< the store cannot be asked; wait a little
    empty,       ///< nothing is due
    completed,
    parked,     ///< put aside, by the handler or the hook
    postponed,  ///< the handler failed; the event is due again after the pause
    not_stored, ///< how it ended was not stored: another worker has the event, or will when the lease is over
};

struct inbox_run {
    inbox_step what = inbox_step::unavailable;
    std::optional<milliseconds> wait{}; ///< of `empty`: until the next is due, if there is one
    store_fault fault = store_fault::unspecified;
};

/// What a worker's handler may know and do beside the event.
template <class Store>
class inbox_context {
public:
    inbox_context(Store& store, const inbox_lease& lease) noexcept : store_(&store), lease_(lease) {}

    /// How often a worker got the event, this time included.
    [[nodiscard]] std::uint32_t attempt() const noexcept { return lease_.attempt; }
    /// `unknown` and `forgotten`: an earlier attempt may have done the work, so look before doing it again.
    [[nodiscard]] earlier before() const noexcept { return lease_.before; }
    /// The claim; its generation is a fencing token.
    [[nodiscard]] const claim_token& token() const noexcept { return lease_.token; }

    /// Asks for so much time from now on. `stale`: another worker has the event, stop.
    [[nodiscard]] settle_answer extend(milliseconds lease) noexcept requires extendable<Store> {
        return detail::repeated<Store>([&] { return store_->extend(lease_.token, lease); });
    }
    /// As `transaction_context::transaction`: null where it cannot be begun; then return `verdict::failed()`.
    [[nodiscard]] auto transaction() noexcept requires requires(Store& store) { store.transaction(); }
    { return store_->transaction(); }

    /// Left for people, and for the next attempt, should this one fail.
    void note(std::string why) noexcept { note_ = std::move(why); }
    [[nodiscard]] const std::string& note() const noexcept { return note_; }

private:
    Store* store_;
    inbox_lease lease_;
    std::string note_;
};

/// Handles what `receiver::accept` put into a store's inbox:
///
///     inbox_worker worker{db, {.scope = "orders"}};
///     inbox_run run = worker.run_once([&](const stored_event& event, auto& context) { return ship(event); });
///
/// It starts no thread and sleeps never: call `run_once` until it is `empty`, and again after `wait` or when something was
/// accepted. Any number of workers, in as many threads and processes, may share an inbox. The store must outlive them; over
/// a `transactional` store an event's effect happens exactly once, else at least once: a worker that dies between its work
/// and the completion has another one do it again, who is told by `before`.
template <class Store, class Hooks = no_inbox_hooks>
class inbox_worker {
    using place = detail::claim_place<Store>;
    static_assert(inbox<typename place::store>, "this store has no inbox");

    static constexpr bool takes_letters = requires(Hooks & hooks, const stored_event& event) {
        { hooks.dead_letter(event, std::uint32_t{}) }
        noexcept->std::same_as<bool>;
    };
    static constexpr bool takes_failures = requires(Hooks & hooks, std::exception_ptr thrown) {
        { hooks.failed(thrown) }
        noexcept;
    };
    static_assert(takes_letters || takes_failures || std::is_same_v<Hooks, no_inbox_hooks>,
                  "these hooks have none of: bool dead_letter(const stored_event&, std::uint32_t) noexcept, "
                  "void failed(std::exception_ptr) noexcept");

public:
    using context = inbox_context<typename place::store>;

    explicit inbox_worker(Store& store, const inbox_policy& policy = {}, Hooks hooks = {})
        : store_(&store), policy_(policy), hooks_(std::move(hooks)) {}

    /// Handles one event, if one is due. `handler` is called with the `stored_event`, or with event and `inbox_context`, and
    /// says how that ended as a receiver's does: see `verdict`. If it throws, the event is postponed as `unknown`.
    template <class Handler, class Calls = default_calls>
    inbox_run run_once(Handler&& handler) {
        place in(*store_);
        const inbox_lease lease = in.get().lease_from_inbox(policy_.scope, policy_.lease);
        if (lease.status != inbox_status::leased)
            return {.what = lease.status == inbox_status::empty ? inbox_step::empty : inbox_step::unavailable,
                    .wait = lease.wait,
                    .fault = lease.fault};
        const std::optional<stored_event> event = in.get().read_from_inbox(lease);
        if (!event) return {};

        context known(in.get(), lease);
        known.note(event->note);
        if constexpr (takes_letters)
            if (policy_.max_attempts && lease.attempt > *policy_.max_attempts)
                return finish(in.get(), lease,
                              hooks_.dead_letter(*event, lease.attempt - 1) ? verdict::parked()
                                                                            : verdict::failed(),
                              known);
        return Calls::run([&] { return finish(in.get(), lease, handle(handler, *event, known), known); },
                          [&](const std::exception_ptr& thrown) {
                              const inbox_run run = finish(in.get(), lease, verdict::unknown(), known);
                              if constexpr (takes_failures)
                                  hooks_.failed(thrown);
                              else
                                  std::rethrow_exception(thrown);
                              return run;
                          });
    }

private:
    template <class Handler>
    [[nodiscard]] static verdict handle(Handler& handler, const stored_event& event, context& known) {
        const auto call = [&]() -> decltype(auto) {
            if constexpr (std::is_invocable_v<Handler&, const stored_event&, context&>)
                return handler(event, known);
            else
                return handler(event);
        };
        using answer = decltype(call());
        static_assert(detail::handler_answer<answer>,
                      "a handler returns nothing, bool, something with has_value(), or a hookseal::verdict");
        if constexpr (std::is_void_v<answer>) {
            call();
            return verdict::handled();
        } else {
            return detail::verdict_of<std::remove_cvref_t<answer>>(call());
        }
    }

    [[nodiscard]] inbox_run finish(typename place::store& in, const inbox_lease& lease, const verdict& said,
                                   const context& known) const noexcept {
        const milliseconds pause = said.retry_after ? *said.retry_after : policy_.pause_after(lease.attempt);
        const settle_answer settled = detail::repeated<typename place::store>([&] {
            return said.completes()
                       ? in.complete_in_inbox(lease, detail::outcome_of(said))
                       : in.postpone_in_inbox(lease, detail::reason_of(said), pause, known.note());
        });
        inbox_run run{.what = inbox_step::not_stored, .fault = settled.fault};
        if (settled.status == settle_status::ok)
            run.what = !said.completes()                    ? inbox_step::postponed
                       : said.what == verdict::kind::parked ? inbox_step::parked
                                                            : inbox_step::completed;
        return run;
    }

    Store* store_;
    inbox_policy policy_;
    [[no_unique_address]] Hooks hooks_;
};

} // namespace hookseal::inline v0_1

#endif
