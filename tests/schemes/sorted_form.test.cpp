// SPDX-License-Identifier: MIT
#include <hookseal/schemes/sorted_form.hpp>

#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

constexpr sorted_form_style query_style{.behind_name = "=", .between = "&"};
constexpr sorted_form_style with_repetitions{};
constexpr sorted_form_style masked_style{
    .behind_name = "=", .between = "&", .in_front = "&", .left_out = "sig", .masked = "&="};

template <const sorted_form_style& Style>
std::string sorted(std::string_view form) {
    return hookseal_tests::written(text::of(form, &readers::sorted_form<Style>), request{});
}

} // namespace

TEST_CASE("sorted_form: names and values are decoded, and sorted as bytes") {
    CHECK(sorted<names_and_values>("b=2&a=1") == "a1b2");
    CHECK(sorted<names_and_values>("B=1&a=2&A=3") == "A3B1a2");
    CHECK(sorted<names_and_values>("a=+x%2B&%61b=1") == "a x+ab1");
    CHECK(sorted<names_and_values>("a=2&a=10") == "a10a2");
    CHECK(sorted<names_and_values>("ab=1&a=2") == "a2ab1");
    CHECK(sorted<names_and_values>("%ff=1&z=2")
          == "z2\xff"
             "1");
    CHECK(sorted<query_style>("b=2&a=1&a=0") == "a=0&a=1&b=2");
}

TEST_CASE("sorted_form: what is empty, and what comes twice") {
    CHECK(sorted<names_and_values>("").empty());
    CHECK(sorted<names_and_values>("&&").empty());
    CHECK(sorted<names_and_values>("b&a=") == "ab");
    CHECK(sorted<names_and_values>("a=b=c") == "ab=c");
    CHECK(sorted<names_and_values>("=x&a=1") == "xa1");
    CHECK(sorted<names_and_values>("a=1&a=1&a=2") == "a1a2");
    CHECK(sorted<names_and_values>("a=+&a=%20") == "a ");
    CHECK(sorted<with_repetitions>("a=1&a=1&a=2") == "a1a1a2");
    CHECK(sorted<query_style>("b&a=") == "a=&b=");
}

TEST_CASE("sorted_form: a field may be left out, and characters of values be masked") {
    CHECK(sorted<masked_style>("b=2&a=1") == "&a=1&b=2");
    CHECK(sorted<masked_style>("b=x%26y%3d=z&sig=1&%73ig=2&sign=3") == "&b=x_y__z&sign=3");
    CHECK(sorted<masked_style>("a=%26") == "&a=_");
    CHECK(sorted<masked_style>("sig=1").empty());
    CHECK(sorted<masked_style>("").empty());
    CHECK(sorted<masked_style>("a%3D=1") == "(refused)");
    CHECK(sorted<masked_style>("b=1&a%26b=1") == "(refused)");
}

TEST_CASE("sorted_form: broken escapes and too many fields are refused") {
    for (const char* form : {"a=%", "a=%4", "a=%zz", "%g0=1", "a=1&b=%a"}) {
        CAPTURE(form);
        CHECK_FALSE(is_sortable_form(form));
        CHECK(sorted<names_and_values>(form) == "(refused)");
    }
    std::string most;
    for (std::size_t i = 0; i < max_sorted_fields; ++i)
        most += "a=1&";
    CHECK(is_sortable_form(most));
    CHECK(sorted<names_and_values>(most) == "a1");
    CHECK_FALSE(is_sortable_form(most + "b=2"));
    CHECK(sorted<names_and_values>(most + "b=2") == "(refused)");
}

TEST_CASE("sorted_form: any order of any number of fields comes out as std::sort has it") {
    std::mt19937 random(7);
    for (std::size_t count = 0; count <= max_sorted_fields; count += count < 20 ? 1 : 59) {
        std::vector<std::pair<std::string, std::string>> fields;
        for (std::size_t i = 0; i < count; ++i)
            fields.emplace_back(std::string(random() % 3, 'n') + std::to_string(random() % 40),
                                std::to_string(random() % 5));
        std::string form;
        for (const auto& [name, value] : fields)
            form.append(form.empty() ? "" : "&").append(name).append("=").append(value);
        std::sort(fields.begin(), fields.end());
        std::string expected;
        for (const auto& [name, value] : fields)
            expected.append(name).append(value);
        CAPTURE(form);
        CHECK(sorted<with_repetitions>(form) == expected);
    }
}
