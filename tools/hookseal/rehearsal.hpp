// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TOOLS_REHEARSAL_HPP
#define HOOKSEAL_TOOLS_REHEARSAL_HPP

#include <hookseal/idempotency/verdict.hpp>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace hookseal_cli {

/// A handler that misbehaves on demand, so that failures can be shown. What it is to do stands in the header
/// `Hookseal-Rehearse`, which nobody signs: only `--rehearse` makes the receiver obey it.
///
///     fail    it fails, having done nothing
///     throw   it throws
///     meet    it holds the event until another delivery has been answered, ten seconds at most
class rehearsal {
public:
    /// A delivery arrives. Gives what `play` wants to know.
    [[nodiscard]] std::uint64_t arrive();

    /// What the handler does.
    [[nodiscard]] hookseal::verdict play(std::string_view part, std::uint64_t arrived);

    /// A delivery has been answered.
    void answer();

private:
    std::mutex mutex_;
    std::condition_variable answered_;
    std::uint64_t answers_ = 0;
};

} // namespace hookseal_cli

#endif
