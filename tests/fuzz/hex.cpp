// SPDX-License-Identifier: MIT
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/hex.hpp>

#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

bool is_hex(std::string_view text, hex_case letters) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')
               || (letters == hex_case::any && c >= 'A' && c <= 'F');
    });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = input(data, size).rest();
    std::vector<unsigned char> bytes(size / 2);
    for (const hex_case letters : {hex_case::lower, hex_case::any}) {
        const bool read = decode_hex(text, bytes, letters);
        require(read == (size % 2 == 0 && is_hex(text, letters)),
                "digits in pairs are read, and nothing else");
        if (!read) continue;
        std::string again(size, '\0');
        encode_hex(bytes, again.data());
        require(equal_ignoring_case(again, text), "what is read is written again");
        require(letters == hex_case::any || again == text, "in the same case");
    }
    std::string made(2 * size, '\0');
    encode_hex(bytes_of(text), made.data());
    std::vector<unsigned char> back(size);
    require(decode_hex(made, back) && std::equal(back.begin(), back.end(), data), "what is written is read");
    return 0;
}
