// SPDX-License-Identifier: MIT
// What the store allocates and when, by counting. Sanitizers have an `operator new` of their own, so there nothing is
// counted.
#include <hookseal/idempotency/lru_ttl_store.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"
#include "support/skip.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>
#include <vector>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define TEST_IS_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TEST_IS_SANITIZED
#endif

using namespace hookseal;
using namespace hookseal_tests;

#ifdef TEST_IS_SANITIZED

TEST_CASE("lru_ttl_store: all memory is taken at construction") { skip("allocations are not counted here"); }

#else

namespace {

std::atomic<std::size_t> allocations = 0;
std::atomic<std::size_t> until_failure = 0; ///< 0: none fails

} // namespace

namespace {

void* counted(void* (*allocate)(std::size_t size, std::size_t alignment), std::size_t size,
              std::size_t alignment) {
    ++allocations;
    if (until_failure != 0 && --until_failure == 0) throw std::bad_alloc();
    if (void* const memory = allocate(size == 0 ? 1 : size, alignment)) return memory;
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size) {
    return counted([](std::size_t n, std::size_t) { return std::malloc(n); }, size, 0);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted(
        [](std::size_t n, std::size_t a) {
            const std::size_t whole = (n + a - 1) / a * a;
            return whole < n ? nullptr : std::aligned_alloc(a, whole);
        },
        size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("lru_ttl_store: all memory is taken at construction") {
    const auto all = keys(300);
    lru_ttl_store seen{100};
    const std::size_t before = allocations;
    bool well = true;
    for (const event_key& key : all) {
        const claim_answer answer = seen.claim({.key = key});
        well = well && answer.status == claim_status::granted
               && seen.complete(answer.token, {}).status == settle_status::ok
               && seen.claim({.key = key}).status == claim_status::done;
    }
    (void)seen.forget(operators_key("evt_299"));
    (void)seen.peek(operators_key("evt_298"));
    const std::size_t after = allocations;
    REQUIRE(well);
    REQUIRE(seen.statistics().early_evictions == 200);
    REQUIRE(after == before);
}

TEST_CASE("lru_ttl_store: a construction that runs out of memory throws") {
    std::size_t failures = 0;
    for (bool built = false; !built;) {
        until_failure = failures + 1;
        try {
            const lru_ttl_store seen{1000};
            built = true;
        } catch (const std::bad_alloc&) {
            ++failures;
        }
    }
    until_failure = 0;
    REQUIRE(failures >= 2);
}

TEST_CASE("lru_ttl_store: parts that would take more memory than a number can tell throw") {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    REQUIRE_THROWS_AS(detail::arena(2, most / 2 + 1), std::bad_alloc);
    REQUIRE_THROWS_AS(detail::arena(most, most), std::bad_alloc);
}

#endif
