// SPDX-License-Identifier: MIT
#include "support/allocations.hpp"

#include <openssl/crypto.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t count = 0;

void* counted_malloc(std::size_t size, const char*, int) {
    ++count;
    return std::malloc(size);
}
void* counted_realloc(void* old, std::size_t size, const char*, int) {
    ++count;
    return std::realloc(old, size);
}
void counted_free(void* old, const char*, int) { std::free(old); }

} // namespace

namespace hookseal_bench {

std::size_t allocations() noexcept { return count; }

bool count_allocations_in_openssl() noexcept {
    return CRYPTO_set_mem_functions(counted_malloc, counted_realloc, counted_free) == 1;
}

} // namespace hookseal_bench

// The forms for arrays and without exceptions call these two.
void* operator new(std::size_t size) {
    ++count;
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    ++count;
    const auto step = static_cast<std::size_t>(alignment);
    void* const memory = std::aligned_alloc(step, (size + step - 1) / step * step);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
