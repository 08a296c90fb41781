// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SUPPORT_ENDS_HPP
#define HOOKSEAL_TESTS_SUPPORT_ENDS_HPP

#include "support/skip.hpp"

#if __has_include(<sys/wait.h>)
#define HOOKSEAL_TESTS_HAVE_FORK 1
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

namespace hookseal_tests {

/// Whether this system can tell how a function ends the program; says so where it cannot.
[[nodiscard]] inline bool can_watch_an_end() {
#ifdef HOOKSEAL_TESTS_HAVE_FORK
    return true;
#else
    skip("there is no fork() here");
    return false;
#endif
}

/// Whether a function ends the program through abort(). It is called in a child process.
template <class Function>
[[nodiscard]] bool ends_by_abort(Function function) {
#ifdef HOOKSEAL_TESTS_HAVE_FORK
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGABRT, SIG_DFL); // the test framework's own handler would report a failure
        function();
        _exit(0);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status)
           && WTERMSIG(status) == SIGABRT;
#else
    static_cast<void>(function);
    return false;
#endif
}

} // namespace hookseal_tests

#endif
