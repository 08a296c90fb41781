// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/group_commit.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

/// Goes on only when it is told to.
struct set_clock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<set_clock>;
    static constexpr bool is_steady = false;
    static inline std::atomic<rep> at = 0;
    static time_point now() { return time_point(duration(at)); }
    static void pass(duration time) { at += time.count(); }
};

struct job {
    explicit job(char with) : name(with) {}
    char name;
    job* next = nullptr;
    std::atomic<std::uint64_t> group = 0; ///< not 0: it has come
};
using groups = hookseal::detail::group_commit<job, set_clock>;

/// Works a whole group off, and says whom it found.
std::string names_in(groups::group& group) {
    std::string all;
    while (job* const each = group.next())
        all += each->name;
    return all;
}

/// A job that another thread submits; there once this is made. If it leads, its group is written down.
class other {
public:
    other(groups& to, char name) : mine_(name) {
        thread_ = std::thread(
            [&] { to.submit(mine_, [&](groups::group& group) noexcept { led_ = names_in(group); }); });
    }
    other(const other&) = delete;
    other& operator=(const other&) = delete;
    ~other() { join(); }

    other& has_come() {
        while (mine_.group == 0)
            std::this_thread::yield();
        return *this;
    }
    const std::string& led() {
        join();
        return led_;
    }

private:
    void join() {
        if (thread_.joinable()) thread_.join();
    }
    job mine_;
    std::string led_;
    std::thread thread_;
};

} // namespace

TEST_CASE("group_commit: who comes while a group is at work joins it, until it is large enough") {
    groups under_test(2);
    std::vector<std::unique_ptr<other>> others;
    job first('a');
    under_test.submit(first, [&](groups::group& group) noexcept {
        CHECK(group.next() == &first);
        others.push_back(std::make_unique<other>(under_test, 'b'));
        others.back()->has_come();
        others.push_back(std::make_unique<other>(under_test, 'c'));
        others.back()->has_come();
        CHECK(names_in(group) == "b");
        CHECK(group.first() == &first);
        CHECK(first.next->name == 'b');
    });
    CHECK(others[0]->led().empty());
    CHECK(others[1]->led() == "c");
}

TEST_CASE("group_commit: who comes during the commit is of the next group") {
    groups under_test(9);
    job first('a');
    std::vector<std::unique_ptr<other>> others;
    under_test.submit(first, [&](groups::group& group) noexcept {
        CHECK(names_in(group) == "a");
        for (const char name : {'b', 'c'}) {
            others.push_back(std::make_unique<other>(under_test, name));
            others.back()->has_come();
        }
    });
    CHECK(others[0]->led() == "bc");
    CHECK(others[1]->led().empty());
}

TEST_CASE("group_commit: who was there when a group ended is waited for, half as long as its commit took") {
    using namespace std::chrono_literals;
    groups under_test(9);
    std::vector<std::unique_ptr<other>> others;
    const auto found_beside_first = [&](bool in_time) {
        job first('a');
        std::string found;
        under_test.submit(first, [&](groups::group& group) noexcept {
            CHECK(group.next() == &first);
            others.push_back(std::make_unique<other>(under_test, 'b'));
            if (in_time) others.back()->has_come();
            found = names_in(group);
            set_clock::pass(2s);
        });
        return found;
    };
    CHECK(found_beside_first(true) == "b");
    CHECK(found_beside_first(false) == "b");
    set_clock::pass(1s);
    job late('c');
    under_test.submit(late, [](groups::group& group) noexcept { CHECK(names_in(group) == "c"); });
}

TEST_CASE("group_commit: every job is part of one group, and groups come one after the other") {
    struct work {
        work* next = nullptr;
        std::uint64_t group = 0;
        int done = 0;
    };
    hookseal::detail::group_commit<work> under_test(5);
    constexpr int threads = 8, times = 500;
    int all_done = 0; // a race, were there two leaders at once
    std::atomic<int> returned = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i)
        all.emplace_back([&] {
            for (int j = 0; j < times; ++j) {
                work mine;
                under_test.submit(mine, [&](auto& group) noexcept {
                    while (work* const each = group.next())
                        all_done += ++each->done;
                });
                returned += mine.done;
            }
        });
    for (std::thread& each : all)
        each.join();
    CHECK(all_done == threads * times);
    CHECK(returned == threads * times);
}
