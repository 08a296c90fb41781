// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_OWNED_ARRAY_HPP
#define HOOKSEAL_CORE_OWNED_ARRAY_HPP

#include <cstddef>
#include <utility>

namespace hookseal::inline v0_1::detail {

/// Owns what `new T[size]` gave, or nothing: all that is wanted here of `std::unique_ptr<T[]>`, whose `<memory>` would be
/// the dearest header that a verifier includes.
template <class T>
class owned_array {
public:
    owned_array() noexcept = default;
    explicit owned_array(T* made) noexcept : first_(made) {}
    owned_array(owned_array&& other) noexcept : first_(std::exchange(other.first_, nullptr)) {}
    owned_array& operator=(owned_array&& other) noexcept {
        reset(std::exchange(other.first_, nullptr));
        return *this;
    }
    ~owned_array() { delete[] first_; }

    void reset(T* made) noexcept { delete[] std::exchange(first_, made); }

    [[nodiscard]] T* get() const noexcept { return first_; }
    [[nodiscard]] T& operator[](std::size_t i) const noexcept { return first_[i]; }
    [[nodiscard]] explicit operator bool() const noexcept { return first_ != nullptr; }

private:
    T* first_ = nullptr;
};

} // namespace hookseal::inline v0_1::detail

#endif
