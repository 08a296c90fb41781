// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_OUTGOING_FORM_HPP
#define HOOKSEAL_SCHEMES_OUTGOING_FORM_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/schemes/timestamp_form.hpp>

#include <concepts>
#include <cstddef>

namespace hookseal::inline v0_1 {

inline constexpr std::size_t max_supplied = 8;

/// Where a sender writes the signature and the time of one of a scheme's candidates.
struct outgoing_form {
    key_format key{};
    hookseal::encoding encoding = hookseal::encoding::hex;
    field signature{};
    field timestamp{};
    hookseal::timestamp_form timestamp_form = hookseal::timestamp_form::unix_seconds;
    field supplied[max_supplied]{}; ///< what else is signed, which the sender must put into the request
    bool needs_more = false;        ///< something else, that no sender can make up, is signed or required
    bool needs_certificate = false; ///< the request names the certificate of who signed
};

/// A scheme that says where a sender writes: what a signer needs beside `scheme`.
template <class Scheme>
concept signable_scheme = scheme<Scheme> && requires(const Scheme& s, int candidate) {
    { s.outgoing(candidate) }
    noexcept->std::same_as<outgoing_form>;
};

} // namespace hookseal::inline v0_1

#endif
