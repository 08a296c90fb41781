// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_USER_CALL_HPP
#define HOOKSEAL_IDEMPOTENCY_USER_CALL_HPP

#include <exception>
#include <utility>

// Calling functions of the user, which may throw. With and without exceptions are two types, and one of them is a template
// argument of whatever depends on it: translation units that are compiled differently may be linked together.

namespace hookseal::inline v0_1 {

/// Calls where exceptions are off.
struct plain_calls {
    /// Calls `function`; `caught(std::exception_ptr)` takes its place where it throws.
    template <class Function, class Caught>
    static decltype(auto) run(Function&& function, Caught&&) {
        return std::forward<Function>(function)();
    }
};

#ifdef __cpp_exceptions

/// Calls where exceptions are on.
struct catching_calls {
    template <class Function, class Caught>
    static decltype(auto) run(Function&& function, Caught&& caught) {
        try {
            return std::forward<Function>(function)();
        } catch (...) {
            return std::forward<Caught>(caught)(std::current_exception());
        }
    }
};

using default_calls = catching_calls;

#else

using default_calls = plain_calls;

#endif

} // namespace hookseal::inline v0_1

#endif
