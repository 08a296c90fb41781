// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_STATEMENT_HPP
#define HOOKSEAL_CORE_STATEMENT_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/options.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/scratch_space.hpp>
#include <hookseal/core/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A part of the signed content, in its order.
struct piece {
    enum class kind : unsigned char {
        bytes,          ///< `value`, as its reader reads it
        body,           ///< the raw body
        digest_of_body, ///< the body's digest, written as text
        key,            ///< the key itself, for hashes over content and key
    };

    kind what;
    digest hash;   ///< of a `digest_of_body`
    encoding form; ///< of a `digest_of_body`
    text value;    ///< of `bytes`

    [[nodiscard]] static constexpr piece of(text value) noexcept {
        return {kind::bytes, digest::sha256, encoding::text, value};
    }
    [[nodiscard]] static constexpr piece body() noexcept {
        return {kind::body, digest::sha256, encoding::text, text::of({})};
    }
    [[nodiscard]] static constexpr piece key() noexcept {
        return {kind::key, digest::sha256, encoding::text, text::of({})};
    }
    [[nodiscard]] static constexpr piece body_digest(digest hash, encoding form) noexcept {
        return {kind::digest_of_body, hash, form, text::of({})};
    }
};

/// A signature that the request presents, still encoded: the verifier decodes each once, into a fixed array.
struct presented_signature {
    text value;
};

/// A claim of the signed part about the body, or about a text of the request: its digest, as text.
struct binding {
    digest hash;
    encoding form;
    text expected;
    bool of_body;
    text subject; ///< where that is not the body

    /// The body's digest.
    [[nodiscard]] static constexpr binding of_the_body(digest hash, encoding form, text expected) noexcept {
        return {hash, form, expected, true, text::of({})};
    }
    /// A text's digest.
    [[nodiscard]] static constexpr binding of_text(digest hash, encoding form, text expected,
                                                   text subject) noexcept {
        return {hash, form, expected, false, subject};
    }
};

/// Which key the request says it was signed with.
struct key_hint {
    enum class kind : unsigned char { any, id, certificate_url };

    kind what = kind::any;
    std::string_view value{}; ///< the key's id, or its certificate's URL
    std::string_view name{};  ///< of a certificate: the DNS name that it must be for
};

/// A time that the signed content holds, in Unix seconds.
struct signed_time {
    bool present = false;
    std::int64_t unix_seconds = 0;
};

/// A list of bounded length whose elements are not zeroed beforehand.
template <class T, std::size_t Capacity>
class bounded_list {
public:
    constexpr bounded_list() noexcept {} // user-provided: `{}` must not zero the elements

    [[nodiscard]] constexpr bool push(const T& element) noexcept {
        if (size_ == Capacity) return false;
        elements_[size_++] = element;
        return true;
    }
    constexpr void clear() noexcept { size_ = 0; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr const T& operator[](std::size_t i) const noexcept { return elements_[i]; }
    [[nodiscard]] constexpr const T* begin() const noexcept { return elements_; }
    [[nodiscard]] constexpr const T* end() const noexcept { return elements_ + size_; }

private:
    std::size_t size_ = 0;
    T elements_[Capacity];
};

inline constexpr std::size_t max_pieces = 32;
inline constexpr std::size_t max_presented = 32;
inline constexpr std::size_t max_bindings = 2;

/// What a request claims: what was signed, by whom, when, and the signatures it shows for it.
///
/// A scheme writes it and nothing else; a verifier judges it and knows no scheme. It is made of views into the
/// request, and one form serves every family of schemes.
struct statement {
    constexpr statement() noexcept {} // user-provided: `{}` must not zero the lists

    hookseal::proof how = hookseal::proof::hmac;
    hookseal::digest hash = hookseal::digest::sha256;
    hookseal::encoding form = hookseal::encoding::hex; ///< of the signatures

    bounded_list<piece, max_pieces> content{};
    bounded_list<presented_signature, max_presented> presented{};
    bounded_list<binding, max_bindings> bindings{};

    key_hint signer{};
    signed_time signed_at{};
    signed_time not_before{};
    signed_time expires{};

    /// Another item of the delivery is signed by itself and must hold too: see `reading::item`.
    bool has_more_items = false;

    /// Where this candidate has the event's id and type; null: where the scheme says. They live as long as the scheme.
    const selector* event_id = nullptr;
    const selector* event_type = nullptr;
};

inline constexpr options no_options{};

/// What a scheme reads from: the request, the receiver's options, and which of its candidate statements is wanted.
struct reading {
    const hookseal::request& from;
    const options& with = no_options;
    int candidate = 0;
    scratch_space scratch{}; ///< as much as `scheme_info::scratch` says
    int item = 0;            ///< which item of the delivery, where each is signed by itself
};

} // namespace hookseal::inline v0_1

#endif
