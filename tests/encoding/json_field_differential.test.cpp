// SPDX-License-Identifier: MIT
// Documents made at random, and broken at random, are read by nlohmann::json as well.
#include <hookseal/encoding/json_field.hpp>

#include "encoding/json_reference.hpp"
#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;
using hookseal_tests::heap_copy;
using hookseal_tests::json_reference::tally;

namespace {

/// Makes documents. The words are few, so that names repeat and look alike.
class generator {
public:
    explicit generator(unsigned seed) : random_{seed} {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    // Piece by piece: a sum's operands are made in an order that each compiler chooses.
    std::string document() {
        std::string text = space();
        text += value(0);
        return text += space();
    }

    std::string broken(std::string text) {
        static constexpr std::string_view bytes =
            "{}[]:,\"\\/ \t\n\r019-+.eEtfnulrasbdcu\x01\x1f\x7f\x80\xc3\xff";
        for (std::size_t i = 1 + below(3); i > 0; --i) {
            const std::size_t at = below(text.size() + 1);
            const std::size_t other = below(text.size() + 1);
            switch (below(6)) {
            case 0: text.erase(at, 1 + below(3)); break;
            case 1: text.insert(at, 1, below(60) == 0 ? '\0' : bytes[below(bytes.size())]); break;
            case 2:
                if (at < text.size()) text[at] = bytes[below(bytes.size())];
                break;
            case 3: text.insert(at, text.substr(other, below(12))); break;
            case 4: text.resize(at); break;
            default:
                if (at < text.size() && other < text.size()) std::swap(text[at], text[other]);
                break;
            }
        }
        return text;
    }

private:
    std::mt19937 random_;

    template <std::size_t Size>
    std::string one_of(const char* const (&words)[Size]) {
        return words[below(Size)];
    }

    std::string space() { return one_of({"", "", "", "", "", " ", "\n", "\r\n\t", "         "}); }

    std::string number() {
        return one_of({"0", "-0", "1", "-1", "10", "1767225600", "9007199254740993", "18446744073709551616",
                       "-9223372036854775808", "1.5", "-0.0", "1e5", "1E+2", "2.50e-3", "0e0",
                       "0.1234567890123", "1e22", "1e308"});
    }

    std::string string() {
        std::string text = "\"";
        for (std::size_t i = below(5); i > 0; --i) {
            text += one_of({"a",
                            "b",
                            "id",
                            ".",
                            "0",
                            " ",
                            "{",
                            "]",
                            ",",
                            "\\\"",
                            "\\\\",
                            "\\/",
                            "\\b",
                            "\\n",
                            "\\t",
                            "\\u0061",
                            "\\u0000",
                            "\\u00e9",
                            "\\uD834\\udd1e",
                            "\xc3\xa9",
                            "\xe2\x82\xac",
                            "\xf0\x9d\x84\x9e",
                            "\x7f",
                            "sixteen letters.",
                            "eight by"});
        }
        return text + '"';
    }

    std::string name() {
        if (below(6) == 0) return string();
        return one_of({"\"a\"", "\"b\"", "\"id\"", "\"\\u0069d\"", "\"0\"", "\"1\"", "\"a.b\"", "\"\"",
                       "\"\\\\\"", "\"a\\\\.b\"", "\"event-data\"", "\"\xc3\xa9\"", "\"\\u00E9\"", "\"type\"",
                       "\"\\/\""});
    }

    std::string value(int depth) {
        const std::size_t choice = below(depth > 5 ? 5 : 11);
        if (choice == 0) return one_of({"null", "true", "false"});
        if (choice <= 2) return number();
        if (choice <= 4) return string();
        const bool object = choice <= 8;
        std::string text = object ? "{" : "[";
        text += space();
        for (std::size_t i = 0, size = below(5); i < size; ++i) {
            if (i > 0) (text += ',') += space();
            if (object) {
                text += name();
                text += space();
                text += ':';
            }
            text += space();
            text += value(depth + 1);
            text += space();
        }
        return text += object ? '}' : ']';
    }
};

void compare(const std::string& document, tally& counts) {
    if (const std::string found = hookseal_tests::json_reference::difference(document, counts);
        !found.empty())
        FAIL(found);
}

} // namespace

TEST_CASE("json field: documents made at random have the values that another reader finds") {
    generator make{8259};
    tally counts;
    for (int i = 0; i < 3000; ++i)
        compare(make.document(), counts);
    CHECK(counts.accepted > 2000);
    CHECK(counts.refused == 0);
    CHECK(counts.values > 10'000);
    CHECK(counts.repeated > 500);
}

TEST_CASE("json field: documents broken at random are refused by both readers or by neither") {
    generator make{7159};
    tally counts;
    for (int i = 0; i < 4000; ++i) {
        const std::string document = make.document();
        for (int j = 0; j < 5; ++j)
            compare(make.broken(document), counts);
    }
    CHECK(counts.accepted > 2000);
    CHECK(counts.refused > 5000);
    CHECK(counts.values > 10'000);
}

TEST_CASE("json field: every beginning of a document is refused by both readers or by neither") {
    generator make{4627};
    tally counts;
    for (int i = 0; i < 150; ++i) {
        const std::string document = make.document();
        for (std::size_t size = 0; size <= document.size(); ++size)
            compare(document.substr(0, size), counts);
    }
    CHECK(counts.accepted > 150);
    CHECK(counts.refused > 3000);
}

TEST_CASE("json field: of all texts of up to five characters the readers accept the same") {
    static constexpr std::string_view bytes = "{}[]:,\"\\01-.e n";
    tally counts;
    std::vector<std::string> texts{""};
    for (int length = 0; length <= 5; ++length) {
        std::vector<std::string> longer;
        for (const std::string& text : texts) {
            const heap_copy copy{text};
            const bool ours = find_json_field(copy.view(), "0").kind != json_kind::malformed;
            // The refusal of a repeated name needs more than five characters: "0" twice has thirteen.
            if (ours != nlohmann::json::accept(text)) FAIL(text);
            ++(ours ? counts.accepted : counts.refused);
            if (length == 5) continue;
            for (const char c : bytes)
                longer.push_back(text + c);
        }
        texts = std::move(longer);
    }
    CHECK(counts.accepted > 1000);
}
