// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_NUMBERED_SIGNATURES_HPP
#define HOOKSEAL_SCHEMES_NUMBERED_SIGNATURES_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

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
    [[nodiscard]] constexpr scheme_info info() const noexcept { return base.info(); }

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        if (const error e = base.read(in, out); e != error::none) return e;
        const presented_signature* const all = out.presented.begin();
        const std::size_t count = out.presented.size();
        out.presented.clear(); // and filled again in place: what is kept does not overtake what is read
        for (std::size_t i = 0; i < count; ++i) {
            std::string_view element = all[i].value.raw();
            std::size_t digits = 0;
            while (digits < element.size() && is_digit(element[digits]))
                ++digits;
            element.remove_prefix(digits);
            if (digits == 0 || !element.starts_with(behind)) continue;
            element.remove_prefix(behind.size());
            static_cast<void>(out.presented.push({text::of(element)}));
        }
        return out.presented.size() == 0 ? error::unsupported_version : error::none;
    }

    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept {
        outgoing_form form = base.outgoing(candidate);
        form.signature.prefix = written;
        return form;
    }
};

} // namespace hookseal::inline v0_1

#endif
