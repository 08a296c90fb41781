// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_AMENDED_SCHEME_HPP
#define HOOKSEAL_SCHEMES_AMENDED_SCHEME_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1 {

/// A signed scheme of which the description cannot say all. `Amendment` says the rest, as static members:
///
///     error read(const auto& described, const reading&, statement&)   reads with `described.read`, and changes what it likes
///     void amend(scheme_info&)                                        where what follows from the description is not so
///     int candidates                                                  where a request yields several statements
///     bool needs_more                                                 where signing takes more than the description says
///
/// The last three may be missing. `described` has a type of its own in `read`, so that a provider compiles without the code
/// that reads it, which comes with a verifier.
template <class Amendment>
struct amended_scheme {
    signed_scheme described;

    [[nodiscard]] static constexpr int candidates() noexcept {
        if constexpr (requires { Amendment::candidates; })
            return Amendment::candidates;
        else
            return 1;
    }

    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all = described.info();
        all.candidates = candidates();
        if constexpr (requires { Amendment::amend(all); }) Amendment::amend(all);
        return all;
    }

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        return Amendment::read(described, in, out);
    }

    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept {
        outgoing_form form = described.outgoing(candidate);
        if constexpr (requires { Amendment::needs_more; }) form.needs_more = Amendment::needs_more;
        return form;
    }
};

} // namespace hookseal::inline v0_1

#endif
