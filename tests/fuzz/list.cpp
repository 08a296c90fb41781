// SPDX-License-Identifier: MIT
#include <hookseal/encoding/list.hpp>

#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

using elements = std::vector<std::string>;

/// All elements, or nothing where the list is malformed somewhere.
std::optional<elements> read(std::string_view list, char separator, bool spaced) {
    elements all;
    list_reader reader(list, separator, spaced);
    for (std::string_view element;;) {
        switch (reader.next(element)) {
        case list_step::element:
            require(element.empty()
                        || (element.data() >= list.data()
                            && element.data() + element.size() <= list.data() + list.size()),
                    "an element is a part of the list");
            all.emplace_back(element);
            break;
        case list_step::end: return all;
        case list_step::malformed: return std::nullopt;
        }
        require(all.size() <= list.size() + 1, "a list ends");
    }
}

/// The same as the rule is written down, the slow way.
std::optional<elements> split(const std::string& list, char separator, bool spaced) {
    elements all{""};
    for (const char c : list)
        if (c == separator)
            all.emplace_back();
        else
            all.back() += c;
    for (std::size_t i = 1; spaced && i < all.size(); ++i)
        if (all[i].starts_with(' ')) all[i].erase(0, 1);
    if (separator == ' ') std::erase(all, "");
    for (const std::string& one : all) {
        const bool has_space_around =
            one.empty() || one.find_first_not_of(" \t") != 0 || one.find_last_not_of(" \t") != one.size() - 1;
        const bool is_joined = separator != ' ' && one.find(',') != std::string::npos;
        if (has_space_around || is_joined) return std::nullopt;
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view list = input(data, size).rest();
    for (const char separator : {',', ' ', ';', '&'})
        for (const bool spaced : {false, true})
            require(read(list, separator, spaced) == split(std::string(list), separator, spaced),
                    "a list has the elements that its rule says");
    return 0;
}
