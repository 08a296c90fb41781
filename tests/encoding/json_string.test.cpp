// SPDX-License-Identifier: MIT
#include <hookseal/encoding/json_string.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

std::string unescaped(std::string_view raw) {
    const heap_copy copy{raw};
    std::string text;
    const bool read = unescape_json(copy.view(), [&text](std::string_view piece) {
        text += piece;
        return true;
    });
    return read ? text : "refused";
}

constexpr bool works_at_compile_time() {
    std::size_t size = 0;
    char last = 0;
    const bool read = unescape_json("caf\\u00e9 \\n", [&](std::string_view piece) noexcept {
        size += piece.size();
        last = piece.back();
        return true;
    });
    return read && size == 7 && last == '\n';
}
static_assert(works_at_compile_time());

} // namespace

TEST_CASE("json string: escapes become what RFC 8259 section 7 says") {
    const auto [raw, text] = GENERATE(
        table<std::string, std::string>({{"", ""},
                                         {"plain text of some length", "plain text of some length"},
                                         {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
                                         {R"(a\/b)", "a/b"},
                                         {R"(\u0041)", "A"},
                                         {R"(\u00e4\u00E4)", "\xc3\xa4\xc3\xa4"},
                                         {R"(\u20ac)", "\xe2\x82\xac"},
                                         {R"(\ud834\udd1e)", "\xf0\x9d\x84\x9e"}, // RFC 8259's G clef
                                         {R"(\uD834\uDD1E)", "\xf0\x9d\x84\x9e"},
                                         {R"(\ud800\udc00)", "\xf0\x90\x80\x80"},
                                         {R"(\udbff\udfff)", "\xf4\x8f\xbf\xbf"},
                                         {R"(\ud7ff\ue000\uffff)", "\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"},
                                         {R"(\\u0041)", "\\u0041"},
                                         {"caf\xc3\xa9", "caf\xc3\xa9"},
                                         {"\x7f", "\x7f"}}));
    CAPTURE(raw);
    CHECK(unescaped(raw) == text);
}

TEST_CASE("json string: an escaped NUL is a byte like others") {
    CHECK(unescaped(R"(a\u0000b)") == std::string("a\0b", 3));
}

TEST_CASE("json string: a text that could not stand between quotes is refused") {
    const auto raw =
        GENERATE(as<std::string>{}, "\\", "a\\", R"(\x)", R"(\')", R"(\U0041)", R"(\u)", R"(\u004)",
                 R"(\u00g1)", R"(\u+041)", R"(\u 041)", R"(\ud800)", R"(\ud800x)", R"(\ud800\n)",
                 R"(\ud800\ud800)", R"(\ud800\u0041)", R"(\ud800\udc0)", R"(\ud800\)", R"(\ud800\u)",
                 R"(\udc00)", R"(\udfff\ud800)", R"(\udc00\ud800)", "a\"b", "a\nb", "\t", "\x1f");
    CAPTURE(raw);
    CHECK(unescaped(raw) == "refused");
    CHECK(unescaped(std::string_view("a\0b", 3)) == "refused");
}

TEST_CASE("json string: each escaped code point becomes the UTF-8 that another JSON reader makes of it") {
    for (unsigned unit = 0; unit <= 0xffff; ++unit) {
        char raw[16];
        std::snprintf(raw, sizeof raw, "\\u%04x", unit);
        if (unit >= 0xd800 && unit < 0xe000) {
            if (unescaped(raw) != "refused") FAIL(raw);
            continue;
        }
        const auto expected = nlohmann::json::parse('"' + std::string(raw) + '"').get<std::string>();
        if (unescaped(raw) != expected) FAIL(raw);
    }
    for (unsigned high = 0xd800; high < 0xdc00; high += 3) {
        for (const unsigned low : {0xdc00U, 0xdc01U, 0xdd5aU, 0xdfffU}) {
            char raw[16];
            std::snprintf(raw, sizeof raw, "\\u%04X\\u%04x", high, low);
            const auto expected = nlohmann::json::parse('"' + std::string(raw) + '"').get<std::string>();
            if (unescaped(raw) != expected) FAIL(raw);
        }
    }
    SUCCEED();
}

TEST_CASE("json string: the receiver of the pieces can stop the reading, and never gets an empty piece") {
    std::string text;
    const bool read = unescape_json(R"(one\ttwo\tthree)", [&text](std::string_view piece) {
        CHECK_FALSE(piece.empty());
        text += piece;
        return text.size() < 4;
    });
    CHECK_FALSE(read);
    CHECK(text == "one\t");
}
