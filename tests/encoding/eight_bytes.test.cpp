// SPDX-License-Identifier: MIT
#include <hookseal/encoding/eight_bytes.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

using namespace hookseal;

static_assert(eight_times(0x22) == 0x2222'2222'2222'2222);
static_assert(eight_bytes("\x01\x02\x03\x04\x05\x06\x07\x08") == 0x0807'0605'0403'0201);

TEST_CASE("eight bytes: the first is the least significant, and high bits stay in their byte") {
    const hookseal_tests::heap_copy text{"\x80\xff\x7f\x10\x20\x90\x40\xf1"};
    CHECK(eight_bytes(text.view().data()) == 0xf140'9020'107f'ff80);
}

TEST_CASE("eight bytes: the same byte eight times equals eight of it in a row") {
    for (unsigned i = 0; i < 256; ++i) {
        const auto byte = static_cast<unsigned char>(i);
        const std::string text(8, static_cast<char>(byte));
        CHECK(eight_times(byte) == eight_bytes(text.data()));
    }
}
