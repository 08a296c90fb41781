// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TOOLS_DELIVERY_LOG_HPP
#define HOOKSEAL_TOOLS_DELIVERY_LOG_HPP

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace hookseal_cli {

/// What became of one delivery.
struct account {
    explicit account(std::string whose) : provider(std::move(whose)) {}

    std::string provider;
    std::string verdict; ///< `refused`, a `reply_reason`, or why there was nothing to verify
    std::string why;     ///< the `error` of what was refused
    int status = 0;
    /// What the handler did, told by the handler itself, whatever the receiver makes of it: `done`, `failed`, or `-`.
    std::string_view handler = "-";

    // Of a verified event alone.
    std::optional<std::size_t> key; ///< which one matched
    std::string id;
    std::string type;
};

/// Prints one line for each delivery, as `name=value`. Never a secret, never a signature. Thread-safe.
class delivery_log {
public:
    void write(const account& of);
    void print(std::string_view text);

private:
    std::mutex mutex_;
};

} // namespace hookseal_cli

#endif
