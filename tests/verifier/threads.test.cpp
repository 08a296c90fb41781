// SPDX-License-Identifier: MIT
// One verifier, shared by all threads. What these tests are for is seen by ThreadSanitizer.
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"
#include "verifier/toys.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using testing::manual_clock;

namespace {

const std::string body = R"({"id":"evt_1","type":"a.b"})";
constexpr int thread_count = 8;
constexpr int rounds = 200;

/// Runs a function in all threads at once; it is told which one it is in.
void in_all_threads(const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    std::atomic<int> waiting = thread_count;
    for (int i = 0; i < thread_count; ++i)
        threads.emplace_back([&, i] {
            --waiting;
            while (waiting > 0)
                std::this_thread::yield();
            work(i);
        });
    for (std::thread& t : threads)
        t.join();
}

} // namespace

TEMPLATE_TEST_CASE("threads: share a verifier of HMAC keys", "", low_level_hash, evp_hash) {
    const secret a("a");
    const secret b("b");
    const verifier<toys::timed, manual_clock, TestType> v{{a, b}, {}, manual_clock{now}};
    const header_list by_a{{"x-sig", timed_header("a", body)}};
    const header_list by_b{{"x-sig", timed_header("b", body)}};
    const header_list by_c{{"x-sig", timed_header("c", body)}};
    std::atomic<int> wrong = 0;
    in_all_threads([&](int thread) {
        for (int i = 0; i < rounds; ++i) {
            const bool first = (i + thread) % 2 == 0;
            const auto event = v.verify(request{first ? by_a : by_b, body});
            if (!event || event->key_index() != (first ? 0U : 1U) || event->id() != "evt_1") ++wrong;
            if (v.verify(request{by_c, body}).error() != error::signature_mismatch) ++wrong;
            auto running = v.begin(request{by_a});
            running.update(body);
            if (!std::move(running).finish(body)) ++wrong;
        }
    });
    CHECK(wrong == 0);
}

TEST_CASE("threads: share a verifier of Ed25519 keys and one of tokens") {
    const verifier<toys::open, manual_clock> open{public_key(public_key_of_it), {}, manual_clock{now}};
    const verifier<toys::token> token{secret("key"), accepting<weakness::body_not_signed>};
    const std::string time = std::to_string(now);
    const header_list good{{"x-time", time}, {"x-sig", ed25519_signature(time + body)}, {"x-token", "key"}};
    const header_list bad{{"x-time", time}, {"x-sig", std::string(128, 'a')}, {"x-token", "kez"}};
    std::atomic<int> wrong = 0;
    in_all_threads([&](int) {
        for (int i = 0; i < rounds / 10; ++i) {
            if (!open.verify(request{good, body}) || open.verify(request{bad, body})) ++wrong;
            if (!token.verify(request{good, body}) || token.verify(request{bad, body})) ++wrong;
        }
    });
    CHECK(wrong == 0);
}

TEST_CASE("threads: see the old keys or the new while they are replaced, and never a mixture") {
    using keys_type = keyring<toys::plain>;
    const verifier<toys::plain> v{keys_per_call};
    std::mutex guard;
    auto current = std::make_shared<const keys_type>(secret("old"));
    const header_list by_old{{"x-sig", hmac_sha256_hex("old", body)}};
    const header_list by_new{{"x-sig", hmac_sha256_hex("new", body)}};
    std::atomic<int> wrong = 0;
    in_all_threads([&](int thread) {
        for (int i = 0; i < rounds; ++i) {
            if (thread == 0) {
                auto next = std::make_shared<const keys_type>(secret(i % 2 == 0 ? "new" : "old"));
                const std::lock_guard lock(guard);
                current = std::move(next);
                continue;
            }
            std::shared_ptr<const keys_type> mine;
            {
                const std::lock_guard lock(guard);
                mine = current;
            }
            const bool old_holds = v.verify(request{by_old, body}, *mine).has_value();
            const bool new_holds = v.verify(request{by_new, body}, *mine).has_value();
            if (old_holds == new_holds) ++wrong;
        }
    });
    CHECK(wrong == 0);
}
