// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_KEY_LEASE_HPP
#define HOOKSEAL_KEY_LEASE_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/keyring.hpp>

#include <cstdint>
#include <span>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

/// Prepared keys that several use, and how their users are counted: see `shared_keys.hpp`. (The counting is not here
/// because only who finds keys at run time needs it, and `<atomic>` is dear to include.)
template <class Hash>
struct shared_keys {
    basic_keyring<Hash> keys;
    void (*share)(shared_keys& of) noexcept;
    void (*let_go)(shared_keys& of) noexcept; ///< the last one frees them
};

} // namespace detail

/// A share in prepared keys: as long as there is one, they live, whoever else has let go of them.
template <class Hash>
class key_lease {
public:
    key_lease() noexcept = default;
    /// Takes over one share of them.
    explicit key_lease(detail::shared_keys<Hash>* taken) noexcept : shared_(taken) {}
    key_lease(const key_lease& other) noexcept : shared_(other.shared_) {
        if (shared_ != nullptr) shared_->share(*shared_);
    }
    key_lease(key_lease&& other) noexcept : shared_(std::exchange(other.shared_, nullptr)) {}
    key_lease& operator=(key_lease other) noexcept {
        std::swap(shared_, other.shared_);
        return *this;
    }
    ~key_lease() {
        if (shared_ != nullptr) shared_->let_go(*shared_);
    }

    explicit operator bool() const noexcept { return shared_ != nullptr; }
    [[nodiscard]] std::span<const prepared_key<Hash>> keys() const noexcept {
        return shared_ == nullptr ? std::span<const prepared_key<Hash>>() : shared_->keys.keys();
    }

private:
    detail::shared_keys<Hash>* shared_ = nullptr;
};

/// See `remote_keys.hpp`.
template <class Hash>
class basic_remote_keys;

namespace detail {

/// Where a verification gets its keys: a list that is known beforehand, or whoever finds them by what a request says of
/// its signer. A view.
template <class Hash>
class key_finder {
public:
    key_finder() noexcept = default;
    /// Known keys.
    explicit key_finder(std::span<const prepared_key<Hash>> known) noexcept : known_(known) {}

    /// Anything with `error find(const key_hint&, std::int64_t unix_seconds, key_lease<Hash>&) const noexcept`.
    template <class Source>
    [[nodiscard]] static key_finder of(const Source& source) noexcept {
        key_finder made;
        made.source_ = &source;
        made.find_ = [](const void* from, const key_hint& wanted, std::int64_t now,
                        key_lease<Hash>& found) noexcept {
            return static_cast<const Source*>(from)->find(wanted, now, found);
        };
        return made;
    }

    [[nodiscard]] bool is_known() const noexcept { return find_ == nullptr; }
    [[nodiscard]] std::span<const prepared_key<Hash>> known() const noexcept { return known_; }
    [[nodiscard]] error find(const key_hint& wanted, std::int64_t unix_seconds,
                             key_lease<Hash>& found) const noexcept {
        return find_(source_, wanted, unix_seconds, found);
    }

private:
    std::span<const prepared_key<Hash>> known_{};
    const void* source_ = nullptr;
    error (*find_)(const void*, const key_hint&, std::int64_t, key_lease<Hash>&) noexcept = nullptr;
};

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
