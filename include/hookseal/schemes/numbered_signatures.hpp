// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_NUMBERED_SIGNATURES_HPP
#define HOOKSEAL_SCHEMES_NUMBERED_SIGNATURES_HPP

#include <hookseal/schemes/signed_scheme.hpp>

#include <string_view>

namespace hookseal::inline v0_1 {

enum class error : unsigned char;
struct outgoing_form;
struct reading;
struct scheme_info;
struct statement;

/// A list of signatures each of which has a number, of a key or a scheme: `v1=<hex>,v2=<hex>` or `1/SHA256/<hex>,…`. Any
/// of them may match.
///
/// `base` says where the list is and what stands before the number, `behind` what stands behind it; elements that are
/// otherwise are passed over.
struct numbered_signatures {
    signed_scheme base{};
    std::string_view behind{};
    std::string_view written{}; ///< all that a signer writes before a signature: `v1=`

    [[nodiscard]] static constexpr int candidates() noexcept { return 1; }

    // Defined in `numbered_signatures_reader.hpp`, as those of `signed_scheme` are.

    [[nodiscard]] constexpr scheme_info info() const noexcept;
    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept;

    [[nodiscard]] inline error read(const reading& in, statement& out) const noexcept;
};

} // namespace hookseal::inline v0_1

#endif
