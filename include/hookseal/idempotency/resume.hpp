// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_RESUME_HPP
#define HOOKSEAL_IDEMPOTENCY_RESUME_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/repeated.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/idempotency/ticket.hpp>
#include <hookseal/idempotency/verdict.hpp>

#include <optional>
#include <utility>

namespace hookseal::inline v0_1 {

/// What a worker does about a message from its queue.
enum class job_state : unsigned char {
    later, ///< leave it in the queue: another worker has the event, or the store cannot be asked
    owned, ///< the event is this worker's, until its lease ends
    over,  ///< drop it: the event is done, another ticket is valid for it, or this is no ticket
};

/// An accepted event in the hands of a worker: see `resume`.
///
/// It is finished once. Destroyed before that it leaves the event to its lease, for whoever was handling may still be at
/// it. The store must outlive it.
template <idempotency_store Store>
class [[nodiscard]] job {
public:
    job(job&& other) noexcept
        : store_(other.store_),
          state_(std::exchange(other.state_, job_state::later)),
          answer_(other.answer_) {}
    job& operator=(job&&) = delete;

    [[nodiscard]] job_state state() const noexcept { return state_; }
    [[nodiscard]] explicit operator bool() const noexcept { return state_ == job_state::owned; }

    /// The store's words: `attempt` (of workers, from 1), `before` and the fencing token where the event is owned, for how
    /// long it is not where `in_flight`.
    [[nodiscard]] const claim_answer& answer() const noexcept { return answer_; }

    /// Asks for so much time from now on. `stale`: another worker has the event, stop.
    [[nodiscard]] settle_answer extend(milliseconds lease) noexcept requires extendable<Store> {
        if (state_ != job_state::owned) return settle_answer::of(settle_status::stale);
        return detail::repeated<Store>([&] { return store_->extend(answer_.token, lease); });
    }

    /// Stores how handling ended. Failures make the event claimable by its ticket at once; when to try again is the queue's
    /// to say. The message may go when this is `ok` for a verdict that completes.
    settle_answer finish(const verdict& said) noexcept {
        if (std::exchange(state_, job_state::later) != job_state::owned)
            return settle_answer::of(settle_status::stale);
        return detail::settle_repeated(*store_, answer_.token, said);
    }

private:
    template <idempotency_store Any>
    friend job<Any> resume(Any&, const std::optional<ticket>&, milliseconds) noexcept;

    job(Store& store, job_state state, const claim_answer& answer) noexcept
        : store_(&store), state_(state), answer_(answer) {}

    Store* store_;
    job_state state_;
    claim_answer answer_;
};

/// Claims, for a worker, what a receiver accepted:
///
///     auto job = resume(store, ticket::parse(message.text), 5min);
///     if (!job) return job.state() == job_state::over ? drop(message) : retry_later(message);
///     job.finish(work(message.body) ? verdict::handled() : verdict::failed());
///
/// The event is known to the store as accepted until somebody finishes it, however many workers die on the way; the queue
/// must not drop the message before.
template <idempotency_store Store>
[[nodiscard]] job<Store> resume(Store& store, const std::optional<ticket>& by,
                                milliseconds lease = default_lease) noexcept {
    static_assert(Store::promised.hands_over, "this store does not hand events over to workers");
    if (!by) return {store, job_state::over, {}};
    const claim_token& token = by->token();
    const claim_answer answer = detail::claim_repeated(
        store, {.key = event_key::of(token), .lease = lease, .keep = token.keep(), .handed_over = &token});
    switch (answer.status) {
    case claim_status::granted: return {store, job_state::owned, answer};
    case claim_status::done: return {store, job_state::over, answer};
    case claim_status::in_flight:
    case claim_status::unavailable: break;
    }
    return {store, job_state::later, answer};
}

} // namespace hookseal::inline v0_1

#endif
