// SPDX-License-Identifier: MIT
#include <hookseal/encoding/hex.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

using byte_vector = std::vector<unsigned char>;

char byte(int value) { return static_cast<char>(static_cast<unsigned char>(value)); }

std::string encoded(const byte_vector& bytes) {
    std::string text(2 * bytes.size(), '?');
    encode_hex(bytes, text.data());
    return text;
}

constexpr bool decodes_at_compile_time() {
    std::array<unsigned char, 5> out{};
    return decode_hex("00ff10a9ef", out) && out[0] == 0x00 && out[1] == 0xff && out[2] == 0x10
           && out[3] == 0xa9 && out[4] == 0xef;
}
static_assert(decodes_at_compile_time());

constexpr bool encodes_at_compile_time() {
    const std::array<unsigned char, 2> bytes{0x0f, 0xa0};
    std::array<char, 4> out{};
    encode_hex(bytes, out.data());
    return std::string_view{out.data(), 4} == "0fa0";
}
static_assert(encodes_at_compile_time());
static_assert(hex_digit('f') == 15 && hex_digit('F') == 15 && hex_digit('g') == -1);

constexpr std::string_view lower_digits = "0123456789abcdef";
constexpr std::string_view upper_digits = "0123456789ABCDEF";

/// What a digit is worth, by looking it up: the slow way.
int naive_value(char c, hex_case letters) {
    if (const auto at = lower_digits.find(c); at != std::string_view::npos) return static_cast<int>(at);
    if (letters == hex_case::lower) return -1;
    const auto at = upper_digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace

TEST_CASE("hex: the vectors of RFC 4648 section 10 decode in the case they are asked for, and encode") {
    const auto [text, bytes] = GENERATE(table<std::string, std::string>({{"", ""},
                                                                         {"66", "f"},
                                                                         {"666F", "fo"},
                                                                         {"666F6F", "foo"},
                                                                         {"666F6F62", "foob"},
                                                                         {"666F6F6261", "fooba"},
                                                                         {"666F6F626172", "foobar"}}));
    const byte_vector expected(bytes.begin(), bytes.end());
    byte_vector out(expected.size());
    REQUIRE(decode_hex(text, out, hex_case::any));
    CHECK(out == expected);
    CHECK(equal_ignoring_case(encoded(expected), text));
    const bool has_letter = text.find('F') != std::string::npos;
    CHECK(decode_hex(text, out) == !has_letter);
}

TEST_CASE(
    "hex: every two bytes are a byte exactly when both are digits, whether a whole word or the rest of one") {
    const auto letters = GENERATE(hex_case::lower, hex_case::any);
    for (const std::size_t size : {1U, 4U, 6U}) {
        std::string text(2 * size, '7');
        byte_vector out(size);
        for (int i = 0; i < 256; ++i) {
            for (int j = 0; j < 256; ++j) {
                const std::size_t at = text.size() - 2;
                text[at] = byte(i);
                text[at + 1] = byte(j);
                const int high = naive_value(byte(i), letters);
                const int low = naive_value(byte(j), letters);
                const bool expected = high >= 0 && low >= 0;
                if (decode_hex(text, out, letters) != expected) FAIL("bytes " << i << ", " << j);
                if (expected && out.back() != 16 * high + low) FAIL("value of " << i << ", " << j);
            }
        }
    }
    SUCCEED();
}

TEST_CASE("hex: a wrong byte is found at every position") {
    const auto wrong =
        GENERATE('g', 'G', '/', ':', '`', '@', ' ', '\n', '\0', 'x', 'o', '\xc1', '\xe1', '\xb1');
    for (std::size_t size = 1; size <= 33; ++size) {
        for (std::size_t i = 0; i < 2 * size; ++i) {
            std::string text(2 * size, 'a');
            text[i] = wrong;
            const heap_copy copy{text};
            byte_vector out(size);
            if (decode_hex(copy.view(), out, hex_case::any)) FAIL("size " << size << ", position " << i);
        }
    }
    SUCCEED();
}

TEST_CASE("hex: bytes of every length come back, and nothing is read or written beyond their ends") {
    std::mt19937 random{20260101};
    for (std::size_t size = 0; size <= 70; ++size) {
        byte_vector bytes(size);
        for (auto& b : bytes)
            b = static_cast<unsigned char>(random());
        const std::string text = encoded(bytes);
        byte_vector out(size);
        REQUIRE(decode_hex(heap_copy{text}.view(), out));
        CHECK(out == bytes);
    }
}

TEST_CASE("hex: a text that is not exactly twice as long as its bytes is refused") {
    byte_vector out(4);
    CHECK(decode_hex("00112233", out));
    CHECK_FALSE(decode_hex("", out));
    CHECK_FALSE(decode_hex("0011223", out));
    CHECK_FALSE(decode_hex("001122334", out));
    CHECK_FALSE(decode_hex("001122", out));
    CHECK_FALSE(decode_hex("0011223344", out));
    CHECK_FALSE(decode_hex("0x112233", out));
    CHECK_FALSE(decode_hex("00", {}));
}

TEST_CASE(
    "hex: letters of the other case are refused by default and may be mixed where any case is allowed") {
    std::array<unsigned char, 2> out{};
    CHECK_FALSE(decode_hex("ABCD", out));
    CHECK_FALSE(decode_hex("abcD", out));
    CHECK(decode_hex("aBCd", out, hex_case::any));
    CHECK(out[0] == 0xab);
    CHECK(out[1] == 0xcd);
}

TEST_CASE("hex: one digit of either case has its value and every other byte has none") {
    for (int i = 0; i < 256; ++i) {
        CAPTURE(i);
        CHECK(hex_digit(byte(i)) == naive_value(byte(i), hex_case::any));
    }
}
