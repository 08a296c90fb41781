// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_CLAIM_TOKEN_HPP
#define HOOKSEAL_IDEMPOTENCY_CLAIM_TOKEN_HPP

#include <hookseal/core/duration.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/hex.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Where a store keeps an event: 16 bytes of a hash of its key. Which hash is the store's own affair.
using locator = std::array<unsigned char, 16>;

/// A locator as 32 lower-case hexadecimal digits: a key for tables and caches.
class locator_text {
public:
    constexpr explicit locator_text(const locator& where) noexcept { encode_hex(where, digits_); }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {digits_, sizeof digits_}; }

private:
    char digits_[2 * sizeof(locator)]{};
};

/// Proof of ownership of an event that is being handled: what `claim` grants and `complete` and `release` take.
///
/// A plain value without any resource. `generation` grows with every grant of the same event, so that it can be passed on
/// as a fencing token; a default-constructed token owns nothing.
struct claim_token {
    locator where{};
    std::uint64_t generation = 0;
    std::uint64_t nonce = 0;        ///< the claimer's own mark, see `claim_request::nonce`
    std::uint32_t attempt = 0;      ///< counted from 1
    std::uint32_t keep_seconds = 0; ///< how long the completed event is remembered
    std::uint64_t hint = 0;         ///< the store's own note; nothing depends on it

    [[nodiscard]] constexpr duration keep() const noexcept { return duration(keep_seconds); }
    friend constexpr bool operator==(const claim_token&, const claim_token&) = default;
};

namespace detail {

inline constexpr unsigned char token_text_version = 1;
inline constexpr std::size_t token_bytes = 1 + 16 + 8 + 8 + 4 + 4 + 8;

template <class Number>
constexpr unsigned char* put_big_endian(unsigned char* out, Number n) noexcept {
    for (std::size_t i = sizeof n; i-- > 0;)
        *out++ = static_cast<unsigned char>(n >> (8 * i));
    return out;
}

template <class Number>
constexpr const unsigned char* get_big_endian(const unsigned char* in, Number& n) noexcept {
    n = 0;
    for (std::size_t i = 0; i < sizeof n; ++i)
        n = static_cast<Number>(n << 8U | *in++);
    return in;
}

} // namespace detail

/// A token as text, for a queue or a log: version and fields in network byte order, in base64url without padding. Every
/// token has one text, and all are equally long.
class claim_token_text {
public:
    static constexpr std::size_t size = base64_size(detail::token_bytes, base64_form::url);

    constexpr explicit claim_token_text(const claim_token& token) noexcept {
        unsigned char bytes[detail::token_bytes]{detail::token_text_version};
        unsigned char* out = bytes + 1;
        for (const unsigned char byte : token.where)
            *out++ = byte;
        out = detail::put_big_endian(out, token.generation);
        out = detail::put_big_endian(out, token.nonce);
        out = detail::put_big_endian(out, token.attempt);
        out = detail::put_big_endian(out, token.keep_seconds);
        detail::put_big_endian(out, token.hint);
        encode_base64(bytes, text_, base64_form::url);
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text_, size}; }

private:
    char text_[size]{};
};

/// The token of a text made by `claim_token_text`; nothing for any other text.
[[nodiscard]] constexpr std::optional<claim_token> parse_claim_token(std::string_view text) noexcept {
    unsigned char bytes[detail::token_bytes]{};
    if (text.size() != claim_token_text::size
        || decode_base64(text, bytes, base64_form::url) != detail::token_bytes
        || bytes[0] != detail::token_text_version)
        return std::nullopt;
    claim_token token;
    const unsigned char* in = bytes + 1;
    for (unsigned char& byte : token.where)
        byte = *in++;
    in = detail::get_big_endian(in, token.generation);
    in = detail::get_big_endian(in, token.nonce);
    in = detail::get_big_endian(in, token.attempt);
    in = detail::get_big_endian(in, token.keep_seconds);
    detail::get_big_endian(in, token.hint);
    return token;
}

} // namespace hookseal::inline v0_1

#endif
