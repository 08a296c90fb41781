// SPDX-License-Identifier: MIT
#include "encoding/json_reference.hpp"
#include "fuzz/fuzz.hpp"

#include <string>

using namespace hookseal_fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    hookseal_tests::json_reference::tally counts;
    const std::string document(input(data, size).rest());
    const std::string found = hookseal_tests::json_reference::difference(document, counts);
    require(found.empty(), found.c_str());
    return 0;
}
