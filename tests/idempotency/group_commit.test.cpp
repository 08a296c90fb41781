// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/group_commit.hpp>

#include "support/catch.hpp"

#include <condition_variable>
#include <string>
#include <thread>
#include <vector>

namespace {

struct job {
    explicit job(char with) : name(with) {}
    char name;
    job* next = nullptr;
    bool finished = false;
    std::condition_variable changed{};
};
using groups = hookseal::detail::group_commit<job>;

/// Somebody is on the way, and will be there.
job* wait_for_next(groups::group& group) {
    job* next = nullptr;
    while ((next = group.next()) == nullptr)
        std::this_thread::yield();
    return next;
}

} // namespace

TEST_CASE("group_commit: who comes while a group is at work joins it, until it is large enough") {
    groups under_test(2);
    std::string led;
    const auto submit = [&](char name) {
        job mine(name);
        under_test.submit(mine, [&, name](groups::group& group) noexcept {
            led += name;
            led += ':';
            while (job* const each = group.next())
                led += each->name;
            led += ' ';
        });
    };
    std::vector<std::thread> others;
    job first('a');
    under_test.submit(first, [&](groups::group& group) noexcept {
        led += "a:";
        led += group.next()->name;
        others.emplace_back(submit, 'b');
        led += wait_for_next(group)->name;
        others.emplace_back(submit, 'c');
        for (int i = 0; i < 100; ++i, std::this_thread::yield())
            if (const job* const third = group.next()) led += third->name;
        CHECK(group.first() == &first);
        CHECK(first.next->name == 'b');
        led += ' ';
    });
    for (std::thread& each : others)
        each.join();
    CHECK(first.finished);
    CHECK(led == "a:ab c:c ");
}
