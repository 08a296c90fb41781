// SPDX-License-Identifier: MIT
#include <hookseal/schemes/canonical_json.hpp>

#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;

namespace {

std::string canonical(std::string_view document) {
    return hookseal_tests::written(text::of(document, &readers::canonical_json), request{});
}

/// Documents, and other spellings of them.
class writer {
public:
    nlohmann::json document(int depth = 0) {
        switch (random_() % (depth < 4 ? 6 : 4)) {
        case 0: return nullptr;
        case 1: return random_() % 2 == 0;
        case 2: return static_cast<int>(random_() % 2000) - 1000;
        case 3: return string();
        case 4: {
            auto all = nlohmann::json::array();
            for (auto n = random_() % 5; n > 0; --n)
                all.push_back(document(depth + 1));
            return all;
        }
        default: {
            auto all = nlohmann::json::object();
            for (auto n = random_() % 8; n > 0; --n)
                all[string()] = document(depth + 1);
            return all;
        }
        }
    }

    std::string spelled(const nlohmann::json& value) {
        std::vector<std::string> parts;
        if (value.is_object())
            for (const auto& [name, member] : value.items())
                parts.push_back(spelled(name) + space() + ":" + spelled(member));
        else if (value.is_array())
            for (const auto& element : value)
                parts.push_back(spelled(element));
        else
            return space() + (value.is_string() ? quoted(value.get<std::string>()) : value.dump()) + space();
        if (value.is_object()) std::shuffle(parts.begin(), parts.end(), random_);
        std::string all;
        for (const std::string& part : parts)
            all += (all.empty() ? "" : ",") + part;
        return space() + (value.is_object() ? '{' + all + space() + '}' : '[' + all + space() + ']')
               + space();
    }

private:
    std::string string() {
        static const std::string pieces[] = {"a",  "b",    "B",    "\"", "\\", "/", "\n",
                                             "\b", "\x1f", "\x7f", "ä",  "€",  "<"};
        std::string all;
        for (auto n = random_() % 6; n > 0; --n)
            all += pieces[random_() % std::size(pieces)];
        return all;
    }

    std::string quoted(const std::string& text) {
        std::string all;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            const bool must = byte < 0x20 || c == '"' || c == '\\';
            char escape[8];
            std::snprintf(escape, sizeof escape, random_() % 2 == 0 ? "\\u%04x" : "\\u%04X", byte);
            all += must || (byte < 0x80 && random_() % 3 == 0) ? escape : std::string(1, c);
        }
        return '"' + all + '"';
    }

    std::string space() { return std::string(random_() % 2, " \n\t\r"[random_() % 4]); }

    std::mt19937 random_{11};
};

} // namespace

TEST_CASE("canonical_json: white space goes, members are sorted, all else stays") {
    CHECK(canonical(R"({"b":2,"a":1})") == R"({"a":1,"b":2})");
    CHECK(canonical(" { \"b\" : [ 1 , { \"y\":null,\"x\":true } ] ,\n\"a\":\t{ } } ")
          == R"({"a":{},"b":[1,{"x":true,"y":null}]})");
    CHECK(canonical(R"({"a":[[],[{}],[[1,2]]]})") == R"({"a":[[],[{}],[[1,2]]]})");
    CHECK(canonical(" [ ] ") == "[]");
    CHECK(canonical(" \"x\" ") == "\"x\"");
    CHECK(canonical(" -1.50e+3 ") == "-1.50e+3");
    CHECK(canonical("").empty());
}

TEST_CASE("canonical_json: strings are escaped as RFC 8785, section 3.2.2.2, says") {
    CHECK(canonical(R"("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/")")
          == "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    CHECK(canonical(R"("\u0008\u0009\u000a\u000b\u000c\u000d\u007f\u0000")")
          == "\"\\b\\t\\n\\u000b\\f\\r\x7f\\u0000\"");
    CHECK(canonical(R"("\ud83d\ude02")") == "\"😂\"");
}

TEST_CASE("canonical_json: names are sorted as RFC 8785, section 3.2.3, says") {
    CHECK(
        canonical(
            R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",)"
            R"("1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter)"
            R"( O With Diaeresis"})")
        == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\",\"ö\":\"Latin Small Letter O "
           "With "
           "Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\xef\xac\xb3\":\"Hebrew Letter "
           "Dalet With "
           "Dagesh\"}");
    CHECK(canonical(R"({"ab":1,"a":2,"":3,"\u0061a":4})") == R"({"":3,"a":2,"aa":4,"ab":1})");
}

TEST_CASE("canonical_json: what is no JSON, or could be read in two ways, is refused") {
    for (const char* document :
         {"{", "{\"a\":1", "{\"a\":1}x", "a", "01", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":1}",
          "{\"a\":1,\"\\u0061\":2}", "{\"x\":{\"b\":1,\"a\":2,\"b\":3}}", " ", "\"\\ud800\"", "\"\n\""}) {
        CAPTURE(document);
        CHECK(canonical(document) == "(refused)");
    }
    CHECK(canonical(R"([{"a":1},{"a":1}])") == R"([{"a":1},{"a":1}])");
    CHECK(canonical(std::string(64, '[') + std::string(64, ']')).size() == 128);
    CHECK(canonical(std::string(65, '[') + std::string(65, ']')) == "(refused)");
}

TEST_CASE(
    "canonical_json: there is room for so many members in all open objects, and for any number that follow") {
    const auto object = [](std::size_t members, const std::string& last) {
        std::string all = "{";
        for (std::size_t i = 1; i < members; ++i)
            all += "\"" + std::to_string(10'000 + i) + "\":0,";
        return all + "\"20000\":" + last + "}";
    };
    const std::string most = object(max_canonical_members, "0");
    CHECK(canonical(most) == most);
    CHECK(canonical("[" + most + "," + most + "]") == "[" + most + "," + most + "]");
    CHECK(canonical(object(max_canonical_members + 1, "0")) == "(refused)");
    const std::string nested = object(max_canonical_members / 2, object(max_canonical_members / 2, "0"));
    CHECK(canonical(nested) == nested);
    CHECK(canonical(object(max_canonical_members / 2, object(max_canonical_members / 2 + 1, "0")))
          == "(refused)");
}

TEST_CASE("canonical_json: every spelling of a document comes out as nlohmann's library writes it") {
    writer w;
    for (int i = 0; i < 500; ++i) {
        const nlohmann::json document = w.document();
        const std::string spelled = w.spelled(document);
        CAPTURE(spelled);
        CHECK(canonical(spelled) == document.dump());
    }
}
