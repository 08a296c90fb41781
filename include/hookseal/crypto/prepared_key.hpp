// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_PREPARED_KEY_HPP
#define HOOKSEAL_CRYPTO_PREPARED_KEY_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/crypto/digest_verifier.hpp>
#include <hookseal/crypto/ed25519.hpp>
#include <hookseal/crypto/equal.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/hmac.hpp>
#include <hookseal/crypto/key_text.hpp>
#include <hookseal/crypto/pkey.hpp>
#include <hookseal/crypto/public_key_text.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/crypto/spki.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/hex.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// A view of a secret or a public key, as verifiers and signers take them.
class key_material {
public:
    key_material(const secret& s) noexcept
        : text_(s.expose()), how_(s.how()), problem_(s.problem()), is_secret_(true) {}
    key_material(const public_key& k) noexcept
        : text_(k.view()), how_(k.how()), problem_(k.problem()), is_secret_(false) {}

    /// No key, for this reason.
    explicit key_material(error why) noexcept : problem_(why), is_secret_(true) {}

    /// The same key under an id, by which requests name it: it then verifies none that name another.
    [[nodiscard]] key_material with_id(std::string_view id) const noexcept {
        key_material named = *this;
        named.id_ = id;
        return named;
    }
    [[nodiscard]] std::string_view id() const noexcept { return id_; }

    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] key_writing how() const noexcept { return how_; }
    [[nodiscard]] error problem() const noexcept { return problem_; }
    [[nodiscard]] bool is_secret() const noexcept { return is_secret_; }

private:
    std::string_view text_;
    key_writing how_ = key_writing::as_handed_out;
    std::string_view id_{};
    error problem_;
    bool is_secret_;
};

namespace detail {

[[nodiscard]] constexpr bool is_shared_secret(proof how) noexcept {
    return how == proof::hmac || how == proof::keyed_hash || how == proof::token;
}

/// Decodes a shared secret, or the private half of Ed25519, as configured into the key itself: `form` says how its
/// provider writes it.
[[nodiscard]] inline error decode_key(const key_material& from, const key_form& form,
                                      wiped_bytes& key) noexcept {
    if (from.problem() != error::none) return from.problem();
    std::string_view text = from.text();
    encoding how = form.encoding;
    switch (from.how()) {
    case key_writing::as_handed_out:
        if (!form.prefix.empty() && text.starts_with(form.prefix)) {
            text.remove_prefix(form.prefix.size());
            if (form.prefix_until != '\0') {
                const std::size_t end = text.find(form.prefix_until);
                if (end == std::string_view::npos) return error::malformed_secret;
                text.remove_prefix(end + 1);
            }
        } else if (form.prefix_required)
            return error::malformed_secret;
        else if (form.text_unprefixed)
            how = encoding::text;
        break;
    case key_writing::hex: how = encoding::hex_any_case; break;
    case key_writing::base64: how = encoding::base64; break;
    case key_writing::bytes: how = encoding::text; break;
    }
    if (text.empty()) return error::empty_secret;

    wiped_bytes decoded(text.size());
    if (!decoded.allocated()) return error::internal_failure;
    std::size_t size = 0;
    switch (how) {
    case encoding::text:
    case encoding::decimal:
        std::memcpy(decoded.data(), text.data(), text.size());
        size = text.size();
        break;
    case encoding::hex:
    case encoding::hex_any_case:
        size = text.size() / 2;
        if (!decode_hex(text, {decoded.data(), size}, hex_case::any)) return error::malformed_secret;
        break;
    case encoding::base64:
        size = decode_base64_secret(text, {decoded.data(), text.size()});
        if (size == not_base64) return error::malformed_secret;
        break;
    case encoding::base64url:
        size = decode_base64(text, {decoded.data(), text.size()}, base64_form::url);
        if (size == not_base64) return error::malformed_secret;
        break;
    }
    if (size == 0) return error::empty_secret;
    if (size < form.at_least) return error::secret_too_short;
    const std::string_view bytes = decoded.view().substr(0, size);
    const bool hashed = form.hashed && from.how() == key_writing::as_handed_out;
    key = wiped_bytes(hashed ? size_of(digest::sha1) : size);
    if (!key.allocated()) return error::internal_failure;
    if (hashed) return sha1(bytes, key.bytes().first<20>()) ? error::none : error::internal_failure;
    std::memcpy(key.data(), bytes.data(), size);
    return error::none;
}

} // namespace detail

/// A key made ready for one proof and one digest. A verifier takes only keys whose proof is the statement's, so no
/// request can have an algorithm or a key used for another.
template <class Hash>
class prepared_key {
public:
    /// Prepares a key for one format, where its kind and text fit. `index` is its place in the list it was given in.
    [[nodiscard]] error prepare(const key_format& format, const key_material& from,
                                std::size_t index = 0) noexcept {
        if (from.problem() != error::none) return from.problem();
        if (detail::is_shared_secret(format.how) != from.is_secret()) return error::unsuitable_key;
        index_ = index;
        if (const error e = take_id(from); e != error::none) return e;
        if (!from.is_secret()) return prepare_public(format, from);
        detail::wiped_bytes key;
        if (const error e = detail::decode_key(from, format.form, key); e != error::none) return e;
        how_ = format.how;
        hash_ = format.hash;
        switch (how_) {
        case proof::hmac: return hmac_.prepare(hash_, key.view()) ? error::none : error::internal_failure;
        case proof::keyed_hash: {
            bytes_ = std::move(key);
            Hash attempt;
            return attempt.start(hash_) ? error::none : error::internal_failure;
        }
        case proof::token: return sha256(key.view(), token_) ? error::none : error::internal_failure;
        default: return error::unsuitable_key;
        }
    }

    [[nodiscard]] bool fits(proof how, digest hash) const noexcept {
        return how_ == how && (hash_ == hash || how == proof::token || how == proof::ed25519);
    }
    [[nodiscard]] proof how() const noexcept { return how_; }
    [[nodiscard]] digest hash() const noexcept { return hash_; }
    [[nodiscard]] std::size_t index() const noexcept { return index_; }
    /// The id by which requests name it; empty where it has none.
    [[nodiscard]] std::string_view id() const noexcept { return id_.view(); }

    [[nodiscard]] const hmac_key<Hash>& hmac() const noexcept { return hmac_; }
    /// The key itself, for who must hash it with the content.
    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_.view(); }
    /// SHA-256 of the token: comparing digests hides where two tokens differ, and how long ours is.
    [[nodiscard]] std::span<const unsigned char, 32> token() const noexcept { return token_; }
    /// An Ed25519 key.
    [[nodiscard]] const pkey& public_part() const noexcept { return public_; }
    /// An RSA or ECDSA key.
    [[nodiscard]] const digest_verifier& of_digests() const noexcept { return of_digests_; }

private:
    /// The id that it was given with, or the `kid` of a JWK (RFC 7517, section 4.5).
    [[nodiscard]] error take_id(const key_material& from) noexcept {
        std::string_view id = from.id();
        if (!from.is_secret() && from.how() == key_writing::as_handed_out && detail::is_jwk(from.text())) {
            const detail::jwk_member kid = detail::jwk_member::find(from.text(), "kid");
            if (kid.problem != error::none) return kid.problem;
            if (!kid.value.empty() && !id.empty() && kid.value != id) return error::unsuitable_key;
            if (!kid.value.empty()) id = kid.value;
        }
        if (id.empty()) return error::none;
        id_ = detail::wiped_bytes(id.size());
        if (!id_.allocated()) return error::internal_failure;
        std::memcpy(id_.data(), id.data(), id.size());
        return error::none;
    }

    [[nodiscard]] error prepare_public(const key_format& format, const key_material& from) noexcept {
        spki key;
        const error e = from.how() == key_writing::bytes ? read_public_key_bytes(from.text(), format, key)
                                                         : read_public_key(from.text(), format, key);
        if (e != error::none) return e;
        how_ = format.how;
        hash_ = format.hash;
        if (how_ != proof::ed25519) return of_digests_.prepare(how_, hash_, key);
        const std::span<const unsigned char> raw = key.ed25519();
        if (raw.empty()) return error::unsuitable_key;
        public_ = load_ed25519_public_key(raw.first<ed25519_key_size>());
        return public_ ? error::none : error::unsuitable_key;
    }

    proof how_ = proof::hmac;
    digest hash_ = digest::sha256;
    std::size_t index_ = 0;
    hmac_key<Hash> hmac_;
    detail::wiped_bytes bytes_;
    detail::wiped_bytes id_;
    pkey public_;
    digest_verifier of_digests_;
    unsigned char token_[32] = {};
};

} // namespace hookseal::inline v0_1

#endif
