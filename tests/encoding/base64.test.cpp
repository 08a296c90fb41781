// SPDX-License-Identifier: MIT
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/hex.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <array>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

using byte_vector = std::vector<unsigned char>;

constexpr auto padded = base64_form::padded;
constexpr auto url = base64_form::url;

char byte(int value) { return static_cast<char>(static_cast<unsigned char>(value)); }

byte_vector bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

std::string encoded(const byte_vector& bytes, base64_form form) {
    std::string text(base64_size(bytes.size(), form), '?');
    REQUIRE(encode_base64(bytes, text.data(), form) == text.size());
    return text;
}

bool decodes(std::string_view text, base64_form form) {
    std::array<unsigned char, 64> out{};
    return decode_base64(text, out, form) != not_base64;
}

/// The secret's bytes in hex, or "refused".
std::string decoded_secret(std::string_view text) {
    byte_vector out(text.size());
    const std::size_t size = decode_base64_secret(heap_copy{text}.view(), out);
    if (size == not_base64) return "refused";
    std::string hex(2 * size, '?');
    encode_hex(std::span{out}.first(size), hex.data());
    return hex;
}

constexpr bool works_at_compile_time() {
    std::array<unsigned char, 4> out{};
    if (decode_base64("Zm9vYg==", out, base64_form::padded) != 4 || out[3] != 'b') return false;
    if (decode_base64("Zm9vYg", out, base64_form::url) != 4) return false;
    if (decode_base64_secret("Zm9vYh", out) != 4 || out[3] != 'b') return false;
    std::array<char, 8> text{};
    return encode_base64(out, text.data(), base64_form::padded) == 8
           && std::string_view{text.data(), 8} == "Zm9vYg==";
}
static_assert(works_at_compile_time());
static_assert(base64_size(32, base64_form::padded) == 44 && base64_size(32, base64_form::url) == 43);

} // namespace

TEST_CASE("base64: the vectors of RFC 4648 section 10 hold in both forms and both directions") {
    const auto [data, text] = GENERATE(table<std::string, std::string>({{"", ""},
                                                                        {"f", "Zg=="},
                                                                        {"fo", "Zm8="},
                                                                        {"foo", "Zm9v"},
                                                                        {"foob", "Zm9vYg=="},
                                                                        {"fooba", "Zm9vYmE="},
                                                                        {"foobar", "Zm9vYmFy"}}));
    const std::string bare = text.substr(0, text.find('='));
    byte_vector out(data.size());
    CHECK(decode_base64(text, out, padded) == data.size());
    CHECK(out == bytes_of(data));
    CHECK(decode_base64(bare, out, url) == data.size());
    CHECK(out == bytes_of(data));
    CHECK(encoded(bytes_of(data), padded) == text);
    CHECK(encoded(bytes_of(data), url) == bare);
}

TEST_CASE("base64: the two forms differ in two characters, and neither takes the other's") {
    const byte_vector bytes{0xfb, 0xff, 0xfe};
    CHECK(encoded(bytes, padded) == "+//+");
    CHECK(encoded(bytes, url) == "-__-");
    CHECK(decodes("+//+", padded));
    CHECK(decodes("-__-", url));
    CHECK_FALSE(decodes("+//+", url));
    CHECK_FALSE(decodes("-__-", padded));
    CHECK_FALSE(decodes("+_/-", padded));
    CHECK_FALSE(decodes("+_/-", url));
}

TEST_CASE("base64: what other decoders let pass is refused") {
    const auto text = GENERATE(as<std::string>{}, "Zh==", "Zm9=",    // left-over bits that are not zero
                               "Zg", "Zg=", "Zm8", "Zm9vYg",         // padding missing
                               "Zg===", "Zm9v=", "Zm9v====", "====", // padding superfluous
                               "==", "=", "A===", "Zg==Zg==", "Z=g=", "=Zg=", "Zg=A", // padding misplaced
                               " Zg==", "Zg== ", "Zg==\n", "\tZg=", "Zm9v\r\nYmFy", "Zm 9v", // white space
                               "Zm9v,Zg=", "Zm9.", "Zg%3D%3D", "\"Zg==\"", "Zm9*", // other characters
                               "Zm9\xc3\xa9", "\xef\xbc\xbam9v", "Z", "Zm9vY");
    CAPTURE(text);
    CHECK_FALSE(decodes(text, padded));
    CHECK_FALSE(decodes(std::string("Zm9v\0Zm9", 8), padded));
}

TEST_CASE("base64: the url form refuses padding, a single left-over digit and left-over bits") {
    const auto text =
        GENERATE(as<std::string>{}, "Zg==", "Zm8=", "Zh", "Zm9", "Z", "Zm9vY", "Zg=", "Zg ", "=", "Zm9v=");
    CAPTURE(text);
    CHECK_FALSE(decodes(text, url));
}

TEST_CASE("base64: of all short texts over a mixed alphabet, exactly the encodings of some bytes decode") {
    const auto form = GENERATE(padded, url);
    // Given the encodings of all one and two bytes; of three bytes there is no left-over: any four digits are one.
    std::set<std::string> encodings{""};
    for (int i = 0; i < 256; ++i) {
        encodings.insert(encoded({static_cast<unsigned char>(i)}, form));
        for (int j = 0; j < 256; ++j) {
            encodings.insert(encoded({static_cast<unsigned char>(i), static_cast<unsigned char>(j)}, form));
        }
    }
    const std::string digits = form == padded ? "AQgwBCEI+/" : "AQgwBCEI-_";
    const std::string others = form == padded ? "-_= \n\x80" : "+/= \n\x80";
    const std::string alphabet = digits + others + std::string(1, '\0');

    std::vector<std::string> texts{""};
    std::size_t accepted = 0;
    for (int length = 0; length <= 4; ++length) {
        for (const std::string& text : texts) {
            const bool four_digits = length == 4 && text.find_first_not_of(digits) == std::string::npos;
            const bool expected = four_digits || encodings.count(text) != 0;
            const heap_copy copy{text};
            byte_vector out(3);
            const std::size_t size = decode_base64(copy.view(), out, form);
            if ((size != not_base64) != expected) FAIL("text '" << text << "'");
            if (size == not_base64) continue;
            ++accepted;
            out.resize(size);
            if (encoded(out, form) != text) FAIL("text '" << text << "' is not canonical");
        }
        std::vector<std::string> longer;
        for (const std::string& text : texts) {
            for (const char c : alphabet)
                longer.push_back(text + c);
        }
        texts = std::move(longer);
    }
    CHECK(accepted > 10'000);
}

TEST_CASE("base64: each byte is a digit of its form, at each of four places, or refuses the whole text") {
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for (int i = 0; i < 256; ++i) {
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "AAAA";
            text[place] = byte(i);
            CAPTURE(i, place);
            const bool common = letters.find(byte(i)) != std::string::npos;
            // One '=' at the end is padding, and the 'A' before it leaves no bits over.
            CHECK(decodes(text, padded) == (common || i == '+' || i == '/' || (i == '=' && place == 3)));
            CHECK(decodes(text, url) == (common || i == '-' || i == '_'));
            CHECK((decoded_secret(text) != "refused")
                  == (common || i == '+' || i == '/' || (i == '=' && place == 3)));
        }
    }
}

TEST_CASE("base64: bytes of every length come back, and nothing is read or written beyond their ends") {
    const auto form = GENERATE(padded, url);
    std::mt19937 random{4648};
    for (std::size_t size = 0; size <= 100; ++size) {
        byte_vector bytes(size);
        for (auto& b : bytes)
            b = static_cast<unsigned char>(random());
        const std::string text = encoded(bytes, form);
        byte_vector out(size);
        REQUIRE(decode_base64(heap_copy{text}.view(), out, form) == size);
        CHECK(out == bytes);
        if (form == url) continue;
        byte_vector secret(size);
        REQUIRE(decode_base64_secret(heap_copy{text}.view(), secret) == size);
        CHECK(secret == bytes);
    }
}

TEST_CASE("base64: more bytes than there is room for are refused, and a larger room is left as it was") {
    byte_vector small(3);
    CHECK(decode_base64("Zm9vYg==", small, padded) == not_base64);
    CHECK(decode_base64("Zm9vYg", small, url) == not_base64);
    CHECK(decode_base64_secret("Zm9vYg", small) == not_base64);
    CHECK(decode_base64("Zg==", {}, padded) == not_base64);
    CHECK(decode_base64("", {}, padded) == 0);

    byte_vector large(6, 0xee);
    CHECK(decode_base64("Zm9vYg==", large, padded) == 4);
    CHECK(large[4] == 0xee);
    CHECK(large[5] == 0xee);
}

TEST_CASE(
    "base64: a configured secret decodes with or without padding, and its left-over bits do not count") {
    const auto [text, hex] = GENERATE(table<std::string, std::string>(
        {{"", ""},
         {"Zg==", "66"},
         {"Zg", "66"},
         {"Zm8=", "666f"},
         {"Zm8", "666f"},
         {"Zh", "66"},
         {"Zh==", "66"},
         {"Zm9=", "666f"},
         {"+//+", "fbfffe"},
         // Secrets as they are met: 34 digits without padding, and bits left over behind the last byte.
         {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwBr", "31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b006"},
         {"a2tra2tra2tra2tra2traw", "6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b"},
         {"a2tra2tra2tra2tra2trax==", "6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b"},
         {"aaaaaaaaaa==", "69a69a69a69a69"}}));
    CAPTURE(text);
    CHECK(decoded_secret(text) == hex);
}

TEST_CASE("base64: a configured secret with anything else in it is refused") {
    const auto text =
        GENERATE(as<std::string>{}, "v1,whsec_AQIDBAUG", "AQID,AQID", "AQ-D", "AQ_D", " AQID", "AQID ",
                 "AQID\n", "AQ\nID", "AQID\r\n", "A", "AQIDB", "Zg=", "Zg===", "====", "==", "=",
                 "A===", "Zg==Zg==", "Z=g=", "Zm8==", "AQI\xc3\xa9", "AQI.", "AQI:", "AQI@", "AQI[", "AQI`",
                 "AQI{", "AQI*", "AQI,");
    CAPTURE(text);
    CHECK(decoded_secret(text) == "refused");
    CHECK(decoded_secret(std::string("AQI\0", 4)) == "refused");
}
