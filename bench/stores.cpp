// SPDX-License-Identifier: MIT
// What the store in memory costs beside those that people write or take: a new event (claimed, completed, and one evicted
// for it), a duplicate, one event that everybody asks for, mixtures; and a verification with and without a claim.
#include "support/deliveries.hpp"
#include "support/harness.hpp"
#include "support/naive_stores.hpp"
#include "support/numbered_keys.hpp"
#include "support/resident.hpp"

#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/verifier.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_bench {

namespace {

/// What all stores do here: handle a new event, and recognise a duplicate.
class ours {
public:
    explicit ours(std::size_t capacity) : store_(capacity) {}

    bool handle(const hookseal::claim_request& request) {
        const auto answer = store_.claim(request);
        return answer.status == hookseal::claim_status::granted
               && store_.complete(answer.token, {}).status == hookseal::settle_status::ok;
    }
    bool is_done(const hookseal::claim_request& request) {
        return store_.claim(request).status == hookseal::claim_status::done;
    }
    void claim(std::span<const hookseal::claim_request> requests, std::span<hookseal::claim_answer> answers) {
        store_.claim(requests, answers);
    }

private:
    hookseal::lru_ttl_store<> store_;
};

template <class Lru>
class written_by_hand {
public:
    explicit written_by_hand(std::size_t capacity) : store_(capacity) {}

    bool handle(const hookseal::claim_request& request) {
        const std::string name = name_of(request.key);
        return store_.claim(name) == naive_lru::answer::granted && store_.complete(name);
    }
    bool is_done(const hookseal::claim_request& request) {
        return store_.claim(name_of(request.key)) == naive_lru::answer::done;
    }

private:
    Lru store_;
};

class of_tbb {
public:
    explicit of_tbb(std::size_t capacity) : store_(capacity) {}

    bool handle(const hookseal::claim_request& request) { return store_.handle(name_of(request.key)); }
    bool is_done(const hookseal::claim_request& request) { return store_.is_done(name_of(request.key)); }

private:
    tbb_lru store_;
};

/// A full store of events that are done, and the numbers of its events so far.
template <class Store>
struct filled {
    Store store;
    std::atomic<std::uint32_t> next;

    explicit filled(std::size_t capacity) : store(capacity), next(static_cast<std::uint32_t>(capacity)) {
        numbered_keys keys;
        for (std::uint32_t i = 0; i < capacity; ++i)
            if (!store.handle(keys[i])) fail("a new event is not new");
    }
};

/// Where duplicates are looked for at random, nothing may be evicted.
enum class traffic { duplicates, all };

/// Made when it is first needed, and kept: filling takes seconds.
template <class Store>
filled<Store>& filled_with(std::size_t capacity, traffic of) {
    static std::map<std::pair<std::size_t, traffic>, std::unique_ptr<filled<Store>>> all;
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    auto& that = all[{capacity, of}];
    if (that == nullptr) that = std::make_unique<filled<Store>>(capacity);
    return *that;
}

/// Numbers that come up once, taken by the thousand so that the threads do not meet there.
class fresh_numbers {
public:
    explicit fresh_numbers(std::atomic<std::uint32_t>& next) noexcept : next_(&next) {}
    std::uint32_t operator()() noexcept {
        if (at_ % thousand == 0) at_ = next_->fetch_add(thousand);
        return at_++;
    }

private:
    static constexpr std::uint32_t thousand = 1024;
    std::atomic<std::uint32_t>* next_;
    std::uint32_t at_ = 0;
};

/// Numbers below `count` without any order, and in another one each time: a list in order of use, asked for the same again,
/// has what comes next already beside what came last.
class scattered_numbers {
public:
    explicit scattered_numbers(std::uint32_t count) noexcept : count_(count), state_(88'172'645U + ++made) {}
    std::uint32_t operator()() noexcept {
        state_ = state_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return static_cast<std::uint32_t>((state_ >> 32U) * count_ >> 32U);
    }

private:
    static inline std::atomic<std::uint64_t> made = 0;
    std::uint64_t count_;
    std::uint64_t state_;
};

template <class Store>
void new_events(benchmark::State& state, std::size_t capacity) {
    auto& in = filled_with<Store>(capacity, traffic::all);
    numbered_keys keys;
    fresh_numbers number(in.next);
    measure(state, [&](std::size_t) {
        if (!in.store.handle(keys[number()])) fail("a new event is not new");
    });
}

/// Without any eviction: all are there and stay there.
template <class Store>
void duplicates(benchmark::State& state, std::uint32_t capacity) {
    auto& in = filled_with<Store>(capacity, traffic::duplicates);
    numbered_keys keys;
    scattered_numbers number(capacity);
    measure(state, [&](std::size_t) {
        if (!in.store.is_done(keys[number()])) fail("a duplicate is not known");
    });
}

template <class Store>
void storm(benchmark::State& state, std::uint32_t capacity) {
    auto& in = filled_with<Store>(capacity, traffic::duplicates);
    numbered_keys keys;
    measure(state, [&](std::size_t) {
        if (!in.store.is_done(keys[7])) fail("a duplicate is not known");
    });
}

/// Of a hundred events so many are new; the others are among this thread's last thousand.
template <class Store>
void mixture(benchmark::State& state, std::size_t capacity, std::uint32_t new_ones) {
    auto& in = filled_with<Store>(capacity, traffic::all);
    numbered_keys keys;
    fresh_numbers number(in.next);
    scattered_numbers any(1000);
    std::array<std::uint32_t, 1000> latest;
    for (std::uint32_t& each : latest)
        if (!in.store.handle(keys[each = number()])) fail("a new event is not new");
    std::size_t oldest = 0;
    measure(state, [&](std::size_t) {
        if (any() < 10 * new_ones) {
            latest[oldest] = number();
            if (!in.store.handle(keys[latest[oldest]])) fail("a new event is not new");
            oldest = (oldest + 1) % latest.size();
        } else if (!in.store.is_done(keys[latest[any()]])) {
            fail("a duplicate is not known");
        }
    });
}

/// Sixteen duplicates in one call.
void batch_of_duplicates(benchmark::State& state, std::uint32_t capacity) {
    auto& in = filled_with<ours>(capacity, traffic::duplicates);
    std::array<numbered_keys, 16> keys;
    std::vector<hookseal::claim_request> requests(16, keys[0][0]);
    std::array<hookseal::claim_answer, 16> answers;
    scattered_numbers number(capacity);
    measure(state, [&](std::size_t i) {
        requests[i % 16].key = keys[0][number()].key;
        if (i % 16 != 15) return;
        in.store.claim(requests, answers);
        for (const auto& answer : answers)
            if (answer.status != hookseal::claim_status::done) fail("a duplicate is not known");
    });
}

void write_key(benchmark::State& state) {
    numbered_keys keys;
    measure(state, [&](std::size_t i) { benchmark::DoNotOptimize(&keys[static_cast<std::uint32_t>(i)]); });
}

/// A secret that both of the providers below take.
constexpr std::string_view shared_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLjSw";

/// Verifies one delivery after the other.
template <class Provider>
class verification {
public:
    explicit verification(std::size_t size)
        : with_(hookseal::secret(shared_secret)),
          from_(deliveries::of<Provider>(hookseal::secret(shared_secret), size)) {}

    auto event(std::size_t i) const {
        auto verified = with_.verify(from_[i].request());
        if (!verified) fail(message(verified.error()));
        return verified;
    }

private:
    hookseal::verifier<Provider> with_;
    deliveries from_;
};

template <class Provider>
limit add_verification(const std::string& name, std::size_t size) {
    const auto with = std::make_shared<verification<Provider>>(size);
    return add_limit(name, [with](std::size_t i) {
        auto event = with->event(i);
        benchmark::DoNotOptimize(event);
    });
}

/// With all that a claim needs: the key is made of the event, and the claim is completed. The scope makes a new event of
/// each.
template <class Provider>
void verify_and_claim(benchmark::State& state, std::size_t size, std::size_t capacity) {
    const verification<Provider> with(size);
    auto& in = filled_with<ours>(capacity, traffic::all);
    fresh_numbers number(in.next);
    measure(state, [&](std::size_t i) {
        const std::uint32_t scope = number();
        const auto event = with.event(i);
        const auto which = hookseal::event_key::of(
            *event, std::string_view(reinterpret_cast<const char*>(&scope), sizeof scope));
        if (!which || !in.store.handle({.key = *which})) fail("a new event is not new");
    });
}

constexpr std::uint32_t million = 1'000'000;

template <class Store>
void add_store(const std::string& name) {
    const std::size_t grown =
        resident_growth([](std::size_t size) { return std::make_unique<filled<Store>>(size); }, million);
    add("resident_1m" + name, {}, [=](auto& state) {
        measure(state, [](std::size_t) {});
        state.counters["bytes_per_entry"] = static_cast<double>(grown) / million;
    });
    for (const int threads : {1, 2}) {
        add_contended("new_1m" + name, threads, [](auto& state) { new_events<Store>(state, million); });
        add_contended("duplicate_64k" + name, threads, [](auto& state) { duplicates<Store>(state, 65'536); });
        add_contended("duplicate_1m" + name, threads, [](auto& state) { duplicates<Store>(state, million); });
        add_contended("storm_64k" + name, threads, [](auto& state) { storm<Store>(state, 65'536); });
        for (const std::uint32_t new_ones : {1U, 10U, 50U})
            add_contended("mix_" + std::to_string(new_ones) + "_new_in_100" + name, threads,
                          [=](auto& state) { mixture<Store>(state, million, new_ones); });
        add_contended("new_8m" + name, threads, [](auto& state) { new_events<Store>(state, 8 * million); });
    }
}

} // namespace

void add_benchmarks() {
    add_store<ours>("/lru_ttl_store");
    add_store<written_by_hand<naive_lru>>("/naive");
    add_store<written_by_hand<naive_shards<64>>>("/naive_64_shards");
    add_store<of_tbb>("/tbb_concurrent_lru_cache");
    add("batch_of_16_duplicates_1m/lru_ttl_store", {},
        [](auto& state) { batch_of_duplicates(state, 1'000'000); });
    add("write_key", {}, write_key);
    // The id is signed in a header of its own, or in the body, where it has to be looked for.
    using in_header = hookseal::providers::standard_webhooks;
    using in_body = hookseal::providers::slack;
    const limit alone = add_verification<in_header>("verify_alone/1024", 1024);
    add("verify_and_claim_new_1m/1024", alone,
        [](auto& state) { verify_and_claim<in_header>(state, 1024, million); });
    const limit alone_in_body = add_verification<in_body>("verify_alone_id_in_body/1024", 1024);
    add("verify_and_claim_new_1m_id_in_body/1024", alone_in_body,
        [](auto& state) { verify_and_claim<in_body>(state, 1024, million); });
}

} // namespace hookseal_bench
