// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_RECENCY_LIST_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_RECENCY_LIST_HPP

#include <hookseal/idempotency/memory/event_slot.hpp>

namespace hookseal::inline v0_1::detail {

/// Slots in the order in which they were last seen. The links lie in the slots, which several lists share.
class recency_list {
public:
    [[nodiscard]] slot_number oldest() const noexcept { return oldest_; }
    [[nodiscard]] slot_number newest() const noexcept { return newest_; }

    void push_newest(slot_number slot, event_slot* slots) noexcept {
        slots[slot].links = {newest_, no_slot};
        (newest_ == no_slot ? oldest_ : slots[newest_].links.newer) = slot;
        newest_ = slot;
    }

    void remove(slot_number slot, event_slot* slots) noexcept {
        const recency_links around = slots[slot].links;
        (around.older == no_slot ? oldest_ : slots[around.older].links.newer) = around.newer;
        (around.newer == no_slot ? newest_ : slots[around.newer].links.older) = around.older;
    }

private:
    slot_number oldest_ = no_slot;
    slot_number newest_ = no_slot;
};

} // namespace hookseal::inline v0_1::detail

#endif
