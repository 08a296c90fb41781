// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SIGNED_HEADERS_HPP
#define HOOKSEAL_SCHEMES_SIGNED_HEADERS_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/list.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Most headers that a request may list as signed.
inline constexpr std::size_t max_signed_headers = 32;

/// The headers that a request lists as signed, `a,b,c`: names in lower case, none twice, in order.
class signed_header_names {
public:
    [[nodiscard]] error read(std::string_view list) noexcept {
        list_reader names(list, ',');
        std::string_view name;
        for (size_ = 0;;) {
            const list_step step = names.next(name);
            if (step == list_step::end) return error::none;
            if (step == list_step::malformed) return error::malformed_field;
            if (size_ == max_signed_headers) return error::too_large;
            for (const char c : name)
                if (c != to_lower(c)) return error::malformed_field;
            std::size_t at = size_++;
            for (; at > 0 && name < names_[at - 1]; --at)
                names_[at] = names_[at - 1];
            names_[at] = name;
            if (at > 0 && names_[at - 1] == name) return error::malformed_field;
        }
    }

    [[nodiscard]] bool has(std::string_view name) const noexcept {
        for (std::size_t i = 0; i < size_; ++i)
            if (names_[i] == name) return true;
        return false;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept { return names_[i]; }

private:
    std::size_t size_ = 0;
    std::string_view names_[max_signed_headers];
};

namespace readers {

/// `name:value;name:value` of the headers that a list names, in the order of their names.
///
/// False where one is missing, comes twice, is not printable, or holds what would look like the next one's beginning.
inline bool signed_headers(const request& from, std::string_view list, sink out) noexcept {
    signed_header_names names;
    if (names.read(list) != error::none) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string_view value;
        if (from.headers().find_one(names[i], value) != error::none || !is_printable(value)) return false;
        for (std::size_t at = value.find(';'); at != std::string_view::npos; at = value.find(';', at + 1)) {
            const std::string_view behind = value.substr(at + 1);
            for (std::size_t k = i + 1; k < names.size(); ++k)
                if (behind.starts_with(names[k]) && behind.substr(names[k].size()).starts_with(':'))
                    return false;
        }
        if ((i > 0 && !out(";")) || !out(names[i]) || !out(":") || !out(value)) return false;
    }
    return true;
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
