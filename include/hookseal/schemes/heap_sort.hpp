// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_HEAP_SORT_HPP
#define HOOKSEAL_SCHEMES_HEAP_SORT_HPP

#include <cstddef>

namespace hookseal::inline v0_1::detail {

/// Sorts in place. A heap, because the sender chooses the order and must not choose how long this takes.
///
/// `compare(a, b)` is less than, equal to or greater than zero.
template <class T, class Compare>
constexpr void heap_sort(T* items, std::size_t count, Compare compare) noexcept {
    const auto swap = [items](std::size_t a, std::size_t b) {
        const T moved = items[a];
        items[a] = items[b];
        items[b] = moved;
    };
    const auto sink = [&](std::size_t at, std::size_t size) {
        for (std::size_t child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && compare(items[child], items[child + 1]) < 0) ++child;
            if (compare(items[at], items[child]) >= 0) return;
            swap(at, child);
            at = child;
        }
    };
    for (std::size_t i = count / 2; i > 0; --i)
        sink(i - 1, count);
    for (std::size_t size = count; size > 1; --size) {
        swap(0, size - 1);
        sink(0, size - 1);
    }
}

} // namespace hookseal::inline v0_1::detail

#endif
