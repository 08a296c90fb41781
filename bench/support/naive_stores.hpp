// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_NAIVE_STORES_HPP
#define HOOKSEAL_BENCH_SUPPORT_NAIVE_STORES_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/event_key.hpp>

#define TBB_PREVIEW_CONCURRENT_LRU_CACHE 1
#include <oneapi/tbb/concurrent_lru_cache.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

// What a service has today that remembers events in memory: what one writes in an afternoon, the same in many shards, and a
// library's cache. All know two states and one time to live, and fence nothing.

namespace hookseal_bench {

inline std::string name_of(const hookseal::event_key& key) {
    std::string name;
    name.reserve(key.provider().size() + 1 + key.id().size());
    name.append(key.provider()).append(1, ':').append(key.id());
    return name;
}

/// A mutex, an `unordered_map` and a `list` in order of use.
class naive_lru {
    using clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds lease = hookseal::default_lease;
    static constexpr std::chrono::milliseconds keep = hookseal::default_keep;

public:
    explicit naive_lru(std::size_t capacity) : capacity_(capacity) { known_.reserve(capacity); }

    enum class answer { granted, in_flight, done };

    answer claim(const std::string& name) {
        const auto now = clock::now();
        const std::lock_guard lock(mutex_);
        const auto at = known_.find(name);
        if (at != known_.end() && now < at->second.expires) {
            by_use_.splice(by_use_.begin(), by_use_, at->second.use);
            return at->second.is_done ? answer::done : answer::in_flight;
        }
        if (at != known_.end()) {
            at->second.is_done = false;
            at->second.expires = now + lease;
            return answer::granted;
        }
        if (known_.size() == capacity_) {
            known_.erase(*by_use_.back());
            by_use_.pop_back();
        }
        const auto added = known_.emplace(name, event{now + lease, {}, false}).first;
        by_use_.push_front(&added->first);
        added->second.use = by_use_.begin();
        return answer::granted;
    }

    bool complete(const std::string& name) {
        const auto now = clock::now();
        const std::lock_guard lock(mutex_);
        const auto at = known_.find(name);
        if (at == known_.end()) return false;
        at->second.is_done = true;
        at->second.expires = now + keep;
        return true;
    }

private:
    struct event {
        clock::time_point expires;
        std::list<const std::string*>::iterator use;
        bool is_done;
    };

    std::size_t capacity_;
    std::unordered_map<std::string, event> known_{};
    std::list<const std::string*> by_use_{};
    std::mutex mutex_{};
};

/// `Count` of them, each a little larger than its share, as events do not spread evenly.
template <std::size_t Count>
class naive_shards {
public:
    explicit naive_shards(std::size_t capacity) {
        for (std::size_t i = 0; i < Count; ++i)
            all_.push_back(std::make_unique<naive_lru>(capacity / Count + capacity / Count / 8));
    }
    naive_lru::answer claim(const std::string& name) { return of(name).claim(name); }
    bool complete(const std::string& name) { return of(name).complete(name); }

private:
    /// Not by the bits by which the map chooses its bucket.
    naive_lru& of(const std::string& name) { return *all_[(std::hash<std::string>{}(name) >> 40U) % Count]; }

    std::vector<std::unique_ptr<naive_lru>> all_{};
};

/// `tbb::concurrent_lru_cache`, which finds and adds in one step and is asked once an event. Who has the handle of an event
/// keeps it from being evicted.
class tbb_lru {
    using ticks = std::chrono::steady_clock::rep;
    static constexpr ticks fresh = 0;
    static constexpr ticks claimed = -1;

public:
    explicit tbb_lru(std::size_t capacity) : cache_([](const std::string&) { return fresh; }, capacity) {}

    /// A new event is claimed and completed; false if it was not new.
    bool handle(const std::string& name) {
        auto known = cache_[name];
        const std::atomic_ref<ticks> state(known.value());
        ticks was = fresh;
        if (!state.compare_exchange_strong(was, claimed)) return false;
        const auto until =
            std::chrono::steady_clock::now() + std::chrono::milliseconds(hookseal::default_keep);
        state.store(until.time_since_epoch().count());
        return true;
    }
    bool is_done(const std::string& name) {
        auto known = cache_[name];
        return std::atomic_ref<ticks>(known.value()).load()
               > std::chrono::steady_clock::now().time_since_epoch().count();
    }

private:
    tbb::concurrent_lru_cache<std::string, ticks, ticks (*)(const std::string&)> cache_;
};

} // namespace hookseal_bench

#endif
