// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_FORGOTTEN_MEMORY_HPP
#define HOOKSEAL_IDEMPOTENCY_FORGOTTEN_MEMORY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>

namespace hookseal::inline v0_1::detail {

/// A set of hashes at two bytes each that forgets the oldest: it knows nearly all of the last `capacity / 2` that were put
/// in, and about every other one of those put in `capacity` ago. Of strangers it takes about one in 2,000 for known, because
/// it compares 16 bits with those of up to 32 others.
///
/// All memory is taken at construction, which throws `std::bad_alloc`.
class forgotten_memory {
public:
    explicit forgotten_memory(std::size_t capacity)
        : lines_(std::max<std::size_t>((capacity + ways - 1) / ways, 1)), all_(new line[lines_]()) {}

    void put(std::uint64_t hash) noexcept {
        line& at = all_[line_of(hash)];
        at.tags[at.oldest++ % ways] = tag_of(hash);
    }

    /// Whether the hash may have been put in.
    [[nodiscard]] bool knows(std::uint64_t hash) const noexcept {
        const line& at = all_[line_of(hash)];
        return std::find(std::begin(at.tags), std::end(at.tags), tag_of(hash)) != std::end(at.tags);
    }

    void take_out(std::uint64_t hash) noexcept {
        line& at = all_[line_of(hash)];
        std::replace(std::begin(at.tags), std::end(at.tags), tag_of(hash), std::uint16_t{0});
    }

private:
    static constexpr std::size_t ways = 32;
    struct line {
        std::uint16_t tags[ways];
        std::uint16_t oldest;
    };

    [[nodiscard]] std::size_t line_of(std::uint64_t hash) const noexcept { return (hash >> 16U) % lines_; }
    /// 0 is an empty place.
    [[nodiscard]] static std::uint16_t tag_of(std::uint64_t hash) noexcept {
        const auto low = static_cast<std::uint16_t>(hash & 0xffffU);
        return low == 0 ? std::uint16_t{1} : low;
    }

    std::size_t lines_;
    std::unique_ptr<line[]> all_;
};

} // namespace hookseal::inline v0_1::detail

#endif
