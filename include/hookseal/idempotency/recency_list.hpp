// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_RECENCY_LIST_HPP
#define HOOKSEAL_IDEMPOTENCY_RECENCY_LIST_HPP

#include <cstdint>

namespace hookseal::inline v0_1::detail {

inline constexpr std::uint32_t no_slot = 0xffff'ffff;

/// The neighbours of a slot in the one list it is in.
struct recency_links {
    std::uint32_t older = no_slot;
    std::uint32_t newer = no_slot;
};

/// Slots in the order in which they were last seen. The links lie in an array that several lists share.
class recency_list {
public:
    [[nodiscard]] std::uint32_t oldest() const noexcept { return oldest_; }

    void push_newest(std::uint32_t slot, recency_links* links) noexcept {
        links[slot] = {newest_, no_slot};
        (newest_ == no_slot ? oldest_ : links[newest_].newer) = slot;
        newest_ = slot;
    }

    void remove(std::uint32_t slot, recency_links* links) noexcept {
        const recency_links around = links[slot];
        (around.older == no_slot ? oldest_ : links[around.older].newer) = around.newer;
        (around.newer == no_slot ? newest_ : links[around.newer].older) = around.older;
    }

private:
    std::uint32_t oldest_ = no_slot;
    std::uint32_t newest_ = no_slot;
};

} // namespace hookseal::inline v0_1::detail

#endif
