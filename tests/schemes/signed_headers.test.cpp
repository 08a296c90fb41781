// SPDX-License-Identifier: MIT
#include <hookseal/schemes/signed_headers.hpp>

#include "core/print.hpp"
#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

using header_list = std::vector<std::pair<std::string, std::string>>;

std::string signed_of(const header_list& headers, std::string_view list) {
    return hookseal_tests::written(text::of(list, &readers::signed_headers), request{headers});
}

} // namespace

TEST_CASE("signed_headers: names come in order, none twice") {
    signed_header_names names;
    REQUIRE(names.read("b,c,a") == error::none);
    REQUIRE(names.size() == 3);
    CHECK(names[0] == "a");
    CHECK(names[1] == "b");
    CHECK(names[2] == "c");
    CHECK(names.has("b"));
    CHECK_FALSE(names.has("d"));
    for (const char* list : {"a,b,a", "a,a", "A", "a,B", "a, b", "a,", "", ",a", " a"}) {
        CAPTURE(list);
        CHECK(names.read(list) == error::malformed_field);
    }
    std::string most = "h00";
    for (int i = 1; i < 32; ++i)
        most += ",h" + std::to_string(i + 10);
    CHECK(names.read(most) == error::none);
    CHECK(names.read(most + ",i") == error::too_large);
}

TEST_CASE("signed_headers: are written in the order of their names") {
    const header_list headers{{"X-B", "2"}, {"x-a", "1"}, {"x-c", "unsigned"}};
    CHECK(signed_of(headers, "x-b,x-a") == "x-a:1;x-b:2");
    CHECK(signed_of(headers, "x-a") == "x-a:1");
}

TEST_CASE("signed_headers: one that is missing, comes twice or is not printable is refused") {
    CHECK(signed_of({{"a", "1"}}, "a,b") == "(refused)");
    CHECK(signed_of({{"a", ""}}, "a") == "(refused)");
    CHECK(signed_of({{"a", "1"}, {"A", "1"}}, "a") == "(refused)");
    CHECK(signed_of({{"a", "1\n2"}}, "a") == "(refused)");
    CHECK(signed_of({{"a", "\xc3\xa4"}}, "a") == "(refused)");
}

TEST_CASE("signed_headers: text does not move from one header into another") {
    const header_list plain{{"a", "1"}, {"b", "2;x:3"}, {"c", "4"}};
    CHECK(signed_of(plain, "a,b,c") == "a:1;b:2;x:3;c:4");
    CHECK(signed_of({{"a", "1;b:2"}, {"b", "3"}}, "a,b") == "(refused)");
    CHECK(signed_of({{"a", "1;c:2"}, {"b", "3"}, {"c", "4"}}, "a,b,c") == "(refused)");
    CHECK(signed_of({{"a", "x;y;b:2"}, {"b", "3"}}, "a,b") == "(refused)");
    CHECK(signed_of({{"a", "1;b"}, {"b", "2"}}, "a,b") == "a:1;b;b:2");
}
