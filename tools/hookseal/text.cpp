// SPDX-License-Identifier: MIT
#include "text.hpp"

#include "commands.hpp"

#include <hookseal/providers/catalog.hpp>

#include <cstdio>

namespace hookseal_cli {

using hookseal::weakness;

std::string in_quotes(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte > 0x7e) {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    return out += '"';
}

std::string_view name_of(weakness which) noexcept {
    switch (which) {
    case weakness::body_not_signed: return "body_not_signed";
    case weakness::body_bound_by_crc: return "body_bound_by_crc";
    case weakness::plain_hash: return "plain_hash";
    }
    return "";
}

std::optional<weakness> weakness_named(std::string_view name) noexcept {
    for (const weakness w : {weakness::body_not_signed, weakness::body_bound_by_crc, weakness::plain_hash})
        if (name == name_of(w)) return w;
    return std::nullopt;
}

const hookseal::scheme_ref& provider_named(std::string_view name) {
    const hookseal::scheme_ref* found = hookseal::find_provider(name);
    if (found == nullptr)
        throw failure("there is no provider " + in_quotes(name) + "; 'hookseal providers' lists them");
    return *found;
}

std::string read_standard_input() {
    std::string all;
    char chunk[65536];
    while (const std::size_t size = std::fread(chunk, 1, sizeof chunk, stdin))
        all.append(chunk, size);
    if (std::ferror(stdin) != 0) throw failure("standard input cannot be read");
    return all;
}

} // namespace hookseal_cli
