// SPDX-License-Identifier: MIT
// What the durable stores cost beside loops that say the same to the same database and do nothing else: SQLite's commits,
// alone and in groups, and how evenly processes share a file; PostgreSQL and Redis, which run where HOOKSEAL_POSTGRES and
// HOOKSEAL_REDIS say (tests/servers/with_servers.py), and are left out where these are not set.
#include "support/bare_loops.hpp"
#include "support/disk_folder.hpp"
#include "support/harness.hpp"
#include "support/numbered_keys.hpp"
#include "support/side_by_side.hpp"
#include "support/slow_disk.hpp"

#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/redis_store.hpp>
#include <hookseal/idempotency/sqlite_store.hpp>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace hookseal_bench {

namespace {

using std::chrono::milliseconds;

/// Claims events that one store has not seen yet; each thread has one of its own.
template <class Store>
class claimant {
public:
    claimant(Store& store, std::atomic<std::uint32_t>& next) : store_(&store), next_(&next) {}

    hookseal::claim_token claim() {
        const std::uint32_t number = next_->fetch_add(1);
        hookseal::claim_request request = (*keys_)[number];
        request.nonce = number + 1;
        const auto answer = store_->claim(request);
        if (answer.status != hookseal::claim_status::granted) fail("a new event is not new");
        return answer.token;
    }
    hookseal::claim_token handle() {
        const hookseal::claim_token token = claim();
        if (store_->complete(token, {}).status != hookseal::settle_status::ok)
            fail("an event was not completed");
        return token;
    }
    void duplicate(std::uint32_t number) {
        hookseal::claim_request request = (*keys_)[number];
        request.nonce = ++nonce_;
        if (store_->claim(request).status != hookseal::claim_status::done) fail("a duplicate is not known");
    }

private:
    Store* store_;
    std::atomic<std::uint32_t>* next_;
    std::shared_ptr<numbered_keys> keys_ = std::make_shared<numbered_keys>();
    std::uint64_t nonce_ = std::uint64_t{1} << 32U;
};

template <class Make>
std::vector<task> times(int threads, Make make) {
    std::vector<task> all;
    for (int i = 0; i < threads; ++i)
        all.push_back(make());
    return all;
}

/// A store in a file of its own, and the numbers of its events so far.
struct sqlite_file {
    explicit sqlite_file(const std::string& path, const hookseal::sqlite_settings& settings = {})
        : store(path, settings) {
        if (store.check()) fail("SQLite cannot open its file");
    }
    hookseal::sqlite_store<> store;
    std::atomic<std::uint32_t> next = 0;
};

std::vector<task> claims(const std::shared_ptr<sqlite_file>& of, int threads) {
    return times(threads,
                 [&] { return [of, one = claimant(of->store, of->next)]() mutable { one.claim(); }; });
}

constexpr int many = 16;

/// What so many threads claim whose claims share commits, beside claims that are committed one by one: of a bare loop, and
/// of as many threads through a store that makes no groups. The third is as good as it gets: a bare loop with as large
/// groups. `path(name)` says where a file is to be.
void add_group_commit(const std::string& group, const std::function<std::string(const std::string&)>& path) {
    const auto add_beside = [&](const std::string& name, auto make_theirs) {
        add_side_by_side(group + "/" + name, [path, name = group + "_" + name, make_theirs] {
            const auto ours = std::make_shared<sqlite_file>(path(name + "_ours.db"));
            sides both = make_theirs(path(name + "_theirs.db"));
            both.ours = claims(ours, many);
            both.turn = milliseconds(30);
            return both;
        });
    };
    const auto open_bare = [](const std::string& at) {
        sqlite_file makes_the_tables(at);
        return std::make_shared<bare_sqlite>(at);
    };
    add_beside("one_a_commit_bare", [=](const std::string& at) {
        return sides{.theirs = {[bare = open_bare(at)] { bare->new_event(); }}};
    });
    add_beside("one_a_commit_store", [](const std::string& at) {
        const hookseal::sqlite_settings alone{.largest_group = 1};
        return sides{.theirs = claims(std::make_shared<sqlite_file>(at, alone), many)};
    });
    add_beside("16_a_commit_bare", [=](const std::string& at) {
        return sides{.theirs = {[bare = open_bare(at)] { bare->new_events_in_one_commit(many); }},
                     .theirs_at_once = many};
    });
}

/// Memory that processes share.
template <class Numbers>
class shared_memory {
public:
    shared_memory()
        : at_(mmap(nullptr, sizeof(Numbers), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
        if (at_ == MAP_FAILED) fail("no memory to share");
        new (at_) Numbers{};
    }
    shared_memory(const shared_memory&) = delete;
    shared_memory& operator=(const shared_memory&) = delete;
    ~shared_memory() { munmap(at_, sizeof(Numbers)); }
    Numbers* operator->() const { return static_cast<Numbers*>(at_); }

private:
    void* at_;
};

constexpr std::size_t processes = 4;

/// What the slowest of several processes claims of one file in a short time, to what the fastest does.
void share_a_file(benchmark::State& state, const std::string& path) {
    struct meeting {
        std::atomic<std::size_t> arrived{0};
        std::atomic<std::uint32_t> next{0};
        std::array<std::uint32_t, processes> claimed{};
    };
    static const shared_memory<meeting> all;
    constexpr milliseconds time(250);
    std::uint32_t slowest = 0, fastest = 0;
    for ([[maybe_unused]] auto _ : state) {
        all->arrived = 0;
        std::array<pid_t, processes> children;
        for (std::size_t i = 0; i < processes; ++i) {
            children[i] = fork();
            if (children[i] != 0) continue;
            hookseal::sqlite_store<> store(path);
            claimant one(store, all->next);
            one.claim(); // opens the file
            std::uint32_t claimed = 0;
            for (++all->arrived; all->arrived < processes;)
                std::this_thread::yield();
            const auto end = std::chrono::steady_clock::now() + time;
            for (; std::chrono::steady_clock::now() < end; ++claimed)
                one.claim();
            all->claimed[i] = claimed;
            _exit(0);
        }
        for (const pid_t each : children) {
            int how = 0;
            if (each < 0 || waitpid(each, &how, 0) != each || how != 0) fail("a process did not end well");
        }
        slowest += *std::min_element(all->claimed.begin(), all->claimed.end());
        fastest += *std::max_element(all->claimed.begin(), all->claimed.end());
    }
    state.counters["ratio"] = static_cast<double>(slowest) / fastest;
    state.counters["fastest_per_s"] =
        fastest / (std::chrono::duration<double>(time).count() * static_cast<double>(state.iterations()));
}

/// A store over a server, and what was stored there to be found again.
template <class Store, class Bare>
struct server {
    static constexpr std::uint32_t known = 1000;

    explicit server(const char* address) : store(address) {
        if (store.check()) fail("a server cannot be reached");
        claimant one(store, next);
        for (std::uint32_t i = 0; i < known; ++i)
            places.push_back(one.handle().where);
        for (std::uint32_t i = 0; i < known; ++i)
            one.duplicate(i);
        for (int i = 0; i < many; ++i)
            bare.push_back(std::make_unique<Bare>(address));
    }

    Store store;
    std::atomic<std::uint32_t> next = 0;
    std::vector<hookseal::locator> places{};
    std::vector<std::unique_ptr<Bare>> bare{};
};

/// Any of the known events, in a fixed order without any order.
class scattered {
public:
    std::uint32_t operator()(std::uint32_t count) noexcept {
        state_ = state_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return static_cast<std::uint32_t>((state_ >> 33U) % count);
    }

private:
    std::uint64_t state_ = 88'172'645;
};

template <class Store, class Bare>
void add_sides(const std::string& name, const std::shared_ptr<server<Store, Bare>>& on, int threads) {
    constexpr std::uint32_t known = server<Store, Bare>::known;
    const std::string end = "/" + std::to_string(threads);
    // Threads are made for each turn: the more there are, the longer it takes until they run as they then go on to.
    const milliseconds turn = std::max(milliseconds(30), milliseconds(3) * threads);
    add_side_by_side(name + "_new" + end, [=] {
        sides both{.turn = turn};
        for (int i = 0; i < threads; ++i) {
            both.ours.push_back([one = claimant(on->store, on->next)]() mutable { one.handle(); });
            both.theirs.push_back(
                [bare = on->bare[static_cast<std::size_t>(i)].get()] { bare->new_event(); });
        }
        return both;
    });
    add_side_by_side(name + "_duplicate" + end, [=] {
        sides both{.turn = turn};
        for (int i = 0; i < threads; ++i) {
            both.ours.push_back([one = claimant(on->store, on->next), any = scattered()]() mutable {
                one.duplicate(any(known));
            });
            both.theirs.push_back([on, bare = on->bare[static_cast<std::size_t>(i)].get(),
                                   any = scattered()]() mutable { bare->duplicate(on->places[any(known)]); });
        }
        return both;
    });
}

template <class Store, class Bare>
std::shared_ptr<server<Store, Bare>> add_server(const std::string& name, const char* variable) {
    const char* const address = std::getenv(variable);
    if (address == nullptr) {
        std::fprintf(stderr, "skipped: %s, for %s is not set\n", name.c_str(), variable);
        return nullptr;
    }
    const auto on = std::make_shared<server<Store, Bare>>(address);
    for (const int threads : {1, 4, many})
        add_sides(name, on, threads);
    return on;
}

/// The server puts what it writes into its log first. Whoever looks at a page for the first time after a change may tidy it
/// up, which is written, too; that has been done when the events were looked for after they were stored.
template <class Server>
void write_duplicates(benchmark::State& state, Server& on) {
    claimant one(on.store, on.next);
    double written = 0;
    for ([[maybe_unused]] auto _ : state) {
        const double before = on.bare.front()->size_of_log();
        for (std::uint32_t i = 0; i < on.known; ++i)
            one.duplicate(i);
        written += on.bare.front()->size_of_log() - before;
    }
    state.counters["log_bytes"] = written / static_cast<double>(state.iterations());
}

} // namespace

void add_benchmarks() {
    static const disk_folder folder;
    benchmark::AddCustomContext("file_system", folder.file_system());
    static const slow_disk slow;
    add_group_commit("sqlite_claim_16t", [](const std::string& name) { return folder.path(name); });
    add_group_commit("sqlite_claim_16t_slow_disk",
                     [](const std::string& name) { return slow.path(folder.path(name)); });
    add_shared("sqlite_4_processes", 1,
               [path = folder.path("shared.db")](benchmark::State& state) { share_a_file(state, path); });
    if (const auto on =
            add_server<hookseal::postgres_store<>, bare_postgres>("postgres", "HOOKSEAL_POSTGRES"))
        add_shared("postgres_duplicate_writes", 1,
                   [on](benchmark::State& state) { write_duplicates(state, *on); });
    add_server<hookseal::redis_store<>, bare_redis>("redis", "HOOKSEAL_REDIS");
}

} // namespace hookseal_bench
