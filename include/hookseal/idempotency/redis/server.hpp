// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_REDIS_SERVER_HPP
#define HOOKSEAL_IDEMPOTENCY_REDIS_SERVER_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/redis/address.hpp>
#include <hookseal/idempotency/redis/connection.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1::redis {

namespace detail {

/// The value of a line of INFO, `name:value`.
[[nodiscard]] constexpr std::string_view info_value(std::string_view info, std::string_view name) noexcept {
    for (std::size_t at = info.find(name); at != std::string_view::npos; at = info.find(name, at + 1)) {
        const bool is_line = at == 0 || info[at - 1] == '\n';
        const std::string_view rest = info.substr(at + name.size());
        if (is_line && !rest.empty() && rest[0] == ':') return rest.substr(1, rest.find('\r') - 1);
    }
    return {};
}

} // namespace detail

/// Connects and sees to it that the server never forgets events to make room for others: `misconfigured` where its
/// `maxmemory-policy` allows that, or where it does not say (the user needs the right to INFO).
[[nodiscard]] inline connection open_server(const address& to, std::chrono::milliseconds timeout) noexcept {
    connection made = connection::open(to, timeout);
    const answer info = made.ask({"INFO", "memory"});
    const std::string_view limit = detail::info_value(info.text(), "maxmemory");
    const std::string_view policy = detail::info_value(info.text(), "maxmemory_policy");
    if (made.well() && limit != "0" && policy != "noeviction")
        made.fail(store_fault::misconfigured,
                  "maxmemory-policy is not noeviction: the server would forget events to make room");
    made.is_ready();
    return made;
}

} // namespace hookseal::inline v0_1::redis

#endif
