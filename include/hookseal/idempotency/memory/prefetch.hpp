// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_PREFETCH_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_PREFETCH_HPP

namespace hookseal::inline v0_1::detail {

/// Has the processor fetch what will soon be changed, where the compiler knows how to ask for it.
inline void prefetch_line([[maybe_unused]] const void* at) noexcept {
#if defined(__GNUC__)
    __builtin_prefetch(at, 1);
#endif
}

} // namespace hookseal::inline v0_1::detail

#endif
