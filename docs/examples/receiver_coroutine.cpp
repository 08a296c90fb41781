// SPDX-License-Identifier: MIT
// A receiver's two steps with a coroutine between them, whose work goes on on another thread.
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace {

/// The least that a coroutine needs: it begins when it is awaited, and goes on with who awaits it. Frameworks bring their own.
template <class T>
class task {
public:
    struct promise_type {
        std::coroutine_handle<> awaiting{};
        std::optional<T> value{};
        std::exception_ptr thrown{};

        task get_return_object() { return task(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct back_to_who_awaits {
                bool await_ready() noexcept { return false; }
                std::coroutine_handle<> await_suspend(handle ended) noexcept {
                    return ended.promise().awaiting;
                }
                void await_resume() noexcept {}
            };
            return back_to_who_awaits{};
        }
        void return_value(T with) { value = std::move(with); }
        void unhandled_exception() { thrown = std::current_exception(); }
    };
    using handle = std::coroutine_handle<promise_type>;

    explicit task(handle own) : own_(own) {}
    task(task&& other) noexcept : own_(std::exchange(other.own_, nullptr)) {}
    task& operator=(task&&) = delete;
    ~task() {
        if (own_) own_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    handle await_suspend(std::coroutine_handle<> awaiting) noexcept {
        own_.promise().awaiting = awaiting;
        return own_;
    }
    T await_resume() {
        if (own_.promise().thrown) std::rethrow_exception(own_.promise().thrown);
        return *std::move(own_.promise().value);
    }

private:
    handle own_;
};

/// A coroutine that nobody awaits, as a server starts one for each request; destroying it is hanging up.
struct started {
    struct promise_type {
        started get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> own;
};

// [driver]
/// What a receiver's call does, with work that is awaited: `work(event)` gives something to await, and that a verdict.
/// Receiver and request must outlive it. If the work throws, the event is released as unknown; if the coroutine is
/// destroyed while it waits, the event is left to its lease.
template <class Receiver, class Work>
task<hookseal::reply> received(const Receiver& rx, const hookseal::request& request, Work work) {
    auto delivery = rx.open(request); // verified and claimed
    if (!delivery) co_return delivery.reply();
    try {
        const hookseal::verdict said = co_await work(delivery.event());
        co_return delivery.finish(said); // on whichever thread that is
    } catch (...) {
        delivery.finish(hookseal::verdict::unknown());
        throw;
    }
}
// [/driver]

/// A job on a thread of its own, where who awaits it goes on.
struct on_a_thread {
    std::thread& thread;
    std::function<hookseal::verdict()> job;
    std::exception_ptr thrown{};
    hookseal::verdict said = hookseal::verdict::unknown();

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> next) {
        std::thread& made = thread; // as soon as it runs, this may be gone
        made = std::thread([this, next] {
            try {
                said = job();
            } catch (...) {
                thrown = std::current_exception();
            }
            next.resume();
        });
    }
    hookseal::verdict await_resume() const {
        if (thrown) std::rethrow_exception(thrown);
        return said;
    }
};

struct heard {
    hookseal::reply reply{};
    std::thread::id on{};
};

started serve(const auto& rx, const hookseal::request& request, auto work, std::promise<heard>& answer) {
    try {
        // [use]
        const hookseal::reply reply = co_await received(rx, request, work);
        // [/use]
        answer.set_value({reply, std::this_thread::get_id()});
    } catch (const std::runtime_error&) {
        answer.set_exception(std::current_exception());
    }
}

} // namespace

int main() {
    using paid = hookseal::testing::delivery<hookseal::providers::stripe>;
    using hookseal::reply_reason;
    const auto stripe = paid::verifier();
    hookseal::lru_ttl_store seen{1000};
    const hookseal::receiver rx{stripe, seen};

    const auto deliver = [&](const paid& event, auto job) {
        std::thread thread;
        std::promise<heard> answer;
        const auto work = [&](const hookseal::verified_event& what) {
            return on_a_thread{thread, [&] { return job(what); }};
        };
        const hookseal::request request = event.request();
        const started running = serve(rx, request, work, answer); // returns when the coroutine waits
        auto coming = answer.get_future();
        coming.wait();
        if (thread.joinable()) thread.join();
        running.own.destroy();
        return coming.get();
    };

    const paid first{R"({"id":"evt_1"})"};
    std::thread::id worked_on;
    const auto ships = [&](const hookseal::verified_event& event) {
        worked_on = std::this_thread::get_id();
        return event.id() == "evt_1" ? hookseal::verdict::handled() : hookseal::verdict::failed();
    };
    const auto throws = [](const hookseal::verified_event&) -> hookseal::verdict {
        throw std::runtime_error("half way");
    };
    const auto never = [](const hookseal::verified_event&) -> hookseal::verdict { std::terminate(); };

    try {
        (void)deliver(first, throws);
        return 1;
    } catch (const std::runtime_error&) {
    }
    const heard well = deliver(first, ships); // released, so it can be had at once
    if (well.reply.why != reply_reason::handled || well.on != worked_on
        || worked_on == std::this_thread::get_id())
        return 2;
    const heard again = deliver(first, never);
    if (again.reply.why != reply_reason::duplicate || again.on != std::this_thread::get_id()) return 3;

    // A client that hangs up: nobody knows how far the work came, so its lease has to pass.
    const paid second{R"({"id":"evt_2"})"};
    const hookseal::request request = second.request();
    const auto waits = [](const hookseal::verified_event&) {
        struct for_ever : std::suspend_always {
            hookseal::verdict await_resume() const { std::terminate(); }
        };
        return for_ever{};
    };
    std::promise<heard> nobody;
    serve(rx, request, waits, nobody).own.destroy();
    return deliver(second, never).reply.why == reply_reason::in_flight ? 0 : 4;
}
