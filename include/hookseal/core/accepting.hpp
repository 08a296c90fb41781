// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_ACCEPTING_HPP
#define HOOKSEAL_CORE_ACCEPTING_HPP

namespace hookseal::inline v0_1 {

/// The type of `accepting<…>`.
template <auto... Flaws>
struct accepting_t {
    template <auto Flaw>
    [[nodiscard]] static constexpr bool includes() noexcept {
        return (is_same<Flaw, Flaws>() || ...);
    }

private:
    template <auto A, auto B>
    [[nodiscard]] static constexpr bool is_same() noexcept {
        if constexpr (requires { A == B; })
            return A == B;
        else
            return false;
    }
};

/// Says by name which flaws of a scheme or of a store its user knows and accepts:
/// `verifier<gitlab> v{secret, accepting<weakness::body_not_signed>}`. What has them does not compile without.
template <auto... Flaws>
inline constexpr accepting_t<Flaws...> accepting{};

} // namespace hookseal::inline v0_1

#endif
