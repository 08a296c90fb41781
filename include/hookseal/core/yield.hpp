// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_YIELD_HPP
#define HOOKSEAL_CORE_YIELD_HPP

// POSIX has it in a small header, and `<thread>` is one of the dearest.
#if __has_include(<sched.h>)
#include <sched.h>
#else
#include <thread>
#endif

namespace hookseal::inline v0_1::detail {

/// Lets other threads go first.
inline void yield() noexcept {
#if __has_include(<sched.h>)
    sched_yield();
#else
    std::this_thread::yield();
#endif
}

} // namespace hookseal::inline v0_1::detail

#endif
