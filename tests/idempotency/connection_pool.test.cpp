// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/connection_pool.hpp>

#include "support/catch.hpp"

#include <barrier>
#include <chrono>
#include <cstddef>
#include <thread>

using hookseal::connection_pool;

namespace {

template <bool StaysWithThread>
struct numbered {
    static constexpr bool stays_with_thread = StaysWithThread;
    int number;
    bool broken = false;
    [[nodiscard]] bool usable() const { return !broken; }
};

/// A pool whose connections are numbered as they are opened.
template <bool StaysWithThread>
struct pool_of_numbered {
    connection_pool<numbered<StaysWithThread>> pool;
    int opened = 0;

    explicit pool_of_numbered(std::size_t limit) : pool(limit, std::chrono::milliseconds(0)) {}
    auto borrow() {
        return pool.borrow([&] { return numbered<StaysWithThread>{++opened}; });
    }
};

} // namespace

TEST_CASE("connection_pool: opens what is needed, up to its limit, and keeps what is usable") {
    pool_of_numbered<false> under_test(2);
    {
        auto first = under_test.borrow();
        auto second = under_test.borrow();
        CHECK(second->number == 2);
        CHECK_FALSE(under_test.borrow());
        second->broken = true;
        second.give_back();
        CHECK(under_test.borrow()->number == 3);
    }
    CHECK(under_test.borrow()->number == 1);
    under_test.pool.close_idle();
    CHECK(under_test.borrow()->number == 4);
}

/// What this thread, which has had the first, is lent after another one has given the second back.
template <bool StaysWithThread>
int lent_after_another_thread() {
    pool_of_numbered<StaysWithThread> under_test(2);
    auto first = under_test.borrow();
    std::barrier<> both(2);
    std::thread other([&] {
        const auto second = under_test.borrow();
        both.arrive_and_wait();
        both.arrive_and_wait();
    });
    both.arrive_and_wait();
    first.give_back();
    both.arrive_and_wait();
    other.join();
    return under_test.borrow()->number;
}

TEST_CASE("connection_pool: lends the connection that was used last, or, where these stay with threads, the "
          "thread's own") {
    CHECK(lent_after_another_thread<false>() == 2);
    CHECK(lent_after_another_thread<true>() == 1);
}
