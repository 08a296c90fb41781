// SPDX-License-Identifier: MIT
#include <hookseal/core/field.hpp>
#include <hookseal/core/find_field.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

using header_list = std::vector<std::pair<std::string, std::string>>;

/// What a text reads as, all pieces together.
std::string written(const text& from, const request& in) {
    std::string out;
    const bool done = from.write(in, {&out, [](void* to, std::string_view bytes) noexcept {
                                          static_cast<std::string*>(to)->append(bytes);
                                          return true;
                                      }});
    return done ? out : "(refused)";
}

struct found {
    error why;
    std::string value;
    friend bool operator==(const found&, const found&) = default;
};

std::ostream& operator<<(std::ostream& out, const found& f) {
    return out << name(f.why) << " '" << f.value << '\'';
}

found look_up(const field& at, const request& in, const options& with = {}) {
    auto names = name_set::unsettled;
    text value = text::of({});
    const error e = find(at, in, with, names, value);
    return {e, e == error::none ? written(value, in) : ""};
}

static_assert(!field{} && header("a") && json("a") && query("a") && form("a") && option("a"));
static_assert(!selector{} && selector(header("a")));
static_assert(header("a").after("p").item("q", ';').prefix == "q");
static_assert(header("a").item("q", ';').separator == ';' && !header("a").item("q", ';').spaced);
static_assert(header("a").item("q", ';').with_spaces().spaced);
static_assert(header("a").or_header("b").other_name == "b" && header("a").or_header("b").name == "a");
static_assert(header("a") == header("a") && header("a") != json("a")
              && header("a") != header("a").after("p"));

} // namespace

TEST_CASE("field: a JSON value is read as its application reads it, and only a scalar is one") {
    struct row {
        const char* body;
        const char* path;
        found expected;
    };
    const row rows[] = {
        {R"({"id":"evt_1"})", "id", {error::none, "evt_1"}},
        {R"({"id":"\u0065vt\/\"1\""})", "id", {error::none, "evt/\"1\""}},
        {R"({"id":"\ud83e\udd80"})", "id", {error::none, "\xF0\x9F\xA6\x80"}},
        {R"({"id":" "})", "id", {error::none, " "}},
        {R"({"id":123456789012345678901})", "id", {error::none, "123456789012345678901"}},
        {R"({"id":-1.50e+3})", "id", {error::none, "-1.50e+3"}},
        {R"({"id":0})", "id", {error::none, "0"}},
        {R"({"id":false})", "id", {error::none, "false"}},
        {R"({"a":[{"b":"x"},{"b":"y"}]})", "a.1.b", {error::none, "y"}},
        {R"({"id":""})", "id", {error::missing_field, ""}},
        {R"({"id":null})", "id", {error::missing_field, ""}},
        {R"({"other":1})", "id", {error::missing_field, ""}},
        {R"([])", "id", {error::missing_field, ""}},
        {R"({"id":{}})", "id", {error::malformed_field, ""}},
        {R"({"id":[]})", "id", {error::malformed_field, ""}},
        {R"({"id":"1","id":"2"})", "id", {error::malformed_field, ""}},
        {R"({"id":"1")", "id", {error::malformed_field, ""}},
        {"", "id", {error::malformed_field, ""}},
        {"id=1", "id", {error::malformed_field, ""}},
    };
    const header_list none;
    for (const row& r : rows) {
        INFO(r.body << " at " << r.path);
        CHECK(look_up(json(r.path), request{none, r.body}) == r.expected);
    }
}

TEST_CASE("field: forms and queries are read decoded, and a name that comes twice is nobody's value") {
    struct row {
        const char* text;
        found expected;
    };
    const row rows[] = {
        {"id=7&x=8", {error::none, "7"}},
        {"x=8&id=a%20b+c%2B", {error::none, "a b c+"}},
        {"%69d=7", {error::none, "7"}},
        {"id=%00", {error::none, std::string(1, '\0')}},
        {"ID=7", {error::missing_field, ""}},
        {"id=", {error::missing_field, ""}},
        {"id", {error::missing_field, ""}},
        {"", {error::missing_field, ""}},
        {"x=id=7", {error::missing_field, ""}},
        {"id=7&id=8", {error::repeated_header, ""}},
        {"id=7&id=7", {error::repeated_header, ""}},
        {"id=&id=7", {error::repeated_header, ""}},
        {"id=%zz", {error::malformed_field, ""}},
        {"id=7%", {error::malformed_field, ""}},
        {"id=7;x=8", {error::none, "7;x=8"}},
    };
    const header_list none;
    for (const row& r : rows) {
        INFO(r.text);
        CHECK(look_up(form("id"), request{none, r.text}) == r.expected);
        const std::string url = std::string("https://example.com/hook?") + r.text;
        CHECK(look_up(query("id"), request{none, "id=body"}.at(url)) == r.expected);
    }
    CHECK(look_up(query("id"), request{none, "id=body"}) == found{error::missing_field, ""});
    CHECK(look_up(query("id"), request{none, ""}.at("/hook#?id=7")) == found{error::missing_field, ""});
}

TEST_CASE("field: an option that is not configured is the receiver's mistake, not the sender's") {
    const header_list none;
    const option_value values[] = {{"webhook_id", "8PT"}, {"empty", ""}};
    const options with{values, 2};
    const request r{none, ""};
    CHECK(look_up(option("webhook_id"), r, with) == found{error::none, "8PT"});
    CHECK(look_up(option("empty"), r, with) == found{error::missing_option, ""});
    CHECK(look_up(option("WEBHOOK_ID"), r, with) == found{error::missing_option, ""});
    CHECK(look_up(option("webhook_id"), r) == found{error::missing_option, ""});
}

TEST_CASE("field: no field finds nothing") {
    const header_list none;
    CHECK(look_up(field{}, request{none, R"({"":"x"})"}) == found{error::missing_field, ""});
}

TEST_CASE("field: a header's value is looked into up to 8 KiB") {
    for (const auto& [size, expected] : {std::pair<std::size_t, error>{8192, error::none},
                                         std::pair<std::size_t, error>{8193, error::too_large}}) {
        const header_list h{{"a", std::string(size, 'x')}};
        CHECK(look_up(header("a"), request{h, ""}).why == expected);
        const header_list other{{"b", std::string(size, 'x')}};
        CHECK(look_up(header("a").or_header("b"), request{other, ""}).why == expected);
    }
}

TEST_CASE("field: a header with two names has its value under one of them, never under both") {
    struct row {
        header_list headers;
        found expected;
    };
    const row rows[] = {
        {{{"x-a", "1"}}, {error::none, "1"}},
        {{{"A", "2"}}, {error::none, "2"}},
        {{}, {error::missing_field, ""}},
        {{{"x-a", "1"}, {"a", "2"}}, {error::repeated_header, ""}},
        {{{"x-a", "1"}, {"a", "1"}}, {error::repeated_header, ""}},
        {{{"x-a", "1"}, {"a", ""}}, {error::none, "1"}},
        {{{"x-a", ""}, {"a", "2"}}, {error::none, "2"}},
        {{{"x-a", "1"}, {"x-a", "2"}}, {error::repeated_header, ""}},
        {{{"a", "1"}, {"a", "2"}}, {error::repeated_header, ""}},
        {{{"x-a", ""}, {"x-a", ""}, {"a", "1"}}, {error::repeated_header, ""}},
    };
    for (const row& r : rows) {
        CAPTURE(r.headers);
        CHECK(look_up(header("x-a").or_header("a"), request{r.headers, ""}) == r.expected);
    }
}

TEST_CASE("field: a request uses one of two sets of names throughout") {
    const auto first = header("x-a").or_header("a");
    const auto second = header("x-b").or_header("b");
    const auto plain = header("c");
    struct row {
        header_list headers;
        error expected;
    };
    const row rows[] = {
        {{{"x-a", "1"}, {"x-b", "2"}, {"c", "3"}}, error::none},
        {{{"a", "1"}, {"b", "2"}, {"c", "3"}}, error::none},
        {{{"x-a", "1"}, {"b", "2"}, {"c", "3"}}, error::missing_field},
        {{{"a", "1"}, {"x-b", "2"}, {"c", "3"}}, error::missing_field},
    };
    for (const row& r : rows) {
        CAPTURE(r.headers);
        const request in{r.headers, ""};
        auto names = name_set::unsettled;
        text value = text::of({});
        REQUIRE(find(first, in, {}, names, value) == error::none);
        CHECK(find(plain, in, {}, names, value) == error::none);
        CHECK(find(second, in, {}, names, value) == r.expected);
    }
}

TEST_CASE("text: a reader puts lower case, in as many pieces as it takes, behind whatever it reads") {
    const header_list none;
    const request in{none, ""};
    std::string upper;
    std::string lower;
    for (int i = 0; i < 50; ++i) {
        upper += "ABC-xyz \xC3\x84[";
        lower += "abc-xyz \xC3\x84[";
    }
    CHECK(written(text::of(upper, &readers::lower_case<nullptr>), in) == lower);
    CHECK(written(text::of(R"(\u0041B\nC)", &readers::lower_case<&readers::json_unescaped>), in) == "ab\nc");
    CHECK(written(text::of("%41B+C", &readers::lower_case<&readers::form_decoded>), in) == "ab c");
    CHECK(written(text::of("", &readers::lower_case<nullptr>), in).empty());
    CHECK(written(text::of(R"(\u00)", &readers::json_unescaped), in) == "(refused)");
    CHECK(written(text::of("%4", &readers::form_decoded), in) == "(refused)");
}

TEST_CASE("text: reading stops when the sink wants no more") {
    const header_list none;
    const request in{none, ""};
    const std::string long_text(1000, 'A');
    for (const reader how :
         {reader{nullptr}, reader{&readers::lower_case<nullptr>}, reader{&readers::form_decoded}}) {
        int pieces = 0;
        const bool done =
            text::of(long_text, how).write(in, {&pieces, [](void* to, std::string_view) noexcept {
                                                    ++*static_cast<int*>(to);
                                                    return false;
                                                }});
        CHECK_FALSE(done);
        CHECK(pieces == 1);
    }
}

TEST_CASE("options: the first of a name is the one") {
    static constexpr option_value values[] = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
    constexpr options with{values, 3};
    CHECK(with.find("a") == "1");
    CHECK(with.find("b") == "2");
    CHECK(with.find("").empty());
    CHECK(options{}.find("a").empty());
}
