// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_SECRET_HPP
#define HOOKSEAL_CRYPTO_SECRET_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/crypto/key_text.hpp>

#include <cstdlib>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// How the text of a key is written.
enum class key_writing : unsigned char { as_handed_out, hex, base64, bytes };

/// A shared secret. It cannot be printed or compared, is wiped when it goes, and is moved, never copied.
///
/// Given as text it is read the way its scheme hands it out (`whsec_` in front means opposite things at two
/// providers); given as hex, base64 or bytes it is the key itself. One that is empty, has white space at an end or
/// could not be read holds that as its `problem()`, and building a verifier with it fails with the same error; so does
/// one that was moved from.
class secret {
public:
    /// The secret as the provider shows it.
    explicit secret(std::string_view text) noexcept
        : secret(detail::key_text(text), key_writing::as_handed_out) {}

    /// The value of an environment variable, as the provider shows it. `unreadable_secret` where it is not set.
    [[nodiscard]] static secret from_env(const char* variable) noexcept {
        const char* value = std::getenv(variable);
        return {value == nullptr ? detail::key_text(error::unreadable_secret) : detail::key_text(value),
                key_writing::as_handed_out};
    }
    /// The content of a file, as the provider shows it, less one final line break.
    [[nodiscard]] static secret from_file(const char* path) noexcept {
        return {detail::key_text::from_file(path), key_writing::as_handed_out};
    }
    /// The key itself in hex, base64 (padding optional), or as bytes.
    [[nodiscard]] static secret from_hex(std::string_view text) noexcept {
        return {detail::key_text(text), key_writing::hex};
    }
    [[nodiscard]] static secret from_base64(std::string_view text) noexcept {
        return {detail::key_text(text), key_writing::base64};
    }
    [[nodiscard]] static secret from_bytes(std::span<const unsigned char> key) noexcept {
        return {detail::key_text({reinterpret_cast<const char*>(key.data()), key.size()}),
                key_writing::bytes};
    }

    /// `none`, or why no verifier can be built with this secret.
    [[nodiscard]] error problem() const noexcept {
        return problem_ == error::none ? text_.problem() : problem_;
    }
    [[nodiscard]] key_writing how() const noexcept { return how_; }

    /// The secret in clear. The one name to search for when asking who sees it.
    [[nodiscard]] std::string_view expose() const noexcept { return text_.view(); }

private:
    secret(detail::key_text text, key_writing how) noexcept : text_(std::move(text)), how_(how) {
        const std::string_view all = text_.view();
        const auto blank = [](char c) {
            return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
        };
        if (how != key_writing::bytes && !all.empty() && (blank(all.front()) || blank(all.back())))
            problem_ = error::secret_has_white_space;
    }

    detail::key_text text_;
    key_writing how_;
    error problem_ = error::none;
};

/// A provider's public key as it hands it out: nothing secret, and never usable as a shared secret.
class public_key {
public:
    explicit public_key(std::string_view text) noexcept : text_(text) {}
    [[nodiscard]] static public_key from_env(const char* variable) noexcept {
        const char* value = std::getenv(variable);
        return public_key(value == nullptr ? detail::key_text(error::unreadable_secret)
                                           : detail::key_text(value));
    }
    [[nodiscard]] static public_key from_file(const char* path) noexcept {
        return public_key(detail::key_text::from_file(path));
    }
    /// The key itself.
    [[nodiscard]] static public_key from_bytes(std::span<const unsigned char> key) noexcept {
        public_key made(detail::key_text({reinterpret_cast<const char*>(key.data()), key.size()}));
        made.how_ = key_writing::bytes;
        return made;
    }

    [[nodiscard]] error problem() const noexcept { return text_.problem(); }
    [[nodiscard]] key_writing how() const noexcept { return how_; }
    [[nodiscard]] std::string_view view() const noexcept { return text_.view(); }

private:
    explicit public_key(detail::key_text text) noexcept : text_(std::move(text)) {}

    detail::key_text text_;
    key_writing how_ = key_writing::as_handed_out;
};

} // namespace hookseal::inline v0_1

#endif
