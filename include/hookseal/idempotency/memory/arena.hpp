// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_ARENA_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_ARENA_HPP

#include <cstddef>
#include <limits>
#include <new>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace hookseal::inline v0_1::detail {

/// The memory of a store in one piece, from which its parts take their arrays one after the other. As far as it fills them,
/// it is in huge pages where Linux gives these to who asks: events are scattered all over it, and a processor finds a byte
/// among twenty pages sooner than among ten thousand.
///
/// Construction throws `std::bad_alloc`.
class arena {
public:
    /// Room for all arrays of `parts` that take as much as that each.
    arena(std::size_t parts, std::size_t size_of_each)
        : size_(product(parts, size_of_each)),
          first_(static_cast<unsigned char*>(::operator new(size_, alignment()))),
          next_(first_) {
#if defined(MADV_HUGEPAGE)
        // Only for whole ones: the last would be mostly empty. Refused, it is memory all the same.
        static_cast<void>(::madvise(first_, size_ / huge * huge, MADV_HUGEPAGE));
#endif
    }
    arena(const arena&) = delete;
    arena& operator=(const arena&) = delete;
    ~arena() { ::operator delete(first_, alignment()); }

    /// What an array takes.
    template <class T>
    [[nodiscard]] static constexpr std::size_t size_of(std::size_t count) noexcept {
        static_assert(alignof(T) <= line);
        return (count * sizeof(T) + line - 1) / line * line;
    }

    /// The next array, all zeros or what else `T` begins with.
    template <class T>
    [[nodiscard]] T* take(std::size_t count) noexcept {
        static_assert(std::is_nothrow_default_constructible_v<T> && std::is_trivially_destructible_v<T>);
        unsigned char* const at = next_;
        next_ += size_of<T>(count);
        for (std::size_t i = 0; i < count; ++i)
            ::new (static_cast<void*>(at + i * sizeof(T))) T();
        return reinterpret_cast<T*>(at);
    }

private:
    static constexpr std::size_t line = 64;
    static constexpr std::size_t huge = std::size_t{2} << 20U;

    /// Or more than there is.
    [[nodiscard]] static constexpr std::size_t product(std::size_t a, std::size_t b) noexcept {
        constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
        return b != 0 && a > most / b ? most : a * b;
    }
    [[nodiscard]] std::align_val_t alignment() const noexcept {
        return std::align_val_t{size_ < huge ? line : huge};
    }

    std::size_t size_;
    unsigned char* first_;
    unsigned char* next_;
};

} // namespace hookseal::inline v0_1::detail

#endif
