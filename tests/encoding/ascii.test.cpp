// SPDX-License-Identifier: MIT
#include <hookseal/encoding/ascii.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

char byte(int value) { return static_cast<char>(static_cast<unsigned char>(value)); }

static_assert(to_lower('Z') == 'z');
static_assert(equal_ignoring_case("X-Hub-Signature-256", "x-hub-signature-256"));
static_assert(!equal_ignoring_case("X-Hub-Signature-256", "x-hub-signature-257"));
static_assert(is_digit('7') && is_space('\t') && is_printable("v1,abc"));
static_assert(noexcept(equal_ignoring_case("", "")) && noexcept(is_printable("")));

} // namespace

TEST_CASE("ascii: only the letters A to Z have a lower case, whatever the other bytes are") {
    const std::string upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const std::string lower = "abcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < 256; ++i) {
        CAPTURE(i);
        const auto at = upper.find(byte(i));
        CHECK(to_lower(byte(i)) == (at == std::string::npos ? byte(i) : lower[at]));
    }
}

TEST_CASE("ascii: two bytes are equal ignoring case exactly when their lower cases are, at every position") {
    // 19 characters are two words of eight and a rest of three: each byte value meets each other one in both.
    for (const std::size_t position : {std::size_t{0}, std::size_t{7}, std::size_t{8}, std::size_t{18}}) {
        std::string a(19, 'k');
        std::string b(19, 'K');
        for (int i = 0; i < 256; ++i) {
            for (int j = 0; j < 256; ++j) {
                a[position] = byte(i);
                b[position] = byte(j);
                if (equal_ignoring_case(a, b) != (to_lower(byte(i)) == to_lower(byte(j)))) {
                    FAIL("bytes " << i << " and " << j << " at " << position);
                }
            }
        }
    }
    SUCCEED();
}

TEST_CASE("ascii: texts of every length are compared to their last byte and no further") {
    for (std::size_t size = 0; size < 40; ++size) {
        CAPTURE(size);
        const heap_copy upper{std::string(size, 'Q')};
        const heap_copy lower{std::string(size, 'q')};
        const heap_copy longer{std::string(size + 1, 'q')};
        CHECK(equal_ignoring_case(upper.view(), lower.view()));
        CHECK_FALSE(equal_ignoring_case(upper.view(), longer.view()));
        CHECK_FALSE(equal_ignoring_case(longer.view(), upper.view()));
        for (std::size_t i = 0; i < size; ++i) {
            std::string other(size, 'q');
            other[i] = 'p';
            CHECK_FALSE(equal_ignoring_case(upper.view(), heap_copy{other}.view()));
        }
    }
}

TEST_CASE("ascii: letters of other alphabets keep their case") {
    CHECK_FALSE(equal_ignoring_case("\xc3\x84", "\xc3\xa4")); // Ä and ä
    CHECK_FALSE(equal_ignoring_case("I", "\xc4\xb1"));        // the Turkish dotless i
    CHECK_FALSE(equal_ignoring_case("k", "\xe2\x84\xaa"));    // the Kelvin sign
}

TEST_CASE("ascii: digits, spaces and printable bytes are exactly those of their ranges") {
    for (int i = 0; i < 256; ++i) {
        CAPTURE(i);
        CHECK(is_digit(byte(i)) == (i >= 0x30 && i <= 0x39));
        CHECK(is_space(byte(i)) == (i == 0x20 || i == 0x09));
        const std::string text{'a', byte(i), 'b'};
        CHECK(is_printable(text) == (i >= 0x20 && i <= 0x7e));
    }
    CHECK(is_printable(""));
    CHECK_FALSE(is_printable(std::string_view{"a\0b", 3}));
    CHECK_FALSE(is_printable("last byte\x7f"));
}
