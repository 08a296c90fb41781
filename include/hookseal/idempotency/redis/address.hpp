// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_REDIS_ADDRESS_HPP
#define HOOKSEAL_IDEMPOTENCY_REDIS_ADDRESS_HPP

#include <hookseal/encoding/hex.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hookseal::inline v0_1::redis {

/// Where a Redis server is, and as whom to speak to it.
struct address {
    std::string host = "127.0.0.1";
    int port = 6379;
    std::string user{};
    std::string password{};
    int database = 0;
};

namespace detail {

[[nodiscard]] inline bool read_number(std::string_view text, int most, int& out) noexcept {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
    return problem == std::errc() && end == text.data() + text.size() && out >= 0 && out <= most;
}

[[nodiscard]] inline bool read_escaped(std::string_view text, std::string& out) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        unsigned char byte = 0;
        if (!decode_hex(text.substr(i + 1, 2), {&byte, 1}, hex_case::any)) return false;
        out += static_cast<char>(byte);
        i += 2;
    }
    return true;
}

} // namespace detail

/// Reads `redis://[[USER][:PASSWORD]@]HOST[:PORT][/DATABASE]`; a host in brackets may hold colons. Nothing for any other
/// text, such as that of a server which wants TLS (`rediss:`): hiredis alone has none.
[[nodiscard]] inline std::optional<address> parse_address(std::string_view url) {
    constexpr std::string_view scheme = "redis://";
    if (url.substr(0, scheme.size()) != scheme) return std::nullopt;
    url.remove_prefix(scheme.size());
    address found;
    if (const std::size_t slash = url.find('/'); slash != std::string_view::npos) {
        const std::string_view database = url.substr(slash + 1);
        if (!database.empty() && !detail::read_number(database, 1'000'000, found.database))
            return std::nullopt;
        url = url.substr(0, slash);
    }
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
        const std::string_view who = url.substr(0, at);
        const std::size_t colon = who.find(':');
        if (!detail::read_escaped(who.substr(0, colon), found.user)
            || (colon != std::string_view::npos
                && !detail::read_escaped(who.substr(colon + 1), found.password)))
            return std::nullopt;
        url.remove_prefix(at + 1);
    }
    const std::size_t bracket = url.rfind(']');
    if (const std::size_t colon = url.rfind(':');
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        if (!detail::read_number(url.substr(colon + 1), 65535, found.port) || found.port == 0)
            return std::nullopt;
        url = url.substr(0, colon);
    }
    if (url.size() > 2 && url.front() == '[' && url.back() == ']') url = url.substr(1, url.size() - 2);
    if (url.empty()) return std::nullopt;
    found.host = url;
    return found;
}

} // namespace hookseal::inline v0_1::redis

#endif
