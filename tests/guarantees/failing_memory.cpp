// SPDX-License-Identifier: MIT
// A file of its own: g++ takes a replaced operator delete that it can inline for a mistake.
#include "guarantees/failing_memory.hpp"

#include <openssl/crypto.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace hookseal_tests::failing_memory {

namespace {

bool armed = false;
bool sticky = false;
long count = 0;
long fails_at = -1;

bool fails() {
    if (!armed) return false;
    const long n = count++;
    return fails_at >= 0 && (n == fails_at || (sticky && n > fails_at));
}

void* allocate(std::size_t size) { return fails() ? nullptr : std::malloc(size == 0 ? 1 : size); }

} // namespace

bool install() {
    return CRYPTO_set_mem_functions([](std::size_t size, const char*, int) { return allocate(size); },
                                    [](void* at, std::size_t size, const char*, int) {
                                        return fails() ? nullptr : std::realloc(at, size);
                                    },
                                    [](void* at, const char*, int) { std::free(at); })
           == 1;
}

void arm(long number, bool and_on) {
    fails_at = number;
    sticky = and_on;
    count = 0;
    armed = true;
}

long disarm() {
    armed = false;
    return count;
}

} // namespace hookseal_tests::failing_memory

using hookseal_tests::failing_memory::allocate;

void* operator new(std::size_t size) {
    void* const at = allocate(size);
    if (at == nullptr) throw std::bad_alloc();
    return at;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t) noexcept { std::free(at); }
void operator delete(void* at, const std::nothrow_t&) noexcept { std::free(at); }
void operator delete[](void* at) noexcept { std::free(at); }
void operator delete[](void* at, std::size_t) noexcept { std::free(at); }
void operator delete[](void* at, const std::nothrow_t&) noexcept { std::free(at); }
