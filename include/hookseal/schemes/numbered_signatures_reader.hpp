// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_NUMBERED_SIGNATURES_READER_HPP
#define HOOKSEAL_SCHEMES_NUMBERED_SIGNATURES_READER_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/schemes/numbered_signatures.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

constexpr scheme_info numbered_signatures::info() const noexcept { return base.info(); }

constexpr outgoing_form numbered_signatures::outgoing(int candidate) const noexcept {
    outgoing_form form = base.outgoing(candidate);
    form.signature.prefix = written;
    return form;
}

inline error numbered_signatures::read(const reading& in, statement& out) const noexcept {
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

} // namespace hookseal::inline v0_1

#endif
