// SPDX-License-Identifier: MIT
#include "rehearsal.hpp"

#include <chrono>
#include <stdexcept>

namespace hookseal_cli {

using hookseal::verdict;

std::uint64_t rehearsal::arrive() {
    const std::lock_guard lock(mutex_);
    return answers_;
}

verdict rehearsal::play(std::string_view part, std::uint64_t arrived) {
    if (part == "fail") return verdict::failed(std::chrono::seconds(1));
    if (part == "throw") throw std::runtime_error("rehearsed");
    if (part == "meet") {
        std::unique_lock lock(mutex_);
        answered_.wait_for(lock, std::chrono::seconds(10), [&] { return answers_ != arrived; });
    }
    return verdict::handled();
}

void rehearsal::answer() {
    {
        const std::lock_guard lock(mutex_);
        ++answers_;
    }
    answered_.notify_all();
}

} // namespace hookseal_cli
