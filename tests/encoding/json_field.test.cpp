// SPDX-License-Identifier: MIT
#include <hookseal/encoding/json_field.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

/// Kind and raw text in one, as `string:abc`, so that a table of them reads easily.
std::string found(std::string_view document, std::string_view path) {
    static constexpr const char* names[] = {"missing", "malformed", "null",   "boolean",
                                            "number",  "string",    "object", "array"};
    const heap_copy copy{document};
    const json_value value = find_json_field(copy.view(), path);
    std::string text = names[static_cast<int>(value.kind)];
    if (value.kind != json_kind::missing && value.kind != json_kind::malformed) {
        text += value.escaped ? "\\:" : ":";
        text += value.raw;
    } else {
        CHECK(value.raw.empty());
    }
    return text;
}

std::string nested(std::size_t depth, std::string_view open, std::string_view inner, std::string_view close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i)
        text += open;
    text += inner;
    for (std::size_t i = 0; i < depth; ++i)
        text += close;
    return text;
}

constexpr std::string_view slack =
    R"({"team_id":"T1","event":{"type":"app_mention","ts":"1.0"},"event_id":"Ev1"})";
static_assert(find_json_field(slack, "event.type").raw == "app_mention");
static_assert(find_json_field(slack, "event_id").kind == json_kind::string);
static_assert(find_json_field(slack, "event_id.x").kind == json_kind::missing);
static_assert(find_json_field(slack.substr(0, 40), "event_id").kind == json_kind::malformed);
static_assert(json_value{}.kind == json_kind::missing);
static_assert(noexcept(find_json_field("", "")));

} // namespace

TEST_CASE("json field: a path leads through members and elements to a value as it stands") {
    const std::string document = R"( {"a": {"b": [10, {"c": "x\ny", "d": null}, [true, false]], "": -1.5e3},
                                     "event-data": {"id": "7"}, "0": "zero", "é": {}, "e": [ ] } )";
    const auto [path, value] =
        GENERATE(table<std::string, std::string>({{"a.b.0", "number:10"},
                                                  {"a.b.1.c", "string\\:x\\ny"},
                                                  {"a.b.1.d", "null:null"},
                                                  {"a.b.2", "array:[true, false]"},
                                                  {"a.b.2.0", "boolean:true"},
                                                  {"a.b.2.1", "boolean:false"},
                                                  {"a.", "number:-1.5e3"},
                                                  {"a.b.1", R"(object:{"c": "x\ny", "d": null})"},
                                                  {"event-data.id", "string:7"},
                                                  {"0", "string:zero"},
                                                  {"é", "object:{}"},
                                                  {"e", "array:[ ]"},
                                                  {"a.b.3", "missing"},
                                                  {"a.b.2.2", "missing"},
                                                  {"a.b.00", "missing"},
                                                  {"a.b.-0", "missing"},
                                                  {"a.b.+1", "missing"},
                                                  {"a.b.", "missing"},
                                                  {"a.b.99999999999999999999", "missing"},
                                                  {"a.b.0.0", "missing"},
                                                  {"a.b.1.d.x", "missing"},
                                                  {"a.b.1.c.0", "missing"},
                                                  {"b", "missing"},
                                                  {"c", "missing"},
                                                  {"id", "missing"},
                                                  {"A", "missing"},
                                                  {"a.b.1.c ", "missing"},
                                                  {"1", "missing"}}));
    CAPTURE(path);
    CHECK(found(document, path) == value);
}

TEST_CASE("json field: the empty path is the document itself, whatever value that is") {
    const auto [document, value] =
        GENERATE(table<std::string, std::string>({{" null ", "null:null"},
                                                  {"\t\r\n true", "boolean:true"},
                                                  {"-0", "number:-0"},
                                                  {"\"\"", "string:"},
                                                  {"\"abc\"", "string:abc"},
                                                  {" [ 1 ] ", "array:[ 1 ]"},
                                                  {"{}", "object:{}"},
                                                  {R"({"":1})", R"(object:{"":1})"}}));
    CAPTURE(document);
    CHECK(found(document, "") == value);
    CHECK(found(document, "a") == "missing");
    CHECK(found(document, "0.a") == "missing");
}

TEST_CASE("json field: a number is text of the right form, however large its value") {
    CHECK(found("1e400", "") == "number:1e400");
    CHECK(found(R"({"a":123456789012345678901234567890})", "a") == "number:123456789012345678901234567890");
}

TEST_CASE("json field: a field of the same name elsewhere is not the one the path leads to") {
    CHECK(found(R"({"x":{"id":"inner"},"id":"outer"})", "id") == "string:outer");
    CHECK(found(R"({"x":[{"id":"inner"}],"y":{"x":{"id":2}}})", "id") == "missing");
    CHECK(found(R"({"a":[{"b":1},{"c":2}],"b":3})", "a.1.b") == "missing");
    CHECK(found(R"({"a":{"x":1},"b":{"c":{"a":9}}})", "b.a") == "missing");
    CHECK(found(R"(["a","id",{"id":"x"}])", "id") == "missing");
    CHECK(found(R"([["a","b"],2,3,4,[0,0,0,0,0,"sixth"]])", "0.5") == "missing");
    CHECK(found(R"({"note":"\"id\":\"forged\"","id":"real"})", "id") == "string:real");
}

TEST_CASE("json field: names are compared unescaped, and a path may escape dots and backslashes") {
    CHECK(found(R"({"\u0069\u0064":"x"})", "id") == "string:x");
    CHECK(found(R"({"a\/b":1})", "a/b") == "number:1");
    CHECK(found(R"({"a.b":1,"a":{"b":2}})", R"(a\.b)") == "number:1");
    CHECK(found(R"({"a.b":1,"a":{"b":2}})", "a.b") == "number:2");
    CHECK(found(R"({"a\\b":1})", R"(a\\b)") == "number:1");
    CHECK(found(R"({"a\\.b":{"c":1}})", R"(a\\\.b.c)") == "number:1");
    CHECK(found(R"({"a\u002eb":{"c.d":1}})", R"(a\.b.c\.d)") == "number:1");
    CHECK(found(R"({"\ud834\udd1e":1})", "\xf0\x9d\x84\x9e") == "number:1");
    CHECK(found(R"({"id\u0000":1})", "id") == "missing");
    CHECK(found(R"({"i\u0064x":1})", "id") == "missing");
    CHECK(found(R"({"\u0069":1})", "id") == "missing");
}

TEST_CASE("json field: a backslash that a path ends with stands for itself") {
    CHECK(found(R"({"a\\":1})", "a\\") == "number:1");
    CHECK(found(R"({"a":1})", "a\\") == "missing");
}

TEST_CASE("json field: a name on the path that occurs twice refuses the document, escaped or not") {
    const auto [document, path] = GENERATE(table<std::string, std::string>({
        {R"({"id":"a","id":"b"})", "id"},
        {R"({"id":"a","id":"a"})", "id"},
        {R"({"id":"a","x":0,"\u0069d":"b"})", "id"},
        {R"({"a":{"id":1},"a":{"id":1}})", "a.id"},
        {R"({"a":{"id":1},"a":7})", "a.id"},
        {R"({"a":7,"a":{"id":1}})", "a.id"},
        {R"({"a":{},"b":{"x":[{}]},"a":{}})", "a.id"},
        {R"({"a":{"id":1,"id":2}})", "a.id"},
        {R"({"a":{"id":[1],"id":2}})", "a.id.5"},
        {R"([{"id":1,"id":2}])", "0.id"},
        {R"({"":1,"b":2,"":3})", ".x"},
    }));
    CAPTURE(document, path);
    CHECK(found(document, path) == "malformed");
}

TEST_CASE("json field: a name that occurs twice away from the path does not matter") {
    CHECK(found(R"({"x":1,"x":2,"id":"a"})", "id") == "string:a");
    CHECK(found(R"({"x":{"id":1,"id":2},"id":"a"})", "id") == "string:a");
    CHECK(found(R"([{"id":1,"id":2},{"id":3}])", "1.id") == "number:3");
    CHECK(found(R"({"id":{"x":1,"x":2}})", "id") == R"(object:{"x":1,"x":2})");
    CHECK(found(R"({"a":[{"id":1},{"id":2}]})", "a.0.id") == "number:1");
}

TEST_CASE("json field: what RFC 8259 does not allow is refused, wherever the path leads") {
    const auto document = GENERATE(
        as<std::string>{}, "", " ", "{", "}", "[", "]", "{]", "[}", "{}{}", "{} x", "[] []", "1 2", "nul",
        "nulll", "True", "NULL", "truefalse", "undefined", "NaN", "Infinity", "-Infinity", "'a'", "a", "\"",
        "\"a", "\"a\\\"", "\"\n\"", "\"\t\"", "\"\x01\"", R"("\x41")", R"("\u12")", R"("\ud800")",
        R"("\udc00")", R"(["\ud800\ud800"])", "[1,]", "[,1]", "[,]", "[1 2]", "[1,,2]", "[1", "[1,", "[1}",
        "[\"a\":1]", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{1:1}",
        "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{\"a\"::1}", "{\"a\":1]", "{null:1}", "{\"a\":1;\"b\":2}",
        "{\"a\"=1}", "{'a':1}", "{\"a\":1", "{\"a\":", "{\"a\"", "{\"", "01", "-", "+1", ".5", "1.", "1.e1",
        "1e", "1e+", "-01", "0x1", "1_0", "[01]", "[-]", "[1.]", "--1", "1.2.3", "1e1.5", "// c\n1",
        "/* c */1", "[1 /* c */]", "# c\n1", "1\f", "\v1",
        "\xc2\xa0"
        "1",
        "\xef\xbb\xbf{}", "{\"a\":1}\x1a");
    CAPTURE(document);
    CHECK(found(document, "") == "malformed");
    CHECK(found(document, "a") == "malformed");
    CHECK(found(document, "0.a") == "malformed");
    CHECK(found("{\"id\":\"x\",\"y\":" + document + "}", "id") == "malformed");
    CHECK(found("{\"id\":\"x\"}" + (document == "" || document == " " ? "!" : document), "id")
          == "malformed");
}

TEST_CASE("json field: a NUL byte is refused, not taken for the end") {
    CHECK(found(std::string_view("1\0", 2), "") == "malformed");
    CHECK(found(std::string_view("\0", 1), "") == "malformed");
    CHECK(found(std::string_view("{\"a\":1}\0", 8), "a") == "malformed");
    CHECK(found(std::string_view("{\"a\":\"\0\"}", 9), "a") == "malformed");
}

TEST_CASE("json field: no beginning of a document is a document") {
    const std::string document =
        R"({"a":[1.5e-7,"x\u00e9\ud834\udd1e\\",{"b":[[],{}]}],"c":true,"d":false,"e":null,"f":"0123456789abcdef"})";
    REQUIRE(found(document, "e") == "null:null");
    for (std::size_t size = 0; size < document.size(); ++size) {
        CAPTURE(size);
        CHECK(found(document.substr(0, size), "a.0") == "malformed");
    }
}

TEST_CASE("json field: 64 levels are read and 65 are refused") {
    CHECK(max_json_depth == 64);
    CHECK(found(nested(64, "[", "", "]"), "") == "array:" + nested(64, "[", "", "]"));
    CHECK(found(nested(65, "[", "", "]"), "") == "malformed");
    CHECK(found(nested(64, "{\"a\":", "1", "}"), "") != "malformed");
    CHECK(found(nested(65, "{\"a\":", "1", "}"), "") == "malformed");
    CHECK(found(nested(32, "[{\"a\":", "1", "}]"), "") != "malformed");
    CHECK(found(nested(32, "[{\"a\":", "[]", "}]"), "") == "malformed");
    CHECK(found(std::string(100'000, '['), "") == "malformed");
    CHECK(found(nested(100'000, "[", "", "]"), "") == "malformed");
    // Siblings do not add up.
    std::string siblings = "[0";
    for (int i = 0; i < 1000; ++i)
        siblings += ",[{}]";
    CHECK(found(siblings + "]", "1000.0") == "object:{}");
}

TEST_CASE("json field: a path leads down to the deepest level and ends there") {
    std::string path = "a";
    for (int i = 1; i < 64; ++i)
        path += ".a";
    const std::string document = nested(64, "{\"a\":", "\"deep\"", "}");
    CHECK(found(document, path) == "string:deep");
    CHECK(found(document, path + ".a") == "missing");
    CHECK(found(document, path + ".a.a.a.a") == "missing");
}

TEST_CASE("json field: bytes that are not UTF-8 pass in strings alone") {
    CHECK(found("{\"a\":\"\xff\xfe\"}", "a") == "string:\xff\xfe");
    CHECK(found("{\"\xff\":1}", "\xff") == "number:1");
    CHECK(found("\xff", "") == "malformed");
}
