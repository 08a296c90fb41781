// SPDX-License-Identifier: MIT
#include <hookseal/encoding/structured_field.hpp>

#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

/// As RFC 8941 has it written, section 4.1: one space after a comma, none elsewhere but one between an inner list's items.
struct member {
    std::string name;
    sf_kind kind;
    std::string text;
    friend bool operator==(const member&, const member&) = default;
};

/// Parameters as they stand: each is read again and must be one.
std::string parameters_of(std::string_view text) {
    std::string all;
    sf_parameters reader(text);
    std::string_view name;
    sf_value value;
    for (;;) {
        const sf_step step = reader.next(name, value);
        require(step != sf_step::malformed, "parameters that were passed over can be read");
        if (step == sf_step::end) return all;
        require(value.parameters.empty(), "a parameter has none of its own");
        all.append(";").append(name);
        if (value.text != "?1" || value.kind != sf_kind::boolean) {
            all += '=';
            const std::string_view quote = value.kind == sf_kind::string  ? "\""
                                           : value.kind == sf_kind::bytes ? ":"
                                                                          : "";
            all.append(quote).append(value.text).append(quote);
        }
    }
}

bool is_number(std::string_view text, std::size_t whole, std::size_t fraction) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto digits = [](std::string_view part, std::size_t most) {
        return !part.empty() && part.size() <= most
               && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (fraction == 0) return digits(text, whole);
    return point < text.size() && digits(text.substr(0, point), whole)
           && digits(text.substr(point + 1), fraction);
}

/// RFC 8941, section 3.3.
bool is_of_its_kind(const sf_value& value) {
    const std::string_view text = value.text;
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::string_view base64 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=-_";
    switch (value.kind) {
    case sf_kind::boolean: return text == "?0" || text == "?1";
    case sf_kind::integer: return is_number(text, 15, 0);
    case sf_kind::decimal: return is_number(text, 12, 3);
    case sf_kind::bytes: return text.find_first_not_of(base64) == std::string_view::npos;
    case sf_kind::token:
        return !text.empty() && (text.front() == '*' || letters.find(text.front()) != std::string_view::npos)
               && text.find_first_of(" \t\",;=()<>?@[]{}\\") == std::string_view::npos;
    case sf_kind::string:
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] < ' ' || text[i] > '~' || text[i] == '"') return false;
            if (text[i] == '\\' && (++i == text.size() || (text[i] != '"' && text[i] != '\\'))) return false;
        }
        return true;
    case sf_kind::inner_list: return text.starts_with('(') && text.ends_with(')');
    case sf_kind::none: break;
    }
    return false;
}

std::string item_of(const sf_value& value) {
    require(is_of_its_kind(value), "a value is of its kind");
    std::string all;
    if (value.kind == sf_kind::inner_list) {
        sf_inner_list reader(value.text);
        sf_value item;
        for (sf_step step; (step = reader.next(item)) != sf_step::end;) {
            require(step == sf_step::element, "an inner list that was passed over can be read");
            require(item.kind != sf_kind::inner_list, "inner lists hold items alone");
            const char behind = item.whole.data()[item.whole.size()]; // at the latest the bracket
            require(behind == ' ' || behind == ')', "with spaces between them");
            all += all.empty() ? '(' : ' ';
            all += item_of(item);
        }
        if (all.empty()) all = '(';
        all += ')';
    } else {
        const std::string_view quote = value.kind == sf_kind::string  ? "\""
                                       : value.kind == sf_kind::bytes ? ":"
                                                                      : "";
        all.append(quote).append(value.text).append(quote);
    }
    return all + parameters_of(value.parameters);
}

std::optional<std::vector<member>> read(std::string_view line) {
    std::vector<member> all;
    sf_dictionary reader(line);
    std::string_view name;
    sf_value value;
    for (;;) {
        switch (reader.next(name, value)) {
        case sf_step::element: all.push_back({std::string(name), value.kind, item_of(value)}); break;
        case sf_step::malformed: return std::nullopt;
        case sf_step::end: return all;
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto members = read(input(data, size).rest());
    if (!members) return 0;
    std::string written;
    for (const member& each : *members)
        written.append(written.empty() ? "" : ", ").append(each.name).append("=").append(each.text);
    require(read(written) == members, "a dictionary that is read, written and read again is the same");
    return 0;
}
