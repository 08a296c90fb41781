// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_RECEIVER_HPP
#define HOOKSEAL_RECEIVER_HPP

#include <hookseal/core/accepting.hpp>
#include <hookseal/core/challenge_answer.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_place.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/inbox.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/receiver_hooks.hpp>
#include <hookseal/idempotency/repeated.hpp>
#include <hookseal/idempotency/reply.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/idempotency/ticket.hpp>
#include <hookseal/idempotency/user_call.hpp>
#include <hookseal/idempotency/verdict.hpp>

#include <concepts>
#include <cstdint>
#include <exception>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

/// A part of a receiver: referred to if it was given by name, else owned. Stores and hooks see to their own threads.
template <class T>
class held {
    static_assert(std::is_move_constructible_v<T>,
                  "this cannot be moved into the receiver: give it a name, and let it outlive the receiver");

public:
    explicit held(T&& part) : part_(std::move(part)) {}
    [[nodiscard]] T& get() const noexcept { return part_; }

private:
    [[no_unique_address]] mutable T part_;
};
template <class T>
class held<T&> {
public:
    explicit held(T& part) noexcept : part_(&part) {}
    [[nodiscard]] T& get() const noexcept { return *part_; }

private:
    T* part_;
};

template <class Verifier>
concept verifies_requests = requires(const Verifier& verifier, const request& from) {
    { verifier.verify(from) }
    noexcept->std::same_as<result<verified_event>>;
};

/// A verifier that knows its provider's handshakes.
template <class Verifier>
concept answers_challenges = requires(const Verifier& verifier, const request& from,
                                      const result<verified_event>& event) {
    { verifier.challenge_response(from, event) }
    noexcept->std::same_as<std::optional<challenge_answer>>;
};
template <class Verifier>
concept knows_acknowledgement = requires(const Verifier& verifier) {
    { verifier.acknowledgement().body } -> std::convertible_to<std::string_view>;
};

template <class Request>
concept foreign_request = request_like<Request> && !std::same_as<Request, request>;

template <class Handler, class Context>
concept takes_context = std::is_invocable_v<Handler&, const verified_event&, const Context&>;
template <class Handler>
concept takes_event = std::is_invocable_v<Handler&, const verified_event&>;

template <class Handler, class Context>
[[nodiscard]] verdict handle(Handler& handler, const verified_event& event, const Context& context) {
    static_assert(
        takes_context<Handler, Context> || takes_event<Handler>,
        "a handler is called as handler(event) or handler(event, context), with a const "
        "hookseal::verified_event& and a const hookseal::delivery_context& (which has transaction() "
        "only where the store is transactional)");
    const auto call = [&]() -> decltype(auto) {
        if constexpr (takes_context<Handler, Context>)
            return handler(event, context);
        else if constexpr (takes_event<Handler>)
            return handler(event);
    };
    using answer = decltype(call());
    static_assert(handler_answer<answer>,
                  "a handler returns nothing, bool, something with has_value(), or a hookseal::verdict");
    if constexpr (std::is_void_v<answer>) {
        call();
        return verdict::handled();
    } else {
        return verdict_of<std::remove_cvref_t<answer>>(call());
    }
}

/// Hands an event over with its ticket. Without a claim there is none: then nothing is handed over.
template <class HandOver>
struct accepting_handler {
    std::remove_reference_t<HandOver>& hand_over;

    template <class Context>
    [[nodiscard]] verdict operator()(const verified_event& event, const Context& context) const {
        if (context.token.generation == 0) return verdict::accepted();
        const auto bound = [&](const verified_event& what) -> decltype(auto) {
            if constexpr (std::is_invocable_v<HandOver&, const verified_event&, ticket, const Context&>)
                return hand_over(what, ticket(context.token), context);
            else
                return hand_over(what, ticket(context.token));
        };
        const verdict said = handle(bound, event, context);
        return said == verdict::handled() ? verdict::accepted() : said;
    }
};

} // namespace detail

/// Verifies, claims, has the event handled, and says what to answer:
///
///     receiver rx{stripe, seen};                                         // a verifier and an idempotency store
///     reply answer = rx(request, [&](auto& event) { ship(event); });
///
/// An event is handled once, though its provider delivers it many times: the store decides, and what it cannot promise is
/// accepted by name (`risk`) or does not compile. Verifier, store and hooks given by name must outlive the receiver;
/// temporaries are moved into it. It starts no thread, sleeps never and does no I/O of its own; any number of threads may
/// use it at once. Nothing but a handler throws.
template <class Verifier, class Store, class Hooks = no_hooks, class Accepted = accepting_t<>>
class receiver {
    using verifier_type = std::remove_cvref_t<Verifier>;
    using store_type = std::remove_reference_t<Store>;
    using hooks_type = std::remove_reference_t<Hooks>;

    static_assert(
        detail::verifies_requests<verifier_type>,
        "a receiver's first argument verifies: "
        "hookseal::result<hookseal::verified_event> verify(const hookseal::request&) const noexcept");
    static_assert(!std::is_const_v<store_type>, "the store is const, but claims change it");
    using place = detail::claim_place<store_type>;
    static_assert(check_store<typename place::store>());
    static constexpr promises promised = place::store::promised;

    static_assert(promised.exclusive || Accepted::template includes<risk::concurrent_twins>(),
                  "this store does not arbitrate: two deliveries of one event at the same moment are both "
                  "handled. To use it all the same, say so: "
                  "receiver rx{verifier, store, accepting<risk::concurrent_twins>}");
    static_assert(
        promised.recovers || Accepted::template includes<risk::loss_after_crash>(),
        "this store gives an event out at most once: if the process dies while handling it, the event "
        "is lost, because redeliveries are taken for duplicates. To use it all the same, say so: "
        "receiver rx{verifier, store, accepting<risk::loss_after_crash>}");
    static_assert(
        !promised.exclusive || !promised.recovers || promised.fenced
            || Accepted::template includes<risk::late_overwrite>(),
        "this store lets an owner whose lease is over undo what its successor stored. To use it all "
        "the same, say so: receiver rx{verifier, store, accepting<risk::late_overwrite>}");
    static_assert(detail::has_any_hook<hooks_type>,
                  "these hooks have none of: note(const receiver_note&), failed(std::exception_ptr), "
                  "dead_letter(const verified_event&, const delivery_context&), "
                  "challenged(const challenge_answer&)");
    static_assert(detail::hooks_never_throw<hooks_type>(), "a receiver's hooks are noexcept");
    static_assert(!detail::has_dead_letter<hooks_type> || promised.counts_attempts,
                  "dead letters are events tried too often, and this store does not count attempts");

public:
    class delivery;

    explicit receiver(Verifier&& verifier, Store&& store, const receiver_policy& policy = {},
                      Hooks&& hooks = {})
        : verifier_(std::forward<Verifier>(verifier)),
          store_(std::forward<Store>(store)),
          hooks_(std::forward<Hooks>(hooks)),
          policy_(policy) {
        // Without the store there is no transaction either, in which to do the work.
        if constexpr (place::has_transaction) policy_.unavailable = receiver_policy::without_store::refuse;
    }
    receiver(Verifier&& verifier, Store&& store, Accepted, const receiver_policy& policy = {},
             Hooks&& hooks = {})
        : receiver(std::forward<Verifier>(verifier), std::forward<Store>(store), policy,
                   std::forward<Hooks>(hooks)) {}

    /// The plain call: everything from verification to the answer. `handler` is called with the event, or with event and
    /// `delivery_context`, if the event is to be handled, and says how that ended: see `verdict`. It has one lease of
    /// time.
    ///
    /// If it throws, the event is released as `unknown`; the hook `failed` gets what was thrown and 5xx is the answer, or,
    /// without that hook, the exception goes on to the caller.
    template <class Request, class Handler, class Calls = default_calls>
    requires request_like<std::remove_cvref_t<Request>>
    [[nodiscard]] reply operator()(Request&& from, Handler&& handler) const {
        return run<Calls>(open(std::forward<Request>(from)), handler);
    }
    /// The same for a delivery that was verified elsewhere: incrementally, or under a tenant's keys.
    template <class Handler, class Calls = default_calls>
    [[nodiscard]] reply operator()(const result<verified_event>& event, std::string_view tenant,
                                   Handler&& handler) const {
        return run<Calls>(open(event, tenant), handler);
    }

    /// Acknowledges first; a worker handles later. `hand_over` is called with event and `ticket`, or with event, ticket and
    /// `delivery_context`, and puts both where they are not lost:
    ///
    ///     reply answer = rx.accept(request, [&](auto& event, ticket t) { return queue.push(t.text(), event.body()); });
    ///
    /// The answer is 202 once it says that it has done so (with nothing, true, or something with a value) and the store
    /// knows; redeliveries hear the same until a worker, who takes the event over with `resume`, completes it. It may be
    /// called again with another ticket for the same event, of which one is valid.
    template <class Request, class HandOver, class Calls = default_calls>
    requires request_like<std::remove_cvref_t<Request>>
    [[nodiscard]] reply accept(Request&& from, HandOver&& hand_over) const {
        static_assert(promised.hands_over, "this store does not hand events over to workers");
        return run<Calls>(open(std::forward<Request>(from)), detail::accepting_handler<HandOver>{hand_over});
    }
    /// The same for a delivery that was verified elsewhere.
    template <class HandOver, class Calls = default_calls>
    [[nodiscard]] reply accept(const result<verified_event>& event, std::string_view tenant,
                               HandOver&& hand_over) const {
        static_assert(promised.hands_over, "this store does not hand events over to workers");
        return run<Calls>(open(event, tenant), detail::accepting_handler<HandOver>{hand_over});
    }

    /// The same with the store's own inbox for a queue: the event is kept in the transaction that completes the claim as
    /// accepted, so 202 says that it cannot be lost. An `inbox_worker` of this receiver's scope handles it.
    template <class Request>
    requires request_like<std::remove_cvref_t<Request>>
    [[nodiscard]] reply accept(const Request& from) const noexcept { return take_in(open(from)); }
    [[nodiscard]] reply accept(const result<verified_event>& event, std::string_view tenant) const noexcept {
        return take_in(open(event, tenant));
    }

    /// The first of two steps, for who handles in their own way: verifies and claims.
    ///
    ///     auto delivery = rx.open(request);
    ///     if (!delivery) return delivery.reply();
    ///     const verdict said = …;
    ///     return delivery.finish(said);
    template <request_like Request>
    [[nodiscard]] delivery open(const Request& from) const noexcept {
        const request& seen = request_access<Request>::view(from);
        const result<verified_event> event = verifier_.get().verify(seen);
        if (auto met = challenge(seen, event)) return delivery(*this, event, *std::move(met));
        return take(event, policy_.tenant);
    }
    /// An event views its request: one from a temporary that owns its bytes would view nothing.
    template <detail::foreign_request Request>
    delivery open(const Request&& from) const = delete;

    /// The same for a delivery that was verified elsewhere. `tenant` is the one whose keys matched. Challenges that are not
    /// signed, or want a signature of the tenant's, were answered there: see `verifier::challenge_response`.
    [[nodiscard]] delivery open(const result<verified_event>& event,
                                std::string_view tenant = {}) const noexcept {
        if (event)
            if (auto met = challenge(event->request(), event)) return delivery(*this, event, *std::move(met));
        return take(event, tenant);
    }

    /// The second step where only the claim's token is at hand: for work that ends elsewhere, after `delivery::leave`.
    /// Not where the store is transactional: the transaction ends with its delivery.
    [[nodiscard]] reply finish(const claim_token& token, const verdict& said) const noexcept
        requires(!place::has_transaction) {
        return finish(store_.get(), token, said, {});
    }

private:
    /// Handshakes are answered here: they claim nothing, and no handler sees them.
    [[nodiscard]] std::optional<reply> challenge(const request& from,
                                                 const result<verified_event>& event) const noexcept {
        if constexpr (detail::answers_challenges<verifier_type>) {
            const std::optional<challenge_answer> met = verifier_.get().challenge_response(from, event);
            if (!met) return std::nullopt;
            if constexpr (detail::has_challenged<hooks_type>)
                if (met->error == error::none) hooks_.get().challenged(*met);
            return reply_for(*met);
        }
        return std::nullopt;
    }

    [[nodiscard]] delivery take(const result<verified_event>& event, std::string_view tenant) const noexcept {
        if (!event) return delivery(*this, event, reply_for(event.error(), policy_));
        auto key = event_key::of(*event, policy_.scope, tenant);
        if (!key) return delivery(*this, event, reply_for(key.error(), policy_));
        if (policy_.compare_content)
            if (const error e = key->compare_content(*event); e != error::none)
                return delivery(*this, event, reply_for(e, policy_));

        place in(store_.get());
        const claim_answer answer = detail::claim_repeated(
            in.get(), {.key = *key,
                       .lease = policy_.lease,
                       .keep = policy_.keep.value_or(keep_for(event->retry_window()))});
        if (answer.content == content_match::different)
            note({.what = receiver_note::kind::other_content, .provider = event->provider()});
        if (auto refusal = reply_for(answer, policy_))
            return delivery(*this, event, *std::move(refusal), answer.fault);

        delivery opened(*this, event, answer, std::move(in));
        if (answer.status == claim_status::unavailable)
            note({.what = receiver_note::kind::without_store,
                  .provider = event->provider(),
                  .fault = answer.fault});
        if (answer.before == earlier::forgotten)
            note({.what = receiver_note::kind::forgotten,
                  .provider = event->provider(),
                  .attempt = answer.token.attempt});
        if constexpr (detail::has_dead_letter<hooks_type>)
            if (policy_.max_attempts && answer.token.attempt > *policy_.max_attempts)
                opened.finish(hooks_.get().dead_letter(*event, opened.context()) ? verdict::parked()
                                                                                 : verdict::failed());
        return opened;
    }

    [[nodiscard]] reply finish(typename place::store& in, const claim_token& token, const verdict& said,
                               std::string_view provider) const noexcept {
        return settled_as(detail::settle_repeated(in, token, said), token, said, provider);
    }

    [[nodiscard]] reply settled_as(const settle_answer& settled, const claim_token& token,
                                   const verdict& said, std::string_view provider) const noexcept {
        if (settled.status != settle_status::ok)
            note({.what = receiver_note::kind::not_stored,
                  .provider = provider,
                  .attempt = token.attempt,
                  .settled = settled.status,
                  .fault = settled.fault});
        return told(reply_for(said, settled, promised.effect_inside, policy_), provider, token.attempt);
    }

    reply told(reply answer, std::string_view provider, std::uint32_t attempt,
               store_fault fault = store_fault::unspecified) const noexcept {
        if constexpr (detail::knows_acknowledgement<verifier_type>)
            if (answer.status / 100 == 2 && answer.why != reply_reason::challenge) {
                const auto wanted = verifier_.get().acknowledgement();
                answer.content_type = wanted.content_type;
                static_cast<void>(answer.body.append(wanted.body));
            }
        note({.provider = provider,
              .attempt = attempt,
              .why = answer.why,
              .error = answer.error,
              .fault = fault});
        return answer;
    }

    void note(const receiver_note& what) const noexcept {
        if constexpr (detail::has_note<hooks_type>) hooks_.get().note(what);
    }

    [[nodiscard]] reply take_in(delivery&& opened) const noexcept {
        static_assert(takes_in_events<typename place::store>,
                      "this store has no inbox: give accept a function that puts the event into a queue");
        if (opened.stage_ != delivery::stage::owned) return opened.finish(verdict::accepted());
        opened.stage_ = delivery::stage::closed;
        const claim_token& token = opened.context_.token;
        const settle_answer kept = detail::repeated<typename place::store>(
            [&] { return opened.place_->get().accept_into_inbox(token, *opened.event_); });
        return settled_as(kept, token, verdict::accepted(), opened.event_->provider());
    }

    template <class Calls, class Handler>
    [[nodiscard]] reply run(delivery&& opened, Handler&& handler) const {
        if (!opened) return opened.reply();
        return Calls::run(
            [&] { return opened.finish(detail::handle(handler, opened.event(), opened.context())); },
            [&](const std::exception_ptr& thrown) {
                reply answer = opened.finish(verdict::unknown());
                if constexpr (detail::has_failed<hooks_type>)
                    hooks_.get().failed(thrown);
                else
                    std::rethrow_exception(thrown);
                return answer;
            });
    }

    detail::held<Verifier> verifier_;
    detail::held<Store> store_;
    [[no_unique_address]] detail::held<Hooks> hooks_;
    receiver_policy policy_;
};

/// A delivery between the two steps: either there is something to handle, or there is a reply already.
///
/// One that has something to handle owns the claim. It is finished once; destroyed before that, it leaves the claim to its
/// lease, for whoever was handling may still be at it, and tells the hook `note`. The receiver and, for the event, the
/// request must outlive it.
template <class Verifier, class Store, class Hooks, class Accepted>
class [[nodiscard]] receiver<Verifier, Store, Hooks, Accepted>::delivery {
public:
    delivery(delivery&& other) noexcept
        : from_(other.from_),
          event_(std::move(other.event_)),
          context_(other.context_),
          reply_(std::move(other.reply_)),
          place_(std::move(other.place_)),
          stage_(std::exchange(other.stage_, stage::closed)) {}
    delivery& operator=(delivery&&) = delete;
    ~delivery() {
        if (stage_ != stage::closed)
            from_->note({.what = receiver_note::kind::unfinished,
                         .provider = event_->provider(),
                         .attempt = context_.attempt});
    }

    /// Whether there is an event to handle.
    [[nodiscard]] explicit operator bool() const noexcept { return stage_ != stage::closed; }

    /// Only where there is one.
    [[nodiscard]] const verified_event& event() const noexcept { return *event_; }
    [[nodiscard]] decltype(auto) context() noexcept { return place_->context_of(context_); }

    /// What to answer where there is nothing to handle; 503 as long as there is.
    [[nodiscard]] const hookseal::reply& reply() const noexcept { return reply_; }

    /// Stores how handling ended and says what to answer. A second time it repeats its answer.
    hookseal::reply finish(const verdict& said) noexcept {
        switch (std::exchange(stage_, stage::closed)) {
        case stage::owned:
            reply_ = from_->finish(place_->get(), context_.token, said, event_->provider());
            break;
        case stage::without_store:
            reply_ = from_->told(reply_for(said, settle_answer{}, false, from_->policy_), event_->provider(),
                                 context_.attempt);
            break;
        case stage::closed: break;
        }
        return reply_;
    }

    /// Gives the claim to the caller, who will finish it with `receiver::finish`. Whoever loses the token leaves the event
    /// to its lease.
    [[nodiscard]] claim_token leave() noexcept requires(!place::has_transaction) {
        return std::exchange(stage_, stage::closed) == stage::owned ? context_.token : claim_token{};
    }

private:
    friend class receiver;
    enum class stage : unsigned char { closed, owned, without_store };

    delivery(const receiver& from, const result<verified_event>& event, hookseal::reply answer,
             store_fault fault = store_fault::unspecified) noexcept
        : from_(&from),
          event_(event),
          reply_(from.told(std::move(answer), event ? event->provider() : std::string_view{}, 0, fault)),
          stage_(stage::closed) {}
    delivery(const receiver& from, const result<verified_event>& event, const claim_answer& answer,
             place&& in) noexcept
        : from_(&from),
          event_(event),
          context_{answer.token.attempt, answer.before, answer.content, answer.token},
          place_(std::move(in)),
          stage_(answer.status == claim_status::granted ? stage::owned : stage::without_store) {}

    const receiver* from_;
    result<verified_event> event_;
    delivery_context context_{};
    hookseal::reply reply_{};
    std::optional<place> place_{};
    stage stage_;
};

template <class Verifier, class Store, class Hooks = no_hooks>
receiver(Verifier&&, Store&&, receiver_policy = {}, Hooks&& = {}) -> receiver<Verifier, Store, Hooks>;
template <class Verifier, class Store, auto... Risks, class Hooks = no_hooks>
receiver(Verifier&&, Store&&, accepting_t<Risks...>, receiver_policy = {}, Hooks&& = {})
    -> receiver<Verifier, Store, Hooks, accepting_t<Risks...>>;

} // namespace hookseal::inline v0_1

#endif
