// SPDX-License-Identifier: MIT
#include <hookseal/encoding/json_field.hpp>
#include <hookseal/encoding/json_items.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using hookseal::json_items;
using document = nlohmann::json;

namespace {

std::vector<std::string> items_of(std::string_view array) {
    std::vector<std::string> all;
    std::string_view item;
    for (json_items items(array); items.next(item);)
        all.emplace_back(item);
    return all;
}

} // namespace

TEST_CASE("json_items: elements come one after the other, as they stand") {
    using list = std::vector<std::string>;
    CHECK(items_of("[]").empty());
    CHECK(items_of(" [ \n ] ").empty());
    CHECK(items_of("[1]") == list{"1"});
    CHECK(items_of("[ 1 ,\t-2e5\n, true,null ]") == list{"1", "-2e5", "true", "null"});
    CHECK(items_of(R"(["a,b","]","\"]","\\"])") == list{R"("a,b")", R"("]")", R"("\"]")", R"("\\")"});
    CHECK(items_of(R"([{"a":[1,{"b":"}"}]} , [[],[2]],{}])")
          == list{R"({"a":[1,{"b":"}"}]})", "[[],[2]]", "{}"});
}

TEST_CASE("json_items: what is no array has no elements") {
    for (const char* const text : {"", "1", "{}", "{\"a\":1}", "\"[1]\"", "null", "]"})
        CHECK(items_of(text).empty());
}

TEST_CASE("json_items: agrees with another library on arrays of anything") {
    std::mt19937 random(7);
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const auto value = [&](auto& self, int depth) -> document {
        switch (pick(depth > 3 ? 4 : 6)) {
        case 0: return pick(1000);
        case 1: return std::string(pick(5), "a\"\\]},[{: \n"[pick(11)]);
        case 2: return nullptr;
        case 3: return pick(2) == 0;
        case 4: {
            document all = document::array();
            for (unsigned i = pick(4); i > 0; --i)
                all.push_back(self(self, depth + 1));
            return all;
        }
        default: {
            document all = document::object();
            for (unsigned i = pick(4); i > 0; --i)
                all["k" + std::to_string(pick(9)) + "\"],"] = self(self, depth + 1);
            return all;
        }
        }
    };
    for (int round = 0; round < 2000; ++round) {
        document array = document::array();
        for (unsigned i = pick(6); i > 0; --i)
            array.push_back(value(value, 0));
        const std::string text = array.dump(round % 2 == 0 ? -1 : 1);
        const auto items = items_of(text);
        REQUIRE(items.size() == array.size());
        for (std::size_t i = 0; i < items.size(); ++i)
            REQUIRE(document::parse(items[i]) == array[i]);
    }
}

TEST_CASE("json_items: in text that is no JSON it ends, and stays inside") {
    std::mt19937 random(11);
    constexpr std::string_view marks = "[]{},\"\\ 1a:";
    for (int round = 0; round < 20'000; ++round) {
        std::string text = "[";
        for (auto size = random() % 12; size > 0; --size)
            text.push_back(marks[random() % marks.size()]);
        const hookseal_tests::heap_copy tight(text);
        std::size_t count = 0;
        std::string_view item;
        for (json_items items(tight.view()); items.next(item); ++count)
            REQUIRE(count <= text.size());
    }
}
