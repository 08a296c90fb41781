// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_KEY_LEASE_HPP
#define HOOKSEAL_KEY_LEASE_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/keyring.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <utility>

namespace hookseal::inline v0_1 {

/// A share in prepared keys: as long as there is one, they live, whoever else has let go of them.
///
/// (`std::shared_ptr` cannot be made without an exception where memory fails.)
template <class Hash>
class key_lease {
public:
    key_lease() noexcept = default;
    key_lease(const key_lease& other) noexcept : shared_(other.shared_) {
        if (shared_ != nullptr) shared_->users.fetch_add(1, std::memory_order_relaxed);
    }
    key_lease(key_lease&& other) noexcept : shared_(std::exchange(other.shared_, nullptr)) {}
    key_lease& operator=(key_lease other) noexcept {
        std::swap(shared_, other.shared_);
        return *this;
    }
    ~key_lease() {
        if (shared_ != nullptr && shared_->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete shared_;
    }

    /// Shares keys with whoever copies this. False where memory fails.
    [[nodiscard]] bool share(basic_keyring<Hash>&& keys) noexcept {
        auto* const made = new (std::nothrow) shared{1, std::move(keys)};
        if (made == nullptr) return false;
        *this = key_lease(made);
        return true;
    }

    [[nodiscard]] std::span<const prepared_key<Hash>> keys() const noexcept {
        return shared_ == nullptr ? std::span<const prepared_key<Hash>>() : shared_->keys.keys();
    }

private:
    struct shared {
        std::atomic<std::size_t> users;
        basic_keyring<Hash> keys;
    };

    explicit key_lease(shared* first) noexcept : shared_(first) {}

    shared* shared_ = nullptr;
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
