// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CHILD_HPP
#define HOOKSEAL_TESTS_CHILD_HPP

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace hookseal_tests {

/// Another process, which runs a function and ends with what that returns. It must open its stores itself.
class child {
public:
    template <class Run>
    explicit child(Run run) : pid_(fork()) {
        if (pid_ < 0) throw std::runtime_error("no other process");
        if (pid_ > 0) return;
        try {
            _exit(run());
        } catch (const std::exception& what) {
            std::fprintf(stderr, "child: %s\n", what.what());
        }
        _exit(255);
    }
    child(child&& other) noexcept : pid_(std::exchange(other.pid_, 0)) {}
    child& operator=(child&&) = delete;
    ~child() {
        if (pid_ <= 0) return;
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }

    /// Its status, when it has ended; -1 where a signal ended it.
    [[nodiscard]] int wait() {
        int status = 0;
        if (waitpid(std::exchange(pid_, 0), &status, 0) < 0) throw std::runtime_error("no such process");
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    /// Returns when it has stopped itself.
    void wait_for_stop() const {
        int status = 0;
        if (waitpid(pid_, &status, WUNTRACED) < 0 || !WIFSTOPPED(status))
            throw std::runtime_error("the process did not stop");
    }
    void resume() const { kill(pid_, SIGCONT); }

private:
    pid_t pid_;
};

} // namespace hookseal_tests

#endif
