// SPDX-License-Identifier: MIT
#include <hookseal/encoding/json_cursor.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

/// How much of a text is one number, or npos.
std::size_t number_size(std::string_view text) {
    const heap_copy copy{text};
    json_cursor in{copy.view()};
    const char* const start = in.at;
    return in.skip_number() ? in.since(start).size() : std::string_view::npos;
}

std::size_t plain_size(std::string_view text) {
    const heap_copy copy{text};
    json_cursor in{copy.view()};
    const char* const start = in.at;
    in.skip_plain();
    return in.since(start).size();
}

} // namespace

TEST_CASE("json cursor: a number ends where RFC 8259's grammar ends it") {
    const auto [text, size] =
        GENERATE(table<std::string, std::size_t>({{"0", 1},
                                                  {"-0", 2},
                                                  {"10", 2},
                                                  {"01", 1}, // the rest is refused by what comes next
                                                  {"1.5", 3},
                                                  {"1.50e+10,", 8},
                                                  {"1E-7", 4},
                                                  {"0e0", 3},
                                                  {"12]", 2},
                                                  {"1-2", 1}}));
    CAPTURE(text);
    CHECK(number_size(text) == size);
}

TEST_CASE("json cursor: half a number is none") {
    const auto text = GENERATE(as<std::string>{}, "", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "-a", "NaN",
                               "Infinity", "--1", "1.-5");
    CAPTURE(text);
    CHECK(number_size(text) == std::string_view::npos);
}

TEST_CASE(
    "json cursor: plain text ends at the first quote, backslash or control character, wherever it stands") {
    for (int i = 0; i < 256; ++i) {
        const auto c = static_cast<char>(static_cast<unsigned char>(i));
        const bool special = i < 0x20 || c == '"' || c == '\\';
        for (std::size_t size = 1; size <= 25; ++size) {
            for (std::size_t at = 0; at < size; ++at) {
                std::string text(size, '~');
                text[at] = c;
                if (plain_size(text) != (special ? at : size))
                    FAIL("byte " << i << " at " << at << " of " << size);
                // A second one behind it must not matter: word-wise tests carry from byte to byte.
                if (at + 1 < size) text[at + 1] = '"';
                const std::size_t expected = special || at + 1 == size ? (special ? at : size) : at + 1;
                if (plain_size(text) != expected)
                    FAIL("byte " << i << " at " << at << " of " << size << ", quote behind");
            }
        }
    }
    CHECK(plain_size("") == 0);
}

TEST_CASE("json cursor: an escape is one of eight letters or four hexadecimal digits") {
    for (int i = 0; i < 256; ++i) {
        CAPTURE(i);
        const std::string text{'\\', static_cast<char>(static_cast<unsigned char>(i))};
        const heap_copy copy{text};
        json_cursor in{copy.view()};
        std::uint32_t code_point = 0;
        const std::string_view letters = "\"\\/bfnrt";
        const std::string_view meanings = "\"\\/\b\f\n\r\t";
        const auto at = letters.find(text[1]);
        const bool is_escape = in.read_escape(code_point);
        CHECK(is_escape == (at != std::string_view::npos));
        if (is_escape) CHECK(code_point == static_cast<unsigned char>(meanings[at]));
    }
}

TEST_CASE("json cursor: any value of a valid document can be passed over") {
    for (const char* value :
         {"1", "-1.5e+3", "true", "null", "\"\"", "\"a\\\"b]}\"", "[]", "{}", "[1,2]", "{\"a\":1}",
          "[[\"]\",{\"}\":[{}]}],0]", "{\"a\":[1,{\"b\":\"{\"}], \"c\" : null}"}) {
        for (const char* behind : {"", ",1", " ,", "]", "}", "\n"}) {
            CAPTURE(value, behind);
            const heap_copy copy{std::string(value) + behind};
            json_cursor in{copy.view()};
            const char* const start = in.at;
            REQUIRE(in.skip_value());
            CHECK(in.since(start) == value);
        }
    }
    for (const char* cut : {"", "[", "{\"a\":1", "\"a", "[[]"}) {
        CAPTURE(cut);
        const heap_copy copy{cut};
        json_cursor in{copy.view()};
        CHECK_FALSE(in.skip_value());
    }
}
