// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_KEYRING_HPP
#define HOOKSEAL_KEYRING_HPP

#include <hookseal/configuration_error.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/owned_array.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/jwk.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/secret.hpp>

#include <cstddef>
#include <initializer_list>
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// Most keys one verifier or tenant has at a time.
inline constexpr std::size_t max_keys = 8;

/// The argument that says which keys: one, or `{current, previous}` while rotating. A view for the time of a call.
class key_list {
public:
    key_list(const secret& only) noexcept : one_(only) {}
    key_list(const public_key& only) noexcept : one_(only) {}
    key_list(std::initializer_list<key_material> several) noexcept
        : one_(several.size() == 0 ? no_key() : *several.begin()),
          several_(several.begin(), several.size()) {}
    key_list(std::span<const key_material> several) noexcept
        : one_(several.empty() ? no_key() : several.front()), several_(several) {}

    [[nodiscard]] std::span<const key_material> all() const noexcept {
        return several_.empty() ? std::span<const key_material>(&one_, std::size_t{1}) : several_;
    }

private:
    [[nodiscard]] static key_material no_key() noexcept { return key_material(error::missing_secret); }

    key_material one_;
    std::span<const key_material> several_{};
};

/// Prepared keys of one scheme, of which any may match; they are tried in the order given.
template <class Hash = default_hash>
class basic_keyring {
public:
    basic_keyring() noexcept = default;

    /// A JWK Set stands for its keys.
    [[nodiscard]] error prepare(const scheme_info& scheme, key_list keys) noexcept {
        const std::span<const key_material> all = keys.all();
        if (all.size() > max_keys) return error::too_many_keys;
        bool has_set = false;
        for (const key_material& each : all)
            has_set = has_set || is_jwk_set(each);
        const std::size_t room = (has_set ? max_keys : all.size()) * scheme.key_formats;
        basic_keyring made;
        made.keys_.reset(new (std::nothrow) prepared_key<Hash>[room]);
        if (!made.keys_) return error::internal_failure;
        for (const key_material& each : all)
            if (const error e = is_jwk_set(each) ? made.add_set(scheme, each) : made.add(scheme, each);
                e != error::none)
                return e;
        *this = std::move(made);
        return error::none;
    }

    /// Of a JWK Set the key with this id: `unknown_key` where it has none, or none that is of use.
    [[nodiscard]] error prepare_one(const scheme_info& scheme, const public_key& set,
                                    std::string_view id) noexcept {
        for (std::size_t i = 0;; ++i) {
            const std::string_view jwk = jwk_set(set.view())[i];
            if (jwk.empty()) return error::unknown_key;
            if (detail::jwk_member::find(jwk, "kid").value != id) continue;
            const error e = prepare(scheme, public_key(jwk));
            return e == error::none || e == error::internal_failure ? e : error::unknown_key;
        }
    }

    [[nodiscard]] std::span<const prepared_key<Hash>> keys() const noexcept {
        return {keys_.get(), keys_ ? size_ : 0};
    }

private:
    [[nodiscard]] static bool is_jwk_set(const key_material& key) noexcept {
        return !key.is_secret() && key.how() == key_writing::as_handed_out && jwk_set(key.text()).is_set();
    }

    /// Prepares a key for each proof and digest of the scheme that its kind and text fit; where the scheme has several
    /// formats for one of these, for the first that fits.
    [[nodiscard]] error add(const scheme_info& scheme, const key_material& key) noexcept {
        if (given_ == max_keys) return error::too_many_keys;
        const std::size_t before = size_;
        error first = error::unsuitable_key;
        for (std::size_t i = 0; i < scheme.key_formats; ++i) {
            const key_format& format = scheme.keys[i];
            bool is_there = false;
            for (std::size_t k = before; k < size_; ++k)
                is_there = is_there || (keys_[k].how() == format.how && keys_[k].hash() == format.hash);
            if (is_there) continue;
            const error e = keys_[size_].prepare(format, key, given_);
            if (e == error::none) ++size_;
            if (first == error::unsuitable_key) first = e;
        }
        if (size_ == before) return first;
        ++given_;
        return error::none;
    }

    /// Keys of a set that are for something else are passed over (RFC 7517, section 5), but not all of them.
    [[nodiscard]] error add_set(const scheme_info& scheme, const key_material& set) noexcept {
        const std::size_t before = size_;
        error first = error::unsuitable_key;
        for (std::size_t i = 0;; ++i) {
            const std::string_view jwk = jwk_set(set.text())[i];
            if (jwk.empty()) break;
            const error e = add(scheme, public_key(jwk));
            if (e == error::too_many_keys) return e;
            if (first == error::unsuitable_key) first = e;
        }
        return size_ == before ? first : error::none;
    }

    detail::owned_array<prepared_key<Hash>> keys_;
    std::size_t size_ = 0;
    std::size_t given_ = 0; ///< keys in the list; each may be prepared several times
};

/// The prepared keys of one tenant, to hand to a verifier that serves many: `stripe.verify(request, tenant.keys)`.
///
/// Immutable and thread-safe. To rotate at run time, build a new one and swap what the threads share; one that is in
/// use must live until its calls return.
template <provider Provider, class Hash = default_hash>
class keyring : public basic_keyring<Hash> {
public:
#ifdef __cpp_exceptions
    /// Throws `configuration_error` where a key cannot be used.
    explicit keyring(key_list keys) {
        if (const error e = this->prepare(Provider::scheme.info(), keys); e != error::none)
            throw configuration_error(e);
    }
#endif
    [[nodiscard]] static result<keyring> make(key_list keys) noexcept {
        keyring made;
        if (const error e = made.prepare(Provider::scheme.info(), keys); e != error::none) return e;
        return made;
    }

private:
    keyring() noexcept = default;
};

} // namespace hookseal::inline v0_1

#endif
