// SPDX-License-Identifier: MIT
#include <hookseal/encoding/form.hpp>

#include "fuzz/fuzz.hpp"

#include <optional>
#include <string>
#include <string_view>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

std::optional<std::string> decoded(std::string_view raw) {
    std::string text;
    const bool done = decode_form(raw, [&](std::string_view piece) {
        text += piece;
        return true;
    });
    return done ? std::optional(text) : std::nullopt;
}

/// The same byte by byte, after the URL Standard.
std::optional<std::string> decoded_slowly(const std::string& raw) {
    std::string text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '%') {
            text += raw[i] == '+' ? ' ' : raw[i];
            continue;
        }
        const std::string digits = raw.substr(i + 1, 2);
        if (digits.size() < 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
            return std::nullopt;
        text += static_cast<char>(std::stoi(digits, nullptr, 16));
        i += 2;
    }
    return text;
}

std::string encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string all;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        (((all += '%') += digits[byte >> 4U])) += digits[byte & 15U];
    }
    return all;
}

form_value find_slowly(std::string_view form, const std::string& name) {
    form_value found;
    bool malformed = false;
    for (std::size_t at = 0; at <= form.size();) {
        const std::string_view pair = form.substr(at, form.find('&', at) - at);
        at += pair.size() + 1;
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        const auto own = decoded_slowly(std::string(pair.substr(0, equals)));
        malformed = malformed || !own;
        if (own != name) continue;
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        malformed = malformed || !decoded_slowly(std::string(value));
        found = {found.match == form_match::missing ? form_match::one : form_match::repeated, value};
    }
    if (malformed) return {form_match::malformed, {}};
    return found.match == form_match::one ? found : form_value{found.match, {}};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input from(data, size);
    const std::string name(from.until('\n'));
    const std::string_view form = from.rest();
    require(decoded(form) == decoded_slowly(std::string(form)), "a text decodes as the standard says");
    require(decoded(encoded(form)) == form, "what is encoded is decoded");

    const form_value found = find_form_field(form, name);
    const form_value right = find_slowly(form, name);
    require(found.match == right.match, "a field is there as often as it is");
    require(found.raw == right.raw, "and has its value");
    require(is_form_text(form, name) == (decoded_slowly(std::string(form)) == name), "texts compare decoded");
    return 0;
}
