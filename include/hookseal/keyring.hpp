// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_KEYRING_HPP
#define HOOKSEAL_KEYRING_HPP

#include <hookseal/configuration_error.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/secret.hpp>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <new>
#include <span>

namespace hookseal::inline v0_1 {

/// Most keys one verifier or tenant has at a time.
inline constexpr std::size_t max_keys = 8;

/// The argument that says which keys: one, or `{current, previous}` while rotating. A view for the time of a call.
class key_list {
public:
    key_list(const secret& only) noexcept : one_(only) {}
    key_list(const public_key& only) noexcept : one_(only) {}
    key_list(std::initializer_list<key_material> several) noexcept
        : one_(several.size() == 0 ? no_key() : *several.begin()), several_(several) {}
    key_list(std::span<const key_material> several) noexcept
        : one_(several.empty() ? no_key() : several.front()), several_(several) {}

    [[nodiscard]] std::span<const key_material> all() const noexcept {
        return several_.empty() ? std::span<const key_material>(&one_, 1) : several_;
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

    [[nodiscard]] error prepare(const scheme_info& scheme, key_list keys) noexcept {
        const std::span<const key_material> all = keys.all();
        if (all.size() > max_keys) return error::too_many_keys;
        std::unique_ptr<prepared_key<Hash>[]> prepared(new (std::nothrow) prepared_key<Hash>[all.size()]);
        if (!prepared) return error::internal_failure;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (const error e = prepared[i].prepare(scheme, all[i]); e != error::none) return e;
        keys_ = std::move(prepared);
        size_ = all.size();
        return error::none;
    }

    [[nodiscard]] std::span<const prepared_key<Hash>> keys() const noexcept {
        return {keys_.get(), keys_ ? size_ : 0};
    }

private:
    std::unique_ptr<prepared_key<Hash>[]> keys_;
    std::size_t size_ = 0;
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
