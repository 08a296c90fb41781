// SPDX-License-Identifier: MIT
#include <hookseal/encoding/structured_field.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;

namespace {

/// `name=kind:text;parameters` of every member; "malformed" where the dictionary is.
std::string members(std::string_view line) {
    sf_dictionary in(line);
    std::string all;
    std::string_view name;
    sf_value value;
    for (;;) {
        const sf_step step = in.next(name, value);
        if (step == sf_step::malformed) return "malformed";
        if (step == sf_step::end) return all;
        constexpr std::string_view kinds[] = {"none",   "boolean", "integer", "decimal",
                                              "string", "token",   "bytes",   "list"};
        all.append(name).append("=").append(kinds[static_cast<std::size_t>(value.kind)]);
        all.append("<").append(value.text).append(">").append(value.parameters).append(" ");
    }
}

std::string items(std::string_view list) {
    sf_inner_list in(list);
    std::string all;
    sf_value value;
    for (;;) {
        const sf_step step = in.next(value);
        if (step == sf_step::malformed) return "malformed";
        if (step == sf_step::end) return all;
        all.append(value.whole).append(" ");
    }
}

} // namespace

TEST_CASE("structured_field: a dictionary is read member by member, with its parameters") {
    CHECK(members("").empty());
    CHECK(members("sig1=(\"@method\" \"a\";req);created=1;keyid=\"k\", sig2=:YQ==:;x")
          == "sig1=list<(\"@method\" \"a\";req)>;created=1;keyid=\"k\" sig2=bytes<YQ==>;x ");
    CHECK(members("a=1 \t,\t b=-2.5, c, d=?0, e=tok/en, f=\"a \\\" \\\\\"")
          == "a=integer<1> b=decimal<-2.5> c=boolean<?1> d=boolean<?0> e=token<tok/en> "
             "f=string<a \\\" \\\\> ");
    CHECK(members("a=1,a=2") == "a=integer<1> a=integer<2> ");
    CHECK(members("a;x=1;  y=2") == "a=boolean<?1>;x=1;  y=2 ");
}

TEST_CASE("structured_field: what RFC 8941 does not allow spoils the whole dictionary") {
    for (const std::string_view bad : {"a=1,",
                                       ",a=1",
                                       "a=1,,b=2",
                                       "A=1",
                                       "1=a",
                                       "a=",
                                       "a==1",
                                       "a = 1",
                                       "a= 1",
                                       "a=1 b=2",
                                       "a=\"x",
                                       "a=\"\\n\"",
                                       "a=\"\x7f\"",
                                       "a=\"\n\"",
                                       "a=:YQ",
                                       "a=:Y Q:",
                                       "a=?2",
                                       "a=?",
                                       "a=--1",
                                       "a=1.",
                                       "a=1.2345",
                                       "a=1234567890123456",
                                       "a=1234567890123.1",
                                       "a=(",
                                       "a=(1",
                                       "a=(1,2)",
                                       "a=(1\t2)",
                                       "a=(\"x\"\"y\")",
                                       "a=((1))",
                                       "a=1;",
                                       "a=1;X",
                                       "a=1 ;x",
                                       "a=1;x=",
                                       "a=1;x=()",
                                       "a=\xc3\xa4",
                                       "a={}",
                                       "a=@1"}) {
        INFO(bad);
        CHECK(members(bad) == "malformed");
    }
    CHECK(members(std::string_view("a=\"\0\"", 5)) == "malformed");
}

TEST_CASE("structured_field: an inner list is read item by item, each with its parameters") {
    CHECK(items("()").empty());
    CHECK(items("(  )").empty());
    CHECK(items("(\"@query-param\";name=\"Pet\"  \"date\")") == "\"@query-param\";name=\"Pet\" \"date\" ");
    for (const std::string_view bad : {"", "1", "(1", "(1) ", "(1)(2)", "1)"}) {
        INFO(bad);
        CHECK(items(bad) == "malformed");
    }
}

TEST_CASE("structured_field: parameters are read in their order, and a name may come twice") {
    sf_parameters in(";created=1;alg=\"a\";flag;created=2");
    std::string_view name;
    sf_value value;
    REQUIRE(in.next(name, value) == sf_step::element);
    CHECK((name == "created" && value.text == "1" && value.kind == sf_kind::integer));
    REQUIRE(in.next(name, value) == sf_step::element);
    CHECK((name == "alg" && value.text == "a" && value.is_plain_string()));
    REQUIRE(in.next(name, value) == sf_step::element);
    CHECK((name == "flag" && value.text == "?1" && value.kind == sf_kind::boolean));
    REQUIRE(in.next(name, value) == sf_step::element);
    CHECK((name == "created" && value.text == "2"));
    CHECK(in.next(name, value) == sf_step::end);
    CHECK(sf_parameters("created=1").next(name, value) == sf_step::malformed);
}
