// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SHARED_KEYS_HPP
#define HOOKSEAL_SHARED_KEYS_HPP

#include <hookseal/key_lease.hpp>
#include <hookseal/keyring.hpp>

#include <atomic>
#include <cstddef>
#include <new>
#include <utility>

namespace hookseal::inline v0_1::detail {

/// Keys with the number of their users; any thread may come or go.
///
/// (`std::shared_ptr` cannot be made without an exception where memory fails.)
template <class Hash>
class counted_keys : public shared_keys<Hash> {
public:
    explicit counted_keys(basic_keyring<Hash>&& of) noexcept
        : shared_keys<Hash>{std::move(of), share_one, let_one_go} {}

private:
    static void share_one(shared_keys<Hash>& of) noexcept {
        static_cast<counted_keys&>(of).users_.fetch_add(1, std::memory_order_relaxed);
    }
    static void let_one_go(shared_keys<Hash>& of) noexcept {
        auto* const counted = static_cast<counted_keys*>(&of);
        if (counted->users_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete counted;
    }

    std::atomic<std::size_t> users_{1};
};

/// Shares keys with whoever copies the lease; one of nothing where memory fails.
template <class Hash>
[[nodiscard]] key_lease<Hash> share(basic_keyring<Hash>&& keys) noexcept {
    return key_lease<Hash>(new (std::nothrow) counted_keys<Hash>(std::move(keys)));
}

} // namespace hookseal::inline v0_1::detail

#endif
