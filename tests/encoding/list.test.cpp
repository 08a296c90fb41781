// SPDX-License-Identifier: MIT
#include <hookseal/encoding/list.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;

namespace {

/// The elements up to the end, or up to and with "malformed".
std::vector<std::string> elements(std::string_view list, char separator, bool spaced = false) {
    const hookseal_tests::heap_copy copy{list};
    list_reader reader{copy.view(), separator, spaced};
    std::vector<std::string> found;
    for (std::string_view element;;) {
        switch (reader.next(element)) {
        case list_step::element: found.emplace_back(element); break;
        case list_step::malformed: found.emplace_back("malformed"); return found;
        case list_step::end: CHECK(reader.next(element) == list_step::end); return found;
        }
    }
}

using strings = std::vector<std::string>;

constexpr bool works_at_compile_time() {
    list_reader reader{"t=1,v1=ab", ','};
    std::string_view element;
    return reader.next(element) == list_step::element && element == "t=1"
           && reader.next(element) == list_step::element && element == "v1=ab"
           && reader.next(element) == list_step::end;
}
static_assert(works_at_compile_time());

} // namespace

TEST_CASE("list: elements come in order, up to the last") {
    CHECK(elements("t=1,v1=ab,v1=cd", ',') == strings{"t=1", "v1=ab", "v1=cd"});
    CHECK(elements("alone", ',') == strings{"alone"});
    CHECK(elements("a;b", ',') == strings{"a;b"});
    CHECK(elements("a b=c d,e", ',') == strings{"a b=c d", "e"});
}

TEST_CASE("list: a comma in an element is malformed where the separator is neither comma nor space") {
    CHECK(elements("a;b,a;c", ';') == strings{"a", "malformed"});
    CHECK(elements("v1,a v1,b", ' ') == strings{"v1,a", "v1,b"});
}

TEST_CASE("list: an empty element or white space around one is malformed where the separator is no space") {
    CHECK(elements("", ',') == strings{"malformed"});
    CHECK(elements("a,,b", ',') == strings{"a", "malformed"});
    CHECK(elements(",a", ',') == strings{"malformed"});
    CHECK(elements("a,", ',') == strings{"a", "malformed"});
    CHECK(elements("a, b", ',') == strings{"a", "malformed"});
    CHECK(elements("a ,b", ',') == strings{"malformed"});
    CHECK(elements("a,\tb", ',') == strings{"a", "malformed"});
    CHECK(elements(" a", ',') == strings{"malformed"});
    CHECK(elements("a,b ", ',') == strings{"a", "malformed"});
}

TEST_CASE("list: where providers write a space after the separator, one is allowed there and nowhere else") {
    CHECK(elements("a, b,c", ',', true) == strings{"a", "b", "c"});
    CHECK(elements(" a,b", ',', true) == strings{"malformed"});
    CHECK(elements("a,  b", ',', true) == strings{"a", "malformed"});
    CHECK(elements("a, ,b", ',', true) == strings{"a", "malformed"});
    CHECK(elements("a,\tb", ',', true) == strings{"a", "malformed"});
    CHECK(elements("a , b", ',', true) == strings{"malformed"});
}

TEST_CASE("list: a list separated by spaces passes over additional ones, not over tabs") {
    CHECK(elements("v1,ab v1,cd", ' ') == strings{"v1,ab", "v1,cd"});
    CHECK(elements("  v1,ab   v1,cd ", ' ') == strings{"v1,ab", "v1,cd"});
    CHECK(elements("", ' ').empty());
    CHECK(elements("   ", ' ').empty());
    CHECK(elements("a \tb", ' ') == strings{"a", "malformed"});
}
