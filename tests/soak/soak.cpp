// SPDX-License-Identifier: MIT
// Two threads use two stores in memory for a long time, one with room for all events and one that is full from early on:
// `soak [OPERATIONS]`. What each answer must be is known from what was answered before; the process must not grow.
#include <hookseal/idempotency/lru_ttl_store.hpp>

#include "idempotency/keys.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

using namespace hookseal;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t events = 65'536;
constexpr auto lease = 1s;
constexpr auto keep = 20s;
constexpr tick lease_ticks = std::chrono::milliseconds(lease).count();
constexpr tick keep_ticks = std::chrono::milliseconds(keep).count();
constexpr std::size_t several = 16; ///< are claimed with one call now and then

/// The time of both stores: it goes on with the calls, a millisecond every 64 of them.
struct shared_ticks {
    const std::atomic<tick>* at;
    [[nodiscard]] tick now() const noexcept { return *at; }
};

struct counted_evictions {
    std::atomic<std::uint64_t>* count;
    void operator()(const early_eviction&) const noexcept { ++*count; }
};

/// What is known of an event from the answers so far. A thread may be held up between an answer and its noting here, so
/// that a later owner is noted before an earlier one; times are such that this accuses nobody wrongly.
class known {
public:
    /// `until` is a time until which the lease lasts at least, `by` one by which it was granted.
    [[nodiscard]] bool may_be_granted(std::uint64_t generation, tick until, tick by) {
        const locked guard(*this);
        if (generation == generation_) return false;
        if (generation < generation_) return granted_by_ >= until; // overtaken since
        const bool was_free = by >= owned_until_;
        generation_ = generation;
        owned_until_ = until;
        granted_by_ = by;
        return was_free;
    }
    void is_given_up(std::uint64_t generation) {
        const locked guard(*this);
        if (generation == generation_) owned_until_ = 0;
    }
    [[nodiscard]] tick owned_until() {
        const locked guard(*this);
        return owned_until_;
    }
    /// A time until which it is done at least.
    std::atomic<tick> done_until = 0;

private:
    struct locked {
        known& of;
        explicit locked(known& event) : of(event) {
            while (of.taken_.test_and_set(std::memory_order_acquire))
                std::this_thread::yield();
        }
        locked(const locked&) = delete;
        locked& operator=(const locked&) = delete;
        ~locked() { of.taken_.clear(std::memory_order_release); }
    };

    std::atomic_flag taken_ = ATOMIC_FLAG_INIT;
    std::uint64_t generation_ = 0;
    tick owned_until_ = 0;
    tick granted_by_ = 0;
};

struct totals {
    std::uint64_t calls = 0, claims = 0;
    std::uint64_t granted = 0, in_flight = 0, done = 0, full = 0;
    std::uint64_t completed = 0, released = 0, abandoned = 0, overtaken = 0;

    totals& operator+=(const totals& more) {
        calls += more.calls, claims += more.claims;
        granted += more.granted, in_flight += more.in_flight, done += more.done, full += more.full;
        completed += more.completed, released += more.released, abandoned += more.abandoned,
            overtaken += more.overtaken;
        return *this;
    }
};

/// A fault that any thread has found ends the program.
void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::_Exit(1);
}

struct place {
    std::atomic<tick>& now;
    bool has_room;
    std::atomic<std::uint64_t> evictions{0};
    lru_ttl_store<shared_ticks, counted_evictions> store;
    std::vector<known> of{events};

    place(std::atomic<tick>& clock, std::size_t capacity)
        : now(clock), has_room(capacity >= events), store(capacity, {&clock}, {&evictions}) {}
};

/// One thread's calls to one store.
class user {
public:
    user(place& at, const std::vector<event_key>& keys, std::uint64_t seed)
        : at_(at), keys_(keys), random_(seed) {
        requests_.reserve(several);
    }

    void step() {
        const std::uint64_t dice = next() % 64;
        if (dice == 0)
            claim_several();
        else if (dice == 1)
            settle_late();
        else
            claim_one(next() % events);
    }

    [[nodiscard]] const totals& counted() const { return count_; }

private:
    struct owned {
        std::size_t event = 0;
        claim_token token{};
        tick until = 0;
    };

    struct moment {
        tick at;
        tick done_until; ///< of the event, as known then
    };
    [[nodiscard]] moment now(std::size_t event) const { return {at_.now, at_.of[event].done_until}; }

    /// splitmix64
    std::uint64_t next() {
        std::uint64_t z = random_ += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
        return z ^ (z >> 31U);
    }
    [[nodiscard]] claim_request request(std::size_t event) const {
        return {.key = keys_[event], .lease = lease, .keep = keep};
    }

    void claim_one(std::size_t event) {
        const moment before = now(event);
        handle(event, at_.store.claim(request(event)), before);
    }
    void claim_several() {
        const std::size_t first = next() % (events - several);
        requests_.clear();
        for (std::size_t i = 0; i < several; ++i)
            requests_.push_back(request(first + i));
        for (std::size_t i = 0; i < several; ++i)
            before_[i] = now(first + i);
        at_.store.claim(requests_, answers_);
        for (std::size_t i = 0; i < several; ++i)
            handle(first + i, answers_[i], before_[i]);
    }

    void handle(std::size_t event, const claim_answer& answer, const moment& before) {
        ++count_.calls;
        ++count_.claims;
        switch (answer.status) {
        case claim_status::in_flight:
            ++count_.in_flight;
            // Its length is kept in seconds, and whoever waited for the store has asked for the time before.
            require(answer.remaining > 0ms && answer.remaining <= lease + 1s, "what remains is of the lease");
            return;
        case claim_status::done:
            ++count_.done;
            require(answer.result.how != ending::ignored, "an outcome is one that was stored");
            return;
        case claim_status::unavailable:
            ++count_.full;
            require(answer.fault == store_fault::full && !at_.has_room, "only a full store is unavailable");
            return;
        case claim_status::granted: break;
        }
        ++count_.granted;
        const tick after = at_.now;
        require(!at_.has_room || after >= before.done_until,
                "below capacity nothing that is done is forgotten");
        require(!at_.has_room || answer.before != earlier::forgotten, "nor told to be");
        const tick until = before.at + lease_ticks;
        require(at_.of[event].may_be_granted(answer.token.generation, until, after),
                "an event has one owner at any time, and each its own generation");
        own({event, answer.token, until});
    }

    void own(const owned& mine) {
        switch (next() % 16) {
        case 0: // it dies, or comes back late
            ++count_.abandoned;
            late_[next() % late_.size()] = mine;
            return;
        case 1: settle(mine, settlement::release(earlier::released)); return;
        case 2: settle(mine, settlement::release(earlier::unknown)); return;
        case 3: {
            ++count_.calls;
            const bool is_ok = at_.store.extend(mine.token, lease).status == settle_status::ok;
            require(is_ok || at_.now >= mine.until, "an owner may extend its lease");
            settle(mine, settlement::complete({}));
            return;
        }
        case 4: hand_over(mine); return;
        default: settle(mine, settlement::complete({})); return;
        }
    }

    /// A worker with the ticket has the event, whoever else asks.
    void hand_over(const owned& mine) {
        if (settle(mine, settlement::complete({ending::accepted})) != settle_status::ok) return;
        claim_request by_ticket = request(mine.event);
        by_ticket.handed_over = &mine.token;
        const tick before = at_.now;
        const claim_answer answer = at_.store.claim(by_ticket);
        ++count_.calls;
        ++count_.claims;
        ++count_.granted;
        require(answer.status == claim_status::granted && answer.before == earlier::none,
                "what was accepted is its ticket's");
        require(at_.of[mine.event].may_be_granted(answer.token.generation, before + lease_ticks, at_.now),
                "and nobody else's");
        settle({mine.event, answer.token, before + lease_ticks}, settlement::complete({}));
    }

    settle_status settle(const owned& mine, const settlement& wanted) {
        ++count_.calls;
        known& of = at_.of[mine.event];
        of.is_given_up(mine.token.generation); // the next one may own it as soon as it is released
        const bool completes = wanted.what == settlement::verb::complete;
        const tick before = at_.now;
        const settle_status told = completes ? at_.store.complete(mine.token, wanted.result).status
                                             : at_.store.release(mine.token, wanted.reason).status;
        require(told == settle_status::ok || at_.now >= mine.until, "an owner in time settles its event");
        if (told != settle_status::ok)
            ++count_.overtaken;
        else if (!completes)
            ++count_.released;
        else if (wanted.result.how != ending::accepted)
            of.done_until = before + keep_ticks;
        count_.completed += told == settle_status::ok && completes ? 1 : 0;
        return told;
    }

    /// One who was given up comes back: it may settle if nobody else has the event since.
    void settle_late() {
        owned& late = late_[next() % late_.size()];
        if (late.token.generation == 0) return;
        --count_.abandoned;
        settle(late, settlement::complete({}));
        late.token.generation = 0;
    }

    place& at_;
    const std::vector<event_key>& keys_;
    std::uint64_t random_;
    totals count_{};
    std::array<owned, 64> late_{};
    std::vector<claim_request> requests_{};
    std::array<claim_answer, several> answers_{};
    std::array<moment, several> before_{};
};

totals use(std::atomic<tick>& now, std::array<place*, 2> places, const std::vector<event_key>& keys,
           std::uint64_t calls, std::uint64_t seed) {
    user roomy(*places[0], keys, seed);
    user full(*places[1], keys, seed + 1);
    for (std::uint64_t i = 0; roomy.counted().calls + full.counted().calls < calls; ++i) {
        roomy.step();
        full.step();
        if (i % 32 == 0) ++now;
    }
    totals all = roomy.counted();
    return all += full.counted();
}

totals use_by_two(std::atomic<tick>& now, std::array<place*, 2> places, const std::vector<event_key>& keys,
                  std::uint64_t calls, std::uint64_t seed) {
    std::array<totals, 2> each;
    std::thread other([&] { each[1] = use(now, places, keys, calls / 2, seed + 10); });
    each[0] = use(now, places, keys, calls / 2, seed);
    other.join();
    return each[0] += each[1];
}

/// In KiB; 0 where the system does not tell.
std::uint64_t resident_memory() {
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr) return 0;
    unsigned long size = 0, resident = 0;
    const int read = std::fscanf(file, "%lu %lu", &size, &resident);
    std::fclose(file);
    return read == 2 ? resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) / 1024 : 0;
}

void require_still_known(place& roomy, const std::vector<event_key>& keys, tick now) {
    for (std::size_t event = 0; event < events; ++event) {
        const claim_status told = roomy.store.claim({.key = keys[event]}).status;
        require(now >= roomy.of[event].done_until || told == claim_status::done,
                "in the end, what is done is known");
        require(now >= roomy.of[event].owned_until() || told == claim_status::in_flight, "and what is owned");
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::uint64_t calls = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000'000;
    const std::vector<event_key> keys = hookseal_tests::keys(events);
    std::atomic<tick> now = 1;
    const auto roomy = std::make_unique<place>(now, events);
    const auto full = std::make_unique<place>(now, events / 4);
    const std::array places{roomy.get(), full.get()};

    totals all = use_by_two(now, places, keys, calls / 8, 1); // until every page has been touched
    const std::uint64_t before = resident_memory();
    all += use_by_two(now, places, keys, calls - calls / 8, 100);
    const std::uint64_t after = resident_memory();

    std::printf("%llu calls in %.1f h of the stores' time: %llu claims = %llu granted + %llu in flight + "
                "%llu done + %llu full\n"
                "granted: %llu completed + %llu released + %llu overtaken + %llu left to their lease\n"
                "evicted early: %llu with room for all, %llu without; resident: %llu KiB, then %llu KiB\n",
                static_cast<unsigned long long>(all.calls), static_cast<double>(now) / 3'600'000,
                static_cast<unsigned long long>(all.claims), static_cast<unsigned long long>(all.granted),
                static_cast<unsigned long long>(all.in_flight), static_cast<unsigned long long>(all.done),
                static_cast<unsigned long long>(all.full), static_cast<unsigned long long>(all.completed),
                static_cast<unsigned long long>(all.released), static_cast<unsigned long long>(all.overtaken),
                static_cast<unsigned long long>(all.abandoned),
                static_cast<unsigned long long>(roomy->store.statistics().early_evictions),
                static_cast<unsigned long long>(full->store.statistics().early_evictions),
                static_cast<unsigned long long>(before), static_cast<unsigned long long>(after));

    require(all.claims == all.granted + all.in_flight + all.done + all.full, "every claim is answered");
    require(all.granted == all.completed + all.released + all.overtaken + all.abandoned,
            "every grant has one end");
    require(roomy->store.statistics().early_evictions == 0, "below capacity nothing is evicted");
    require(roomy->store.statistics().refused_full == 0, "nor refused");
    require(full->store.statistics().early_evictions == full->evictions, "every early eviction is told");
    require(full->store.statistics().refused_full == all.full, "and every refusal");
    require(full->evictions > 0, "a store that is too small evicts");
    require(after <= before + 1024, "the process does not grow");
    require_still_known(*roomy, keys, now);
}
