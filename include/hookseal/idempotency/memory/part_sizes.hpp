// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_PART_SIZES_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_PART_SIZES_HPP

#include <hookseal/core/min_max.hpp>

#include <cstddef>

namespace hookseal::inline v0_1::detail {

/// Into how many parts a memory store is cut, and how large each is.
struct part_sizes {
    std::size_t count;
    std::size_t each;

    [[nodiscard]] static constexpr part_sizes of(std::size_t capacity) noexcept {
        if (capacity < 2 * least) return {1, capacity};
        const std::size_t count =
            larger_of((capacity + most - 1) / most, smaller_of(capacity / least, enough));
        const std::size_t share = (capacity + count - 1) / count;
        // Events fall into parts at random: how many, differs from the share by its root at a time. Eight times the root
        // is exceeded in 10⁻¹⁵ of all cases.
        std::size_t root = 1;
        while (root * root < share)
            ++root;
        return {count, share + 8 * root};
    }

private:
    static constexpr std::size_t least = 4096;
    static constexpr std::size_t most = 32'768;
    static constexpr std::size_t enough = 16; ///< that threads seldom meet
};

} // namespace hookseal::inline v0_1::detail

#endif
