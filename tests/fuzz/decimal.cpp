// SPDX-License-Identifier: MIT
#include <hookseal/encoding/decimal.hpp>

#include "fuzz/fuzz.hpp"

#include <charconv>
#include <string_view>

using namespace hookseal;
using namespace hookseal_fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = input(data, size).rest();
    std::uint64_t standard = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + size, standard);
    const bool is_number = size > 0 && end == text.data() + size && problem == std::errc{};
    const bool is_shortest = size == 1 || (size > 1 && text.front() != '0');

    std::int64_t value = -1;
    const bool read = parse_decimal(text, value);
    require(read == (is_number && is_shortest && size <= 18), "the same numbers as the standard library's");
    require(value == (read ? static_cast<std::int64_t>(standard) : -1), "with the same value, or untouched");
    for (const int digits : {0, 1, 10, 13}) {
        std::int64_t limited = -1;
        require(parse_decimal(text, limited, digits) == (read && size <= static_cast<std::size_t>(digits)),
                "as many digits as allowed");
    }
    if (read) {
        char again[20];
        require(std::string_view(again, write_decimal(standard, again)) == text,
                "what is read is written again");
    }
    return 0;
}
